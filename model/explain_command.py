"""The command ``gavel explain``: a comment's scores, and the words that moved them."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from labels.errors import InputError
from labels.schema import LABELS
from model.bundled_model import load_scorer
from model.evidence import Evidence
from model.scorer import Score, Scorer

_BAR_WIDTH: Final = 20
_MOST_WORDS: Final = 8

# A word is coloured if it moved the logit by a tenth of what the strongest did.
_COLOURED_SHARE: Final = 0.1


class _TextCommand(click.Command):
    """A command whose argument may begin like an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; say how to give a text that begins with ``-``."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.possibilities:
                raise
            raise click.UsageError(
                f"there is no option {error.option_name}; a comment that begins with "
                "- comes after --, as in: gavel explain -- '-5 degrees'",
                ctx,
            ) from error


@click.command(cls=_TextCommand)
@click.argument("text")
@click.option(
    "--label",
    "chosen",
    type=click.Choice(LABELS),
    multiple=True,
    help="Explain this label; may be given again. [default: those that crossed a "
    "threshold, or else the highest]",
)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="The folder of the model to score with. [default: GAVEL_MODEL, or else the "
    "model that comes with Gavel]",
)
def explain(text: str, chosen: tuple[str, ...], model: Path | None) -> None:
    """Show the scores of TEXT, and the words that moved them.

    Words that raised a score are red, words that lowered it are green. With - for
    TEXT the comment is read from standard input; a TEXT that begins with - needs --
    before it.
    """
    comment = _read_standard_input() if text == "-" else text
    scorer = load_scorer(model)
    (score,) = scorer.score([comment], explain=True)
    _print_scores(scorer, score)
    highest = max(score.scores, key=score.scores.__getitem__)
    for label in chosen or score.reasons or (highest,):
        _print_evidence(comment, label, score)


def _read_standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputError(
            f"standard input is not UTF-8: {error.reason} at byte {error.start}"
        ) from error


def _print_scores(scorer: Scorer, score: Score) -> None:
    for label, value in score.scores.items():
        bar = "█" * round(value * _BAR_WIDTH)
        crossed = "  crossed" if label in score.reasons else ""
        click.echo(f"{label:<17} {value:.3f}  {bar:<{_BAR_WIDTH}}{crossed}".rstrip())
    hidden = ", something in it was hidden" if score.signals["obfuscated"] else ""
    click.echo(
        f"action: {score.action}{hidden}  (model {scorer.name} {scorer.version})"
    )


def _print_evidence(comment: str, label: str, score: Score) -> None:
    evidence = [one for one in score.evidence if one.label == label]
    unit = score.units[label]
    click.echo(
        f"\n{label}: bias {unit.bias:+.2f} and evidence "
        f"{unit.logit - unit.bias:+.2f} make a logit of {unit.logit:+.2f}"
    )
    click.echo(_coloured(comment, evidence))
    strongest = sorted(evidence, key=lambda one: -abs(one.weight))[:_MOST_WORDS]
    width = shutil.get_terminal_size().columns // 2
    for one in strongest:
        click.echo(f"  {one.weight:+.3f}  {_printable(one.text)[:width]}")


def _coloured(comment: str, evidence: Sequence[Evidence]) -> str:
    """Return the comment with what moved the label in colour."""
    least = max((abs(one.weight) for one in evidence), default=0) * _COLOURED_SHARE
    parts, position = [], 0
    for one in sorted(evidence, key=lambda one: one.begin):
        if abs(one.weight) < least or one.begin < position:
            continue
        parts.append(_printable(comment[position : one.begin]))
        colour = "red" if one.weight > 0 else "green"
        parts.append(click.style(_printable(one.text), fg=colour, bold=True))
        position = one.end
    return "".join([*parts, _printable(comment[position:])])


def _printable(text: str) -> str:
    """Return text without what a terminal would obey: escape and control characters."""
    return "".join(
        letter
        if letter.isprintable() or letter == "\n"
        else "\N{REPLACEMENT CHARACTER}"
        for letter in text
    )
