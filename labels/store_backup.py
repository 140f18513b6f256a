"""Copies the store into a file and back, while the service goes on running.

A backup is an SQLite file with our tables, whichever database the store is: it is also
the way from SQLite to PostgreSQL.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from labels.errors import InputError, StoreError
from labels.output_files import OutputError, replace_file
from labels.store import Store
from labels.store_engine import WRITES, make_engine
from labels.store_erasure import blank_erased
from labels.store_migrations import current_revision, upgrade_to_newest
from labels.store_tables import erasures, keys, metadata

_ROWS_AT_ONCE: Final = 1_000


def back_up(store: Store, path: Path) -> int:
    """Write the whole store, as it is at one moment, into a new file; return its rows.

    Raises:
        OutputError: if the file is there already, or cannot be written.
        StoreDownError: if the store cannot be read.
    """
    if path.exists():
        raise OutputError(f"{path} is there already; name a new file")
    with (
        replace_file(path) as file,
        tempfile.TemporaryDirectory(dir=path.resolve().parent) as folder,
    ):
        os.fchmod(file.fileno(), 0o600)
        copied = Path(folder) / "store.db"
        with _sqlite(copied) as engine:
            rows = _copy_into(engine, store)
        _fold_log(copied)
        with copied.open("rb") as finished:
            shutil.copyfileobj(finished, file)
        file.flush()
        os.fsync(file.fileno())
    return rows


def restore(store: Store, path: Path, *, replace: bool) -> int:
    """Put a backup in the place of all that is stored; return its rows.

    All or nothing, and other processes see either. What was erased since the backup
    stays erased, and a key that was revoked since stays revoked.

    Raises:
        InputError: if the file is no backup, or a damaged one.
        StoreError: if something is stored and ``replace`` is False, or a newer Gavel
            made the backup.
        StoreDownError: if the store cannot be written; it is as it was.
    """
    with tempfile.TemporaryDirectory() as folder:
        # A backup of an older Gavel gets today's tables; the file stays as it is.
        copied = Path(shutil.copy(path, Path(folder) / "store.db"))
        _refuse_damaged(copied, path)
        with _sqlite(copied) as engine:
            with engine.connect() as connection:
                if current_revision(connection) is None:
                    raise InputError(f"{path} is no backup of Gavel's store")
            upgrade_to_newest(engine)
            with engine.connect() as source, store.writing() as target:
                return _put_in_place(source, target, replace=replace)


def _copy_into(engine: Engine, store: Store) -> int:
    upgrade_to_newest(engine)
    options: dict[str, Any] = {WRITES: True}
    with (
        store.reading() as source,
        engine.connect().execution_options(**options) as target,
        target.begin(),
    ):
        if source.dialect.name == "postgresql":
            source.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        return _copy_rows(source, target)


def _put_in_place(source: Connection, target: Connection, *, replace: bool) -> int:
    stored = sum(_count(target, name) for name in metadata.tables)
    if stored and not replace:
        raise StoreError(
            f"the store holds {stored:,} rows; say --replace to put the backup in "
            "their place"
        )
    tombstones = target.execute(select(erasures)).mappings().all()
    revoked = target.execute(
        select(keys.c.sha256, keys.c.revoked_at).where(keys.c.revoked_at.is_not(None))
    ).all()
    for table in reversed(metadata.sorted_tables):
        target.execute(delete(table))
    rows = _copy_rows(source, target)
    known = set(target.execute(select(erasures.c.comment_id)).scalars())
    for tombstone in tombstones:
        if tombstone["comment_id"] not in known:
            target.execute(insert(erasures).values(**tombstone))
    for digest, moment in revoked:
        target.execute(
            update(keys).where(keys.c.sha256 == digest).values(revoked_at=moment)
        )
    blank_erased(target)
    _count_on(target)
    return rows


def _copy_rows(source: Connection, target: Connection) -> int:
    copied = 0
    for table in metadata.sorted_tables:
        rows = source.execution_options(yield_per=_ROWS_AT_ONCE).execute(select(table))
        for part in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in part])
            copied += len(part)
    return copied


def _count(connection: Connection, name: str) -> int:
    counted = select(func.count()).select_from(metadata.tables[name])
    return int(connection.execute(counted).scalar_one())


def _count_on(connection: Connection) -> None:
    """Have PostgreSQL number new rows after those that were copied."""
    if connection.dialect.name != "postgresql":
        return
    for table, column in (("keys", "id"), ("comments", "number"), ("feedback", "id")):
        connection.execute(
            text(
                f"SELECT setval(s, GREATEST(nextval(s), (SELECT max({column}) "  # noqa: S608 - our own names
                f"FROM {table}))) FROM pg_get_serial_sequence('{table}', '{column}') s"
            )
        )


def _refuse_damaged(copied: Path, path: Path) -> None:
    try:
        with closing(sqlite3.connect(copied)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise InputError(f"{path} is no backup of Gavel's store: {error}") from error
    if found != "ok":
        raise InputError(f"{path} is damaged; use another backup")


def _fold_log(path: Path) -> None:
    """Bring what SQLite wrote beside its file into it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _sqlite(path: Path) -> Iterator[Engine]:
    engine = make_engine(URL.create("sqlite", database=str(path)))
    try:
        yield engine
    finally:
        engine.dispose()
