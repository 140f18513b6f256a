"""Scores the parts of a folder on Dask's workers."""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from functools import lru_cache
from queue import Empty, SimpleQueue
from threading import Lock
from time import monotonic
from typing import Final

from distributed import Client, Future, KilledWorker

from labels.errors import GavelError
from model.dask_cluster import ClusterError, existing_cluster, local_cluster
from model.parts import ModelChoice, PartOutcome, PartsJob, score_part
from model.parts_journal import sees_journal
from model.scorer import Scorer

# Enough that no worker waits for the next part, few enough to take new workers in.
_PARTS_PER_THREAD: Final = 2
_LOOK_SECONDS: Final = 2.0
_NO_WORKER_SECONDS: Final = 60.0

_LOADING: Final = Lock()


def score_on_dask(
    job: PartsJob,
    names: Sequence[str],
    run: str,
    *,
    scheduler: str | None,
    workers: int,
    tell: Callable[[str], None],
) -> Generator[PartOutcome]:
    """Yield what came of each part, in the order in which they end.

    The parts of a worker that is lost are scored again by another; a part whose
    worker is lost four times has failed.

    Args:
        job: what is done to the parts.
        names: the parts.
        run: the token in the journal of ``job.target``.
        scheduler: the address of a scheduler; None starts workers on this machine.
        workers: how many to start.
        tell: takes a line for a person when a worker is lost.

    Raises:
        ClusterError: if the scheduler or all workers are lost, or a worker has no
            Gavel, another model or other folders.
    """
    with existing_cluster(scheduler) if scheduler else local_cluster(workers) as client:
        try:
            _check_workers(client, job, names[0], run)
            yield from _Run(client, job, names, tell).outcomes()
            client.run(_forget_model, on_error="ignore")
        except OSError as error:
            raise _lost(client) from error


class _Run:
    """The parts that wait, those that Dask has, and the workers that were seen."""

    def __init__(
        self,
        client: Client,
        job: PartsJob,
        names: Sequence[str],
        tell: Callable[[str], None],
    ) -> None:
        self._client = client
        self._job = job
        self._tell = tell
        self._waiting = deque(names)
        self._names: dict[Future, str] = {}
        self._done: SimpleQueue[Future] = SimpleQueue()
        self._threads: dict[str, int] = {}
        self._last_seen = monotonic()

    def outcomes(self) -> Generator[PartOutcome]:
        try:
            while self._waiting or self._names:
                self._look_at_workers()
                self._submit()
                # Waiting here, and not in Dask, leaves Ctrl-C a clean way out.
                try:
                    future = self._done.get(timeout=_LOOK_SECONDS)
                except Empty:
                    continue
                yield self._outcome(future)
        finally:
            for future in self._names:
                future.release()

    def _look_at_workers(self) -> None:
        threads = self._client.nthreads()
        for address in self._threads.keys() - threads.keys():
            self._tell(f"worker {address} is gone; others score what it had")
        self._threads = threads
        now = monotonic()
        if threads:
            self._last_seen = now
        elif now - self._last_seen > _NO_WORKER_SECONDS:
            raise ClusterError(
                f"no worker is left at {_address(self._client)}; start some, and run "
                "this again with --resume"
            )

    def _submit(self) -> None:
        most = _PARTS_PER_THREAD * sum(self._threads.values())
        while self._waiting and len(self._names) < most:
            name = self._waiting.popleft()
            future = self._client.submit(_score, self._job, name, pure=False)
            self._names[future] = name
            future.add_done_callback(self._done.put)

    def _outcome(self, future: Future) -> PartOutcome:
        if future.cancelled():
            raise _lost(self._client)
        name = self._names.pop(future)
        try:
            outcome: PartOutcome = future.result()
        except KilledWorker:
            return PartOutcome(
                name,
                None,
                f"{name}: every worker that scored it was lost; it may need more "
                "memory than a worker has",
            )
        return outcome


def _check_workers(client: Client, job: PartsJob, name: str, run: str) -> None:
    """Load the model on every worker, and look whether it sees the folders."""
    answers = client.run(_fault_of_worker, job, name, run, on_error="return")
    faults = {
        address: f"{answer}; install the same Gavel there, or start it anew"
        if isinstance(answer, Exception)
        else answer
        for address, answer in answers.items()
        if answer
    }
    if faults:
        address, fault = min(faults.items())
        workers = f"{len(faults):,} of {len(answers):,} workers"
        raise ClusterError(f"{workers} cannot take part; {address}: {fault}")


def _fault_of_worker(job: PartsJob, name: str, run: str) -> str:
    if not sees_journal(job.target, run):
        return f"it does not see the folder {job.target}; share it under that path"
    if not (job.source / name).exists():
        return f"it does not see {job.source / name}; share it under that path"
    try:
        _scorer(job.model)
    except GavelError as error:
        return str(error)
    return ""


def _score(job: PartsJob, name: str) -> PartOutcome:
    return score_part(job, name, _scorer(job.model))


def _scorer(model: ModelChoice) -> Scorer:
    with _LOADING:
        return _load(model)


@lru_cache(maxsize=1)
def _load(model: ModelChoice) -> Scorer:
    return model.load()


def _forget_model() -> None:
    _load.cache_clear()


def _address(client: Client) -> str:
    return str(client.scheduler.address)


def _lost(client: Client) -> ClusterError:
    return ClusterError(
        f"lost the Dask scheduler at {_address(client)}; parts that are written stay: "
        "run this again with --resume"
    )
