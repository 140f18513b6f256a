"""The command ``gavel labels agreement``."""

from pathlib import Path

import click

from labels.errors import LabelError
from labels.input_paths import INPUT_FOLDER
from labels.own import DATA
from labels.schema import LABELS
from labels.second_round import (
    RuleDisagreement,
    disagreements_by_rule,
    read_judged_twice,
)
from labels.text_tables import lay_out

_HEADER = (
    "label",
    "n",
    "blank for one",
    "share of 1",
    "raw",
    "kappa [95 %]",
    "alpha [95 %]",
)


@click.command()
@click.argument("folder", type=INPUT_FOLDER, default=DATA)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Of the bootstrap."
)
def agreement(folder: Path, seed: int) -> None:
    """Measure how far two annotators agree, before adjudication.

    Compares rounds 1 and 2 of FOLDER/judgements.csv; without FOLDER our own. Prints
    Cohen's kappa, Krippendorff's alpha and the rules of round 1 that disagreements
    fall under.
    """
    from labels.agreement import Estimate, measure_agreement  # noqa: PLC0415 - NumPy

    def shown(estimate: Estimate) -> str:
        return f"{estimate.value:.3f} [{estimate.low:.3f} {estimate.high:.3f}]"

    judged = read_judged_twice(folder)
    if not judged:
        raise LabelError(
            f"no comment in {folder} was judged in both rounds 1 and 2; have another "
            "annotator judge some of them"
        )
    rows = [_HEADER]
    for column, label in enumerate(LABELS):
        votes = [[vote[column] for vote in comment.votes] for comment in judged]
        found = measure_agreement(votes, seed=seed)
        shares = (f"{found.prevalence:.3f}", f"{found.raw:.3f}")
        estimates = (shown(found.kappa), shown(found.alpha))
        counts = (f"{found.comments:,}", f"{found.blank_for_some:,}")
        rows.append((label, *counts, *shares, *estimates))
    click.echo(f"comments judged twice: {len(judged):,}")
    click.echo(lay_out(rows))
    click.echo(_rule_table(disagreements_by_rule(judged)))


def _rule_table(disagreements: list[RuleDisagreement]) -> str:
    if not disagreements:
        return "no disagreement"
    rows = [("rule in round 1", "labels that differ", "comments", "differ")]
    for one in disagreements:
        labels = ", ".join(f"{label} {count}" for label, count in one.labels.items())
        rows.append((one.rule, labels, f"{one.comments:,}", f"{one.differing:,}"))
    return lay_out(rows, words=2)
