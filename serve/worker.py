"""What one worker is: an application, the gateway before it, an ear for signals."""

import asyncio
import multiprocessing
import os
import signal
import sys
import time
from threading import Thread
from typing import Final

from labels.settings import Settings
from serve import create_app
from serve.gateway import Gateway
from serve.reload import ModelWatch
from serve.shared_table import SharedTable
from serve.state import service_of
from serve.supervisor import DRAIN_SIGNAL, STOP_SECONDS
from serve.tally import Tally

# Long work in one thread would otherwise hold short work in another up for 5 ms at
# every turn.
_SWITCH_SECONDS: Final = 0.001


class Worker(Gateway):
    """The gateway of one worker, which also heeds the supervisor's signals."""

    def __init__(self, settings: Settings, tally: Tally, *, insecure: bool) -> None:
        app = create_app(settings, tally=tally, insecure=insecure)
        super().__init__(app, max_body_bytes=settings.max_body_bytes, tally=tally)
        self._watch = ModelWatch(service_of(app))

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take the event loop, and from now on the signals that were held back."""
        super().__rsgi_init__(loop)
        loop.add_signal_handler(DRAIN_SIGNAL, self._drain)
        loop.add_signal_handler(signal.SIGHUP, self._watch.hasten)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {DRAIN_SIGNAL, signal.SIGHUP})
        Thread(target=self._watch.run, daemon=True).start()
        self._tell_waiting()

    def _drain(self) -> None:
        self.is_draining = True

    def _tell_waiting(self) -> None:
        self.tell_waiting()
        self._loop.call_later(1.0, self._tell_waiting)


def start_worker(
    settings: Settings, table: SharedTable, number: int, *, insecure: bool = False
) -> Worker:
    """Return a worker; runs in its process, once, before that listens."""
    prepare_process()
    return Worker(settings, Tally(table, number), insecure=insecure)


def prepare_process() -> None:
    """Make a forked process one that ends when it is told to, or its parent ends."""
    # Until granian takes SIGTERM over, a forked worker has the parent's handler, which
    # would swallow it.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.setswitchinterval(_SWITCH_SECONDS)
    Thread(target=_stop_with_parent, daemon=True).start()


def _stop_with_parent() -> None:
    """End this worker when its parent is killed; it would hold the port for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)
