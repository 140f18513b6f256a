"""The commands ``gavel labels …``: what people said, checked and counted."""

from pathlib import Path

import click

from labels.errors import LabelError
from labels.own import DATA, read_own
from labels.schema import LABELS

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def labels() -> None:
    """Check labelled comments and read public corpora."""


@labels.command()
@click.argument("folder", type=_FOLDER, default=DATA)
def validate(folder: Path) -> None:
    """List every fault of comments.csv and judgements.csv.

    FOLDER holds both; without it our own are checked.
    """
    from labels.validate import validate as find_faults  # noqa: PLC0415 - quick --help

    faults = find_faults(folder)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise LabelError(f"{len(faults):,} faults in {folder}")
    click.echo(f"{len(read_own(folder)):,} comments, no fault")


@labels.command("import")
@click.argument("name")
@click.argument("path", type=_FOLDER)
def import_corpus(name: str, path: Path) -> None:
    """Read the public corpus NAME from the folder PATH, and count what it holds."""
    from labels.corpora.registry import read_corpus  # noqa: PLC0415 - quick --help

    imported = read_corpus(name, path)
    kept = len(imported.rows)
    click.echo(f"{name}: {imported.rows_read:,} rows read, {kept:,} kept")
    for reason, count in imported.dropped.most_common():
        click.echo(f"  {count:,} dropped: {reason}")
    for column, label in enumerate(LABELS):
        shares = [row.shares[column] for row in imported.rows]
        known = [share for share in shares if share is not None]
        positives = sum(share >= 0.5 for share in known)  # noqa: PLR2004 - half
        click.echo(f"  {label}: {len(known):,} known, {positives:,} positive")
