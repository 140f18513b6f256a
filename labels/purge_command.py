"""The command ``gavel purge``."""

from datetime import timedelta
from typing import Final

import click

from labels.errors import SettingError
from labels.settings import load_settings
from labels.store_command import opened_store
from labels.store_erasure import purge as purge_store
from labels.store_tables import utc_now

_MOST_DAYS: Final = 36_500


@click.command()
@click.option(
    "--days",
    type=click.IntRange(1, _MOST_DAYS),
    help="How long what people wrote is kept.  [default: GAVEL_RETENTION_DAYS]",
)
def purge(days: int | None) -> None:
    """Remove what people wrote longer ago than it is to be kept.

    Stored comments go; of judgements the words and the author go, and labels stay.
    Run it once a day.
    """
    kept = days or load_settings(only={"retention_days"}).retention_days
    if kept is None:
        raise SettingError(
            "nobody said how long to keep what people wrote; set GAVEL_RETENTION_DAYS "
            "or say --days"
        )
    with opened_store() as store:
        gone = purge_store(store, utc_now() - timedelta(days=kept))
    click.echo(
        f"older than {kept:,} days: removed {gone.comments:,} stored comments and the "
        f"words of {gone.judgements:,} judgements"
    )
