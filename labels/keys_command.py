"""The commands ``gavel keys …``: who may call the service."""

from datetime import datetime
from typing import Final

import click

from labels.store_command import opened_store
from labels.store_keys import SCOPES, Key, create_key, list_keys, revoke_key
from labels.text_tables import lay_out

_HEADINGS: Final = ("id", "scope", "created", "last used", "state", "name")


@click.group()
def keys() -> None:
    """Make, list and revoke keys to the service."""


@keys.command()
@click.option(
    "--scope",
    type=click.Choice(SCOPES),
    required=True,
    help="What it may do; each may also what those before it may.",
)
@click.option("--name", default="unnamed", show_default=True, help="Whose it is.")
def create(scope: str, name: str) -> None:
    """Make a key and print it, once: the store keeps only its hash."""
    with opened_store() as store:
        key = create_key(store, scope=scope, name=name)
    # The key alone on standard output, so that a script can take it.
    click.echo(key)
    click.echo(f"Nothing shows this key again. It may {scope}.", err=True)


@keys.command("list")
def list_all() -> None:
    """List all keys, revoked ones too, without their characters."""
    with opened_store() as store:
        known = list_keys(store)
    rows = [_HEADINGS, *(_cells(key) for key in known)]
    click.echo(lay_out(rows, words=len(_HEADINGS)))


@keys.command()
@click.argument("key_id", metavar="ID", type=click.IntRange(1))
def revoke(key_id: int) -> None:
    """Close the service to a key for good, within seconds; list shows its ID."""
    with opened_store() as store:
        key = revoke_key(store, key_id)
    click.echo(f"key {key.id} ({key.name}) is revoked")


def _cells(key: Key) -> tuple[str, ...]:
    state = "active" if key.revoked_at is None else f"revoked {_day(key.revoked_at)}"
    last = _minute(key.last_used_at) if key.last_used_at else "never"
    return (str(key.id), key.scope, _day(key.created_at), last, state, key.name)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
