"""The store: where labels, decisions, stored comments and keys are kept.

One for each process. Nothing is opened until it is used, so a service that scores and
stores nothing needs no database, and one whose database is down scores all the same.
"""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Lock

from sqlalchemy import Connection, text
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from labels.errors import StoreDownError
from labels.settings import Settings
from labels.store_engine import WRITES, make_engine
from labels.store_migrations import upgrade_to_newest
from labels.store_urls import store_url

logger = logging.getLogger(__name__)

# These say that a statement is wrong, not that the database is unwell.
_OURS = (IntegrityError, DataError, ProgrammingError)
# PostgreSQL's codes for a user without rights, and for a table that is not there.
_NO_RIGHTS = frozenset({"42501", "42P01"})


class Store:
    """A database of ours, brought to the newest tables when it is first used.

    Every thread of a process shares one; a process that forks makes its own.
    """

    def __init__(self, settings: Settings) -> None:
        """Name the database; it is not opened yet.

        Raises:
            SettingError: if the settings name no database that Gavel knows.
        """
        self.engine = make_engine(store_url(settings))
        self._migrating = Lock()
        self._is_migrated = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees the store as it is at one moment.

        Raises:
            StoreDownError: if the database cannot be reached or read.
        """
        with _translated(), self._connection(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection whose changes are kept when the block ends well.

        When this returns they are on disk, all of them; otherwise none is.

        Raises:
            StoreDownError: if the database cannot be reached or written.
        """
        with _translated(), self._connection(writes=True) as connection:
            yield connection

    def check(self) -> None:
        """Make sure that the store answers.

        Raises:
            StoreDownError: if it does not.
        """
        with self.reading() as connection:
            connection.execute(text("SELECT 1"))

    def upgrade(self) -> None:
        """Bring the tables to the newest revision; other processes wait meanwhile.

        Raises:
            StoreDownError: if the database cannot be reached or written.
            StoreError: if a newer Gavel made the tables.
        """
        with self._migrating, _translated():
            if not self._is_migrated:
                upgrade_to_newest(self.engine)
                self._is_migrated = True

    def scrub(self) -> None:
        """Take out of the database's files what its rows no longer hold.

        Raises:
            StoreDownError: if the database cannot be written.
        """
        is_sqlite = self.engine.dialect.name == "sqlite"
        with _translated(), closing(self.engine.raw_connection()) as pooled:
            raw = pooled.driver_connection
            if raw is None:
                return
            if is_sqlite:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            raw.autocommit = True
            try:
                raw.execute("VACUUM comments, feedback")
            finally:
                raw.autocommit = False

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def _connection(self, *, writes: bool) -> Iterator[Connection]:
        if not self._is_migrated:
            self.upgrade()
        options = {WRITES: writes}
        with (
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what a database does when it is unwell into one error of ours."""
    try:
        yield
    except _OURS as error:
        if getattr(error.orig, "sqlstate", None) in _NO_RIGHTS:
            raise StoreDownError(
                "the store's user may not use its tables, or they are gone; make it "
                "the owner of the database"
            ) from error
        raise
    except DBAPIError as error:
        raise StoreDownError(_sentence(error)) from error
    except PoolTimeoutError as error:
        raise StoreDownError("the store does not answer in time") from error
    except OSError as error:
        said = f"{error.filename}: {error.strerror}"
        raise StoreDownError(f"the store cannot be used: {said}") from error


def _sentence(error: SQLAlchemyError) -> str:
    """Say what is wrong without what was to be stored.

    PostgreSQL quotes values in the errors of statements; SQLite, and a connection
    that was refused, quote none.
    """
    orig = getattr(error, "orig", None)
    is_quiet = getattr(error, "statement", None) is None or "sqlite3" in str(type(orig))
    said = " ".join(str(orig).split()) if is_quiet else type(orig).__name__
    return f"the store cannot be used: {said}"
