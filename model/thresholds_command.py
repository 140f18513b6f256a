"""The command ``gavel thresholds``: where a site that comes from Perspective begins."""

from pathlib import Path
from typing import Final

import click

from labels.rows import DEFAULT_TEXT_COLUMN
from labels.schema import LABELS
from model.bundled_model import load_scorer
from model.like_perspective import match_files, read_matches, write_matches

_FEW: Final = 50


@click.command()
@click.option(
    "--like-perspective",
    "asked",
    type=click.FloatRange(0.05, 0.99),
    required=True,
    help="The threshold that you had with Perspective.",
)
@click.option(
    "--data",
    "paths",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A file of comments with Perspective's scores of them; may be given again. "
    "[default: what was found on Wikipedia's talk pages]",
)
@click.option(
    "--column", default="perspective", show_default=True, help="What holds its scores."
)
@click.option("--text-column", default=DEFAULT_TEXT_COLUMN, show_default=True)
@click.option(
    "--label",
    type=click.Choice(LABELS),
    default="abuse",
    show_default=True,
    help="abuse is TOXICITY; the README has the others.",
)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="The folder of the model to score with. [default: GAVEL_MODEL, or else the "
    "model that comes with Gavel]",
)
@click.option("--write", type=click.Path(path_type=Path), hidden=True)
def thresholds(
    *,
    asked: float,
    paths: tuple[Path, ...],
    column: str,
    text_column: str,
    label: str,
    model: Path | None,
    write: Path | None,
) -> None:
    """Print the threshold that flags as much as one of Perspective's did.

    As much, not the same: the two disagree about many a comment. On comments of your
    own, with the scores that Perspective gave them, the answer is your site's; without
    any it is Wikipedia's.
    """
    scorer = load_scorer(model)
    if paths:
        matches = match_files(
            paths, scorer, column=column, label=label, text_column=text_column
        )
    else:
        matches = read_matches(scorer, label)
    if write is not None:
        write_matches(matches, write)
    match = matches.at(asked)
    whose = "your" if paths else "Wikipedia's"
    click.echo(f"{match.threshold:.3f}")
    click.echo(
        f"At {match.asked:.2f} Perspective flagged {match.flagged:,} of "
        f"{matches.comments:,} of {whose} comments "
        f"({match.flagged / matches.comments:.2%}); {label} flags as many at "
        f"{match.threshold:.3f} (95 % interval {match.low:.3f} to {match.high:.3f}), "
        f"{match.both:,} of them the same.",
        err=True,
    )
    if not paths:
        click.echo(
            "Your site is not Wikipedia, and this model learnt from those comments: "
            "give --data to find your own.",
            err=True,
        )
    elif match.flagged < _FEW:
        click.echo("So few comments say little; give more.", err=True)
