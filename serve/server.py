"""Runs the service under granian: a parent that watches, workers that score."""

import logging.config
import resource
import socket
from functools import partial
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from labels.settings import Settings
from model.bundled_model import scorer_of
from model.first_start import prepare_registry
from serve.admission import prepare_store
from serve.greeting import greet
from serve.listener import open_listener
from serve.logs import logging_config
from serve.shared_table import SharedTable
from serve.supervisor import STOP_SECONDS, Supervisor
from serve.tally import Tally
from serve.worker import start_worker

logger = logging.getLogger(__name__)

_HEAD_MILLISECONDS: Final = 30_000
"""How long the head of a request may take, and how long a connection may idle."""

_CONNECTIONS: Final = 16_384
_OTHER_FILES: Final = 256


def run_server(settings: Settings, *, insecure: bool = False) -> None:
    """Serve until SIGINT or SIGTERM; requests in flight get ``STOP_SECONDS`` to end.

    Whatever can be known to fail is refused before a worker starts. A worker that is
    lost is replaced; when that happens again and again the service ends with exit
    code 1.

    Raises:
        ServerError: if the address cannot be listened on.
        AdmissionError: if strangers would reach it and no key exists.
        StoreError: if the store must be read for that and cannot, or is too new.
        ArtefactError: if the model is missing or damaged.
        SystemExit: if workers were lost again and again.
    """
    logs = logging_config(settings.log_level, settings.log_format)
    logging.config.dictConfig(logs)
    listener = open_listener(settings.host, settings.port)
    prepare_store(settings, insecure=insecure)
    prepare_registry(settings)
    scorer_of(settings)
    table = SharedTable(settings.workers + 1)
    server = make_supervisor(
        settings.host, settings.port, settings.workers, logs=logs, listener=listener
    )
    server.started = partial(greet, settings.host, settings.port)
    # The row after those of the workers is the supervisor's own.
    server.respawned = Tally(table, settings.workers).count_respawn
    try:
        server.serve(
            target_loader=partial(  # type: ignore[arg-type]
                start_worker, settings, table, insecure=insecure
            ),
            wrap_loader=False,
        )
    except SystemExit:
        # A worker that stops on a signal of its own, before the parent told it to,
        # is counted as lost; asked to stop, we stopped.
        if not server.interrupt_signal:
            raise


def make_supervisor(
    host: str,
    port: int,
    workers: int,
    *,
    logs: dict[str, Any],
    listener: socket.socket,
) -> Supervisor:
    """Return granian as we run it, yet to be started."""
    supervisor = Supervisor(
        "gavel",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        loop=Loops.asyncio,
        backpressure=_connections(),
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD_MILLISECONDS),
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=logs,
        workers_kill_timeout=STOP_SECONDS,
    )
    supervisor.listener = listener
    return supervisor


def _connections() -> int:
    """Return how many connections a worker may hold, as far as its files reach."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        hard = 2 * _CONNECTIONS
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return max(1, min(_CONNECTIONS, hard - _OTHER_FILES))
