"""Watches over the workers: replaces the lost, hands on signals, ends them all."""

import logging
import os
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Thread, Timer
from typing import Any, Final

from granian.net import SocketHolder  # type: ignore[attr-defined]
from granian.server.mp import MPServer, WorkerProcess

logger = logging.getLogger(__name__)

STOP_SECONDS: Final = 5
"""How long a worker may finish what it is at before it is killed."""

DRAIN_SECONDS: Final = 0.5
"""How long a stopping service still takes requests, and closes after each answer."""

DRAIN_SIGNAL: Final = signal.SIGUSR1

_MOST_LOSSES: Final = 8
_WINDOW_SECONDS: Final = 60.0
_FIRST_PAUSE_SECONDS: Final = 0.1

# Workers take these up once they can act on them.
_HELD_BACK: Final = {signal.SIGINT, signal.SIGHUP, DRAIN_SIGNAL}


class Losses:
    """When workers were lost, and so how long to wait before the next one starts."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def pause_after(self, now: float) -> float | None:
        """Note a loss; return the seconds to wait, or None to give up.

        The pause doubles with every loss within a minute, and after the eighth it is
        no accident.
        """
        self._times.append(now)
        while now - self._times[0] > _WINDOW_SECONDS:
            self._times.popleft()
        count = len(self._times)
        return (
            None if count >= _MOST_LOSSES else _FIRST_PAUSE_SECONDS * 2 ** (count - 1)
        )


class Supervisor(MPServer):
    """granian with a shared socket, workers that are replaced, and an end in time.

    Attributes:
        listener: the socket that workers accept connections from.
        started: called in a thread once the workers run.
        respawned: called for each worker that took a lost one's place.
    """

    listener: socket.socket
    started: Callable[[], None] = staticmethod(lambda: None)
    respawned: Callable[[], None] = staticmethod(lambda: None)

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Start the workers, then the greeting: a fork copies no other thread."""
        self._losses = Losses()
        self._had_terminal = _has_terminal()
        with _signals_held_back():
            super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
            # granian would renew the workers one by one; ours load another model.
            signal.signal(signal.SIGHUP, self._on_hangup)
        Thread(target=self.started, daemon=True).start()

    def shutdown(self, exit_code: int = 0) -> None:
        """Let clients go, then the workers, and at last whatever hangs."""
        last_resort = Timer(DRAIN_SECONDS + 2 * STOP_SECONDS, self._end_at_once)
        last_resort.daemon = True
        last_resort.start()
        if self.interrupt_signal and self._tell_workers(DRAIN_SIGNAL):
            time.sleep(DRAIN_SECONDS)
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]

    def _init_shared_socket(self) -> None:
        self._ssp = None
        self._sso = self.listener
        self._sfd = self.listener.fileno()  # type: ignore[assignment]
        self._shd = SocketHolder(self._sfd, False, self.backlog)  # type: ignore[call-arg, assignment]

    def _spawn_worker(  # type: ignore[override]
        self, idx: int, target: Any, callback_loader: Any
    ) -> WorkerProcess:
        # Each worker counts in a row of its own.
        return super()._spawn_worker(idx, target, partial(callback_loader, idx))

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        while not self.interrupt_signal:
            self.main_loop_interrupt.wait()
            self.main_loop_interrupt.clear()
            while self.interrupt_children and not self.interrupt_signal:
                if not self._replace(spawn_target, target_loader):
                    return

    def _replace(self, spawn_target: Any, target_loader: Any) -> bool:
        """Start a worker in the place of one that was lost; False to give up."""
        number = self.interrupt_children[0]
        ended = _how_it_ended(self.wrks[number].inner.exitcode)
        pause = self._losses.pause_after(time.monotonic())
        if pause is None:
            logger.error(
                "worker %d %s; that makes %d lost workers within a minute, so the "
                "service ends: what they logged before says why",
                *(number + 1, ended, _MOST_LOSSES),
            )
            return False
        logger.error("worker %d %s; another takes its place", number + 1, ended)
        until = time.monotonic() + pause
        while not self.interrupt_signal and (left := until - time.monotonic()) > 0:
            self.main_loop_interrupt.wait(left)
            self.main_loop_interrupt.clear()
        self.interrupt_children.remove(number)
        if not self.interrupt_signal:
            with _signals_held_back():
                self._respawn_workers([number], spawn_target, target_loader)
            self.respawned()
        return True

    def _on_hangup(self, *_: object) -> None:
        if self._had_terminal and not _has_terminal():
            # Its window was closed.
            self.signal_handler_interrupt()  # type: ignore[no-untyped-call]
        else:
            self._tell_workers(signal.SIGHUP)

    def _tell_workers(self, number: signal.Signals) -> int:
        """Send a signal to the workers that live; return how many."""
        living = [one.inner for one in self.wrks if one.inner.is_alive()]
        for process in living:
            with suppress(ProcessLookupError):
                os.kill(process.pid, number)
        return len(living)

    def _end_at_once(self) -> None:
        logger.error("the service did not end in time; what is left of it is killed")
        self._tell_workers(signal.SIGKILL)
        os._exit(1)


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Hold signals back from workers that start; they keep them so until ready.

    A terminal sends SIGINT to every process. A worker that heard it while it starts
    would die with a traceback; started so, it never hears any.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _how_it_ended(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"ended unbidden with exit code {exit_code}"
    try:
        return f"was ended by {signal.Signals(-exit_code).name}"
    except ValueError:
        return f"was ended by signal {-exit_code}"
