"""Runs the service under granian: a parent that watches, workers that score."""

import errno
import logging.config
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread
from typing import Any, Final

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from labels.errors import GavelError
from labels.settings import Settings
from model.bundled_model import scorer_of
from serve import create_app
from serve.admission import prepare_store
from serve.greeting import greet
from serve.logs import logging_config

logger = logging.getLogger(__name__)

STOP_SECONDS: Final = 5
"""How long a worker may finish what it is at before it is killed."""

# A client that is slow to send its body holds one thread for as long as it likes.
_THREADS: Final = 32
# granian counts connections, idle ones too, not requests.
_CONNECTIONS: Final = 1_024


class ServerError(GavelError):
    """The service cannot start where it was told to."""


def run_server(settings: Settings, *, insecure: bool = False) -> None:
    """Serve until SIGINT or SIGTERM; requests in flight get ``STOP_SECONDS`` to end.

    Whatever can be known to fail is refused before a worker starts. A worker that
    ends unbidden ends the service with exit code 1: whatever supervises it starts
    it anew, and nothing respawns for ever.

    Raises:
        ServerError: if the address cannot be listened on.
        AdmissionError: if strangers would reach it and no key exists.
        StoreError: if the store must be read for that and cannot, or is too new.
        ArtefactError: if the model is missing or damaged.
        SystemExit: if a worker ended unbidden.
    """
    logging.config.dictConfig(logging_config(settings.log_level))
    _check_address(settings.host, settings.port)
    prepare_store(settings, insecure=insecure)
    scorer_of(settings)
    server = _Server(
        "gavel",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=_THREADS,
        backpressure=_CONNECTIONS,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=logging_config(settings.log_level),
        workers_kill_timeout=STOP_SECONDS,
    )
    server.started = partial(greet, settings.host, settings.port)
    try:
        server.serve(
            target_loader=partial(_load_app, settings, insecure=insecure),
            wrap_loader=False,
        )
    except SystemExit:
        # A worker that stops on a signal of its own, before the parent told it to,
        # is counted as lost; asked to stop, we stopped.
        if not server.interrupt_signal:
            raise


class _Server(MPServer):
    """granian, with workers that leave Ctrl-C to their parent."""

    started: Callable[[], None]

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Start the workers, then the greeting: a fork copies no other thread."""
        on_hangup = signal.getsignal(signal.SIGHUP)
        # A terminal sends SIGINT to every process. A worker that heard it while it
        # starts would die with a traceback; started so, it never hears any.
        with _sigint_blocked():
            super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        # granian would renew the workers one by one, deaf to Ctrl-C meanwhile.
        signal.signal(signal.SIGHUP, on_hangup)
        Thread(target=self.started, daemon=True).start()


@contextmanager
def _sigint_blocked() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _load_app(settings: Settings, *, insecure: bool) -> Flask:
    """Return the application; runs in each worker, once, before it listens."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    # Until granian takes SIGTERM over, a forked worker has the parent's handler, which
    # would swallow it.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    Thread(target=_stop_with_parent, daemon=True).start()
    return create_app(settings, insecure=insecure)


def _stop_with_parent() -> None:
    """End this worker when its parent is killed; it would hold the port for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)


def _check_address(host: str, port: int) -> None:
    """Refuse an address that is taken; granian would share it with who holds it.

    Its workers listen with SO_REUSEPORT, so a second service would start without a
    word and get every other request.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServerError(_address_fault(error, host, port)) from error


def _address_fault(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} on {host} is in use; choose another with --port or stop "
            "what holds it"
        )
    if error.errno == errno.EACCES:
        return f"port {port} is reserved; choose one above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine; choose another with --host"
    return f"cannot listen on port {port} of {host}: {error.strerror}"
