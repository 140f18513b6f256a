"""The command ``gavel labels duplicates``."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labels.errors import LabelError
from labels.input_paths import INPUT_FOLDER
from labels.own import DATA, read_own
from labels.schema import LABELS
from labels.suites import SUITES, read_suites

if TYPE_CHECKING:
    from labels.conflicts import Conflict
    from labels.duplicates import Duplicate


@click.command()
@click.argument("folder", type=INPUT_FOLDER, default=DATA)
@click.option("--corpora", type=INPUT_FOLDER, help="Folder with public corpora in it.")
@click.option("--suites", type=INPUT_FOLDER, help="Folder of suites, in place of ours.")
@click.option(
    "--similarity",
    type=click.FloatRange(0.2, 1.0),
    default=0.7,
    show_default=True,
    help="Share of word trigrams that two comments have in common.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many pairs to list of each kind; leaks are all listed.",
)
def duplicates(
    folder: Path,
    corpora: Path | None,
    suites: Path | None,
    similarity: float,
    limit: int,
) -> None:
    """List comments that stand twice, and labels in conflict.

    Compares FOLDER (without it our own comments), the suites and the corpora. A
    comment trained on that also stands in a test split or a suite is a leak: exit 1.
    Texts are never printed.
    """
    # datasketch takes a second to import, which --help need not wait for.
    from labels.conflicts import find_conflicts  # noqa: PLC0415
    from labels.corpora.registry import read_all_corpora  # noqa: PLC0415
    from labels.corpora.sources import load_sources  # noqa: PLC0415
    from labels.duplicates import entries, find_duplicates  # noqa: PLC0415

    labelled = read_own(folder)
    for name, imported in (read_all_corpora(corpora) if corpora else {}).items():
        # What no model may learn from cannot leak into one.
        labelled += imported.rows if load_sources()[name].may_train else []
    compared = entries(labelled, read_suites(suites or SUITES))
    found = find_duplicates(compared, similarity)
    leaks = [duplicate for duplicate in found if duplicate.is_leak]
    click.echo(f"{len(compared):,} comments compared, suite cases included")
    _print_duplicates(found, limit)
    _print_conflicts(find_conflicts(labelled), limit)
    if leaks:
        noun = "leak" if len(leaks) == 1 else "leaks"
        raise LabelError(f"{len(leaks):,} {noun}; take one of each pair out")
    click.echo("no leak")


def _print_duplicates(found: Sequence["Duplicate"], limit: int) -> None:
    for (is_leak, first, second), pairs in groupby(
        found, lambda one: (one.is_leak, one.first.place, one.second.place)
    ):
        listed = list(pairs)
        kind = "LEAK: " if is_leak else ""
        click.echo(f"{kind}{first} and {second}: {len(listed):,} alike")
        shown = listed if is_leak else listed[:limit]
        for one in shown:
            click.echo(f"  {one.first.id}  {one.second.id}  {one.similarity:.2f}")
        _print_rest(len(listed) - len(shown))


def _print_conflicts(conflicts: Sequence["Conflict"], limit: int) -> None:
    if not conflicts:
        return
    click.echo(f"one text, two labels in two sources: {len(conflicts):,}")
    for conflict in conflicts[:limit]:
        column = LABELS.index(conflict.label)
        said = ", ".join(
            f"{row.shares[column]:g} in {row.source} {row.comment.id}"
            for row in conflict.rows
        )
        click.echo(f"  {conflict.label}: {said}")
    _print_rest(len(conflicts) - limit)


def _print_rest(count: int) -> None:
    if count > 0:
        click.echo(f"  and {count:,} more; --limit shows them")
