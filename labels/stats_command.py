"""The command ``gavel labels stats``."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import click

from labels.composition import compose, count_labels, length_band
from labels.input_paths import INPUT_FOLDER
from labels.labelled import LabelledComment
from labels.own import DATA, read_tagged
from labels.schema import LABELS
from labels.text_tables import lay_out
from labels.tied_words import LEAST_COMMENTS, LEAST_SHARE, TiedWord, find_tied_words

_TAGS: Final = ("split", "function", "ideology", "style", "topic")
_UNTAGGED: Final = "-"


@click.command()
@click.argument("folder", type=INPUT_FOLDER, default=DATA)
@click.option("--corpora", type=INPUT_FOLDER, help="Folder with public corpora in it.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=15,
    show_default=True,
    help="How many values to list of each tag, and words of each label.",
)
@click.option(
    "--least-comments",
    type=click.IntRange(min=1),
    default=LEAST_COMMENTS,
    show_default=True,
    help="In how many comments a word must occur to be listed.",
)
@click.option(
    "--least-share",
    type=click.FloatRange(0.0, 1.0),
    default=LEAST_SHARE,
    show_default=True,
    help="In which share of them the label must be 1.",
)
def stats(
    folder: Path,
    corpora: Path | None,
    limit: int,
    least_comments: int,
    least_share: float,
) -> None:
    """Count labels, tags, sources, lengths and telling words.

    FOLDER holds comments.csv and judgements.csv; without it our own are counted.
    Tags, lengths and words are those of FOLDER; corpora are counted by source.
    """
    from labels.corpora.registry import read_all_corpora  # noqa: PLC0415 - quick --help

    tagged = read_tagged(folder)
    own = [one.labelled for one in tagged]
    rows = list(own)
    for imported in (read_all_corpora(corpora) if corpora else {}).values():
        rows += imported.rows
    click.echo(_label_table(rows))
    _print_subsets("source", [(row.source, row) for row in rows], limit)
    for tag in _TAGS:
        named = [(one.tags[tag] or _UNTAGGED, one.labelled) for one in tagged]
        _print_subsets(tag, named, limit)
    lengths = [(length_band(row.comment.text), row) for row in own]
    _print_subsets("length", lengths, limit)
    click.echo(
        f"\nwords of at least {least_comments} comments, at least {least_share:.0%} of "
        "which have the label"
    )
    for label in LABELS:
        tied = find_tied_words(
            own, label, least_comments=least_comments, least_share=least_share
        )
        click.echo(f"{label}: {_listed(tied, limit)}")


def _label_table(rows: Sequence[LabelledComment]) -> str:
    lines: list[Sequence[str]] = [("label", "known", "1", "share of 1")]
    for label, (known, positives) in zip(LABELS, count_labels(rows), strict=True):
        share = f"{positives / known:.3f}" if known else "-"
        lines.append((label, f"{known:,}", f"{positives:,}", share))
    return lay_out(lines)


def _print_subsets(
    noun: str, rows: Iterable[tuple[str, LabelledComment]], limit: int
) -> None:
    """Print how many comments each value has, and how many of them each label as 1."""
    subsets = compose(rows)
    lines: list[Sequence[str]] = [(noun, "comments", *LABELS)]
    lines += [
        (one.name, f"{one.comments:,}", *(f"{count:,}" for count in one.positives))
        for one in subsets[:limit]
    ]
    click.echo(f"\n{lay_out(lines)}")
    if len(subsets) > limit:
        click.echo(f"and {len(subsets) - limit:,} more; --limit shows them")


def _listed(tied: Sequence[TiedWord], limit: int) -> str:
    shown = [f"{one.word} ({one.positives} of {one.comments})" for one in tied[:limit]]
    if len(tied) > limit:
        shown.append(f"and {len(tied) - limit:,} more; --limit shows them")
    return ", ".join(shown) or "none"
