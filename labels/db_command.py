"""The commands ``gavel db …``: the store as a whole."""

from pathlib import Path

import click

from labels.input_paths import INPUT_FILE
from labels.store_backup import back_up, restore
from labels.store_command import opened_store
from labels.store_migrations import newest_revision


@click.group()
def db() -> None:
    """Upgrade, back up and restore the store."""


@db.command()
def upgrade() -> None:
    """Bring the tables to those of this Gavel; the service does so when it starts."""
    with opened_store() as store:
        store.upgrade()
    click.echo(f"the store has the tables of revision {newest_revision()}")


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the store into a new FILE, while the service runs on.

    FILE is an SQLite database, whichever the store is. It holds what people wrote:
    keep it as you keep the store.
    """
    with opened_store() as store:
        rows = back_up(store, file)
    click.echo(f"wrote {rows:,} rows to {file}")


@db.command("restore")
@click.argument("file", type=INPUT_FILE)
@click.option("--replace", is_flag=True, help="Drop what is stored now.")
def restore_backup(file: Path, replace: bool) -> None:
    """Put a backup FILE in the place of all that is stored.

    What was erased since stays erased; keys that were revoked since stay revoked.
    """
    with opened_store() as store:
        rows = restore(store, file, replace=replace)
    click.echo(f"restored {rows:,} rows from {file}")
