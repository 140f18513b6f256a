"""The group of commands ``gavel labels …``: what people said, checked and counted."""

from typing import Final

import click

from labels.lazy_group import LazyGroup

_OWN: Final = {
    "agreement": "labels.agreement_command:agreement",
    "duplicates": "labels.duplicates_command:duplicates",
    "export": "labels.export_command:export",
    "import": "labels.import_command:import_corpus",
    "stats": "labels.stats_command:stats",
    "validate": "labels.validate_command:validate",
}


@click.group(cls=LazyGroup, own=_OWN, entry_point_group="gavel.labels.commands")
def labels() -> None:
    """Check and count labelled comments, and read public corpora."""
