"""Scores batches in order, in this process or in several."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Final, Generic, Protocol, TypeVar

from labels.comments import Comment
from labels.errors import GavelError
from labels.rows import Fault
from model.scorer import Score, ScoreArrays

Content = TypeVar("Content")
Scored = ScoreArrays | list[Score]
"""Scores with evidence come one by one, all others as arrays."""

# A batch in each worker, and the next one waiting for it.
_BATCHES_PER_WORKER: Final = 2
_STOP_SECONDS: Final = 5.0


class WorkerError(GavelError):
    """A process that scored has ended."""


@dataclass(slots=True)
class Batch(Generic[Content]):
    """Some rows in input order, what to score of them, and the faults among them."""

    content: Content
    comments: list[Comment | str]
    faults: list[Fault]
    characters: int = 0


class CommentScorer(Protocol):
    """What an archive asks of ``model.scorer.Scorer``."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def version(self) -> str:
        """Which model it is, to the last weight and threshold."""

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        """Score comments, in order."""

    def score_arrays(self, comments: Sequence[Comment | str]) -> ScoreArrays:
        """Return the same scores as arrays."""


class Scoring(Protocol):
    """Scores batches with a model, wherever that is loaded."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def version(self) -> str:
        """Which model it is, to the last weight and threshold."""

    def in_order(
        self, batches: Iterable[Batch[Content]], *, explain: bool = False
    ) -> Iterator[tuple[Batch[Content], Scored]]:
        """Yield each batch with its scores, in the order given."""


class OneProcess:
    """Scores in this process."""

    def __init__(self, scorer: CommentScorer) -> None:
        self._scorer = scorer
        self.name = scorer.name
        self.version = scorer.version

    def in_order(
        self, batches: Iterable[Batch[Content]], *, explain: bool = False
    ) -> Iterator[tuple[Batch[Content], Scored]]:
        """Yield each batch with its scores; holds one."""
        for batch in batches:
            yield batch, _scored(self._scorer, batch.comments, explain)


class Workers:
    """Scores in several processes at once; each has loaded the model."""

    def __init__(self, workers: Sequence["_Worker"], threads: ThreadPoolExecutor):
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in workers:
            self._idle.put(worker)
        self._threads = threads
        self._window = _BATCHES_PER_WORKER * len(workers)
        self.name, self.version = workers[0].model

    def in_order(
        self, batches: Iterable[Batch[Content]], *, explain: bool = False
    ) -> Iterator[tuple[Batch[Content], Scored]]:
        """Yield each batch with its scores; holds two for each process.

        Raises:
            WorkerError: if a process has ended, killed by whomever.
        """
        waiting: deque[tuple[Batch[Content], Future[Scored]]] = deque()
        for batch in batches:
            future = self._threads.submit(self._score, batch.comments, explain)
            waiting.append((batch, future))
            if len(waiting) >= self._window:
                first, scores = waiting.popleft()
                yield first, scores.result()
        for batch, scores in waiting:
            yield batch, scores.result()

    def _score(self, comments: list[Comment | str], explain: bool) -> Scored:
        worker = self._idle.get()
        try:
            return worker.score(comments, explain)
        finally:
            self._idle.put(worker)


@contextmanager
def open_workers(load: Callable[[], CommentScorer], count: int) -> Iterator[Workers]:
    """Start processes that score; none outlives the block, nor this process.

    Args:
        load: loads the model, in each of them; it must be importable there.
        count: how many.

    Raises:
        GavelError: if the model cannot be loaded, or differs between processes.
    """
    workers: list[_Worker] = []
    threads = ThreadPoolExecutor(count)
    try:
        workers.extend(_Worker(load) for _ in range(count))
        for worker in workers:
            worker.wait_until_loaded()
        if len({worker.model for worker in workers}) > 1:
            raise WorkerError("the model changed while it was loaded; start again")
        yield Workers(workers, threads)
    finally:
        for worker in workers:
            worker.kill()
        threads.shutdown(cancel_futures=True)


class _Worker:
    """A process that scores what it is sent, one batch at a time."""

    model: tuple[str, str]

    def __init__(self, load: Callable[[], CommentScorer]) -> None:
        # Not fork: a copy of a process with threads may hang.
        spawning = multiprocessing.get_context("spawn")
        self._ours, theirs = spawning.Pipe()
        self._process: BaseProcess = spawning.Process(
            target=_work, args=(theirs, load), daemon=True
        )
        with _interrupts_blocked():
            self._process.start()
        theirs.close()

    def wait_until_loaded(self) -> None:
        answer = self._answer()
        if isinstance(answer, GavelError):
            raise answer
        self.model = answer

    def score(self, comments: list[Comment | str], explain: bool) -> Scored:
        with suppress(OSError):  # the answer, or its want, says more
            self._ours.send((comments, explain))
        scored: Scored = self._answer()
        return scored

    def kill(self) -> None:
        self._process.kill()
        self._process.join(_STOP_SECONDS)
        self._ours.close()

    def _answer(self) -> Any:
        try:
            return self._ours.recv()
        except (EOFError, OSError):
            self._process.join(_STOP_SECONDS)
            code = self._process.exitcode
            how = f"signal {-code}" if code and code < 0 else f"exit code {code}"
            raise WorkerError(
                f"a process that scored has ended ({how}); if memory ran out, take "
                "fewer --jobs"
            ) from None


def _work(connection: Connection, load: Callable[[], CommentScorer]) -> None:
    """Load the model and score batches until the parent hangs up or dies."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        scorer = load()
    except GavelError as error:
        connection.send(error)
        return
    connection.send((scorer.name, scorer.version))
    with suppress(EOFError, OSError):
        while True:
            comments, explain = connection.recv()
            connection.send(_scored(scorer, comments, explain))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _scored(
    scorer: CommentScorer, comments: list[Comment | str], explain: bool
) -> Scored:
    if not comments:
        return []
    if explain:
        return scorer.score(comments, explain=True)
    return scorer.score_arrays(comments)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Start processes that never hear a terminal's Ctrl-C: it is ours to heed."""
    # Started by the first process, it would unblock what is blocked here.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
