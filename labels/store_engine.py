"""Makes the engine of the store: how a connection to each database behaves."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

from labels.store_urls import sqlite_path

WRITES: Final = "gavel_writes"
"""The execution option of a connection that is going to write."""

_BUSY_SECONDS: Final = 5
_POOLED: Final = 4
_POOLED_AT_MOST: Final = 12
_POOL_PATIENCE_SECONDS: Final = 3
_WAL_TRIES: Final = 50

# A server that has gone is noticed in seconds, not after the two hours of TCP.
_POSTGRES: Final[dict[str, Any]] = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def make_engine(url: URL) -> Engine:
    """Return an engine that has not connected yet.

    Parameters never get into its errors: they hold the words of comments.
    """
    options: dict[str, Any] = {
        "hide_parameters": True,
        "pool_size": _POOLED,
        "max_overflow": _POOLED_AT_MOST - _POOLED,
        "pool_timeout": _POOL_PATIENCE_SECONDS,
    }
    path = sqlite_path(url)
    if path is None:
        # A connection that a restart of the server broke is replaced, not handed out.
        return create_engine(url, pool_pre_ping=True, connect_args=_POSTGRES, **options)
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS}, **options)
    event.listen(engine, "do_connect", lambda *_: _make_private(path))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private(path: Path) -> None:
    """Create the file for its owner alone: it will hold what people wrote."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    # sqlite3 would begin transactions itself, late and never for reading.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # FULL, since NORMAL may lose the last commits when the power fails, and they
    # were acknowledged.
    connection.execute("PRAGMA synchronous = FULL")
    # What is erased is overwritten on disk too.
    connection.execute("PRAGMA secure_delete = ON")
    _use_wal(connection)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work at once.

    The change needs the file alone and does not wait for it, so two processes that
    start together may have to try again.
    """
    for last in range(_WAL_TRIES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or last == _WAL_TRIES - 1:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes then would fail, not wait, where
    # another wrote in between; so one that will write says so when it begins.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
