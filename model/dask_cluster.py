"""Connects to Dask: to workers of our own on this machine, or to a scheduler."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from logging import CRITICAL, getLogger
from multiprocessing import resource_tracker
from typing import Final

import dask
from distributed import Client, LocalCluster, Security
from distributed.utils import silence_logging_cmgr

from labels.errors import GavelError

_CONNECT_SECONDS: Final = 5
_FIRST_WORKER_SECONDS: Final = 30
# Its pages would listen without a password.
_NO_PAGES: Final[dict[str, list[str]]] = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
_ANY_PORT: Final = "127.0.0.1:0"


class ClusterError(GavelError):
    """The cluster cannot be reached, or cannot do what is asked of it."""


@contextmanager
def local_cluster(workers: int) -> Iterator[Client]:
    """Start workers on this machine, one thread each; none outlives the block.

    They listen on 127.0.0.1 to those alone who hold a certificate of this run, since
    whoever can talk to a Dask scheduler can run code.
    """
    with (
        tempfile.TemporaryDirectory(prefix="gavel-dask-") as scratch,
        dask.config.set(_NO_PAGES),
        _started(workers, scratch) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        try:
            yield client
        except BaseException:
            _kill_workers(cluster)
            raise


@contextmanager
def _started(workers: int, scratch: str) -> Iterator[LocalCluster]:
    # ``silence_logs`` ends with the cluster; of connections that end with it a line
    # and a traceback could be written after.
    getLogger("distributed").setLevel(CRITICAL)
    with _deaf_to_ctrl_c():
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            security=Security.temporary(),
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": _ANY_PORT},
            local_directory=scratch,
            # What a person must know of them is said by the engine.
            silence_logs=CRITICAL,
        )
    with cluster:
        yield cluster


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Start threads and processes that never hear SIGINT, nor do their children.

    A terminal sends Ctrl-C to workers too, which would end with a traceback each. This
    process hears it and ends them.
    """
    # Started later it would unblock the signal in the thread that starts workers.
    resource_tracker.ensure_running()
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)


def _kill_workers(cluster: LocalCluster) -> None:
    """End workers at once: Dask would wait for the part that each is scoring."""
    for nanny in cluster.workers.values():
        nanny.close_gracefully()
        if nanny.pid:
            os.kill(nanny.pid, signal.SIGKILL)


@contextmanager
def existing_cluster(address: str) -> Iterator[Client]:
    """Connect to a scheduler and wait until it has a worker.

    Raises:
        ClusterError: if it does not answer in 5 seconds, or has no worker in 30.
    """
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address}; give the address that dask "
            "scheduler prints, such as tcp://192.0.2.1:8786"
        ) from error
    # What a person must know of the connection is said by the engine.
    with silence_logging_cmgr(CRITICAL), client:
        try:
            client.wait_for_workers(1, timeout=_FIRST_WORKER_SECONDS)
        except TimeoutError as error:
            raise ClusterError(
                f"the scheduler at {address} has no worker; start some with: dask "
                f"worker {address}"
            ) from error
        yield client
