"""Brings the tables of the store to the newest revision of its history."""

from pathlib import Path
from typing import Any, Final

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from labels.errors import StoreError
from labels.store_engine import WRITES
from labels.store_tables import metadata

_FOLDER: Final = Path(__file__).parent / "migrations"
# Any number will do that nothing else in the same database locks.
_LOCK: Final = 4_738_120_651


def newest_revision() -> str:
    """Return the revision whose tables this Gavel knows."""
    (head,) = _history().get_heads()
    return str(head)


def current_revision(connection: Connection) -> str | None:
    """Return the revision of a database; None if it has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade_to_newest(engine: Engine) -> None:
    """Change the tables in one transaction; a second process waits for the first.

    Raises:
        StoreError: if the database is of a revision that this Gavel does not know.
    """
    newest = newest_revision()
    with engine.connect() as connection, connection.begin():
        if current_revision(connection) == newest:
            return
    options = {WRITES: True}
    with (
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        upgrade_connection(connection)


def upgrade_connection(connection: Connection) -> None:
    """Bring the database of a connection to the newest revision, under a lock.

    Raises:
        StoreError: if it is of a revision that this Gavel does not know.
    """
    # SQLite is locked by a transaction that says it will write.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
    history = _history()
    _refuse_unknown(current_revision(connection), history)

    # What alembic's own commands call; it has no public name.
    def steps(revision: Any, _: MigrationContext) -> Any:
        return history._upgrade_revs("head", revision)

    with EnvironmentContext(_config(), history, fn=steps) as environment:
        environment.configure(
            connection=connection, target_metadata=metadata, transactional_ddl=True
        )
        environment.run_migrations()


def _refuse_unknown(revision: str | None, history: ScriptDirectory) -> None:
    known = {script.revision for script in history.walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreError(
            f"the store is of revision {revision}, which this Gavel does not know; "
            "use the newer Gavel that made it, or restore a backup"
        )


def _history() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
