"""Finds the comments judged twice, and the rules that annotators differ on."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from labels.own import (
    DATA,
    FIRST,
    JUDGEMENT_COLUMNS,
    JUDGEMENTS,
    SECOND,
    parse_judgement,
    read_own_table,
)
from labels.schema import LABELS


@dataclass(frozen=True, slots=True)
class JudgedTwice:
    """A comment with its judgements before adjudication.

    Attributes:
        comment_id: the comment.
        rule: the codebook's rule by which the first judgement went.
        votes: one for each judgement, the first round's before the second's; each
            has an item for each of ``LABELS``.
    """

    comment_id: str
    rule: str
    votes: Sequence[Sequence[int | None]]


@dataclass(frozen=True, slots=True)
class RuleDisagreement:
    """How often annotators differ on the comments that fall under a rule.

    ``labels`` counts the comments on which a label is 1 for one of them and 0 for
    another, label by label.
    """

    rule: str
    comments: int
    differing: int
    labels: Mapping[str, int]


def read_judged_twice(folder: Path = DATA) -> list[JudgedTwice]:
    """Return the comments that rounds 1 and 2 both judged, in order of judgement.

    Raises:
        InputError: if ``judgements.csv`` is missing, or a row of it is broken.
        LabelError: if a judgement holds anything but 1, 0 or blank.
    """
    rounds: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for judgement in read_own_table(folder / JUDGEMENTS, JUDGEMENT_COLUMNS):
        rounds[judgement["comment_id"]][judgement["round"]].append(judgement)
    return [
        JudgedTwice(
            comment_id,
            by_round[FIRST][0]["rule"],
            [parse_judgement(one) for one in (*by_round[FIRST], *by_round[SECOND])],
        )
        for comment_id, by_round in rounds.items()
        if by_round[FIRST] and by_round[SECOND]
    ]


def disagreements_by_rule(judged: Sequence[JudgedTwice]) -> list[RuleDisagreement]:
    """Return the rules that annotators differ on, by how many comments, worst first."""
    under: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for comment in judged:
        disputed = _disputed_labels(comment)
        under[comment.rule] += 1
        differing[comment.rule] += bool(disputed)
        labels[comment.rule].update(disputed)
    return [
        RuleDisagreement(rule, under[rule], count, dict(labels[rule].most_common()))
        for rule, count in differing.most_common()
        if count
    ]


def _disputed_labels(comment: JudgedTwice) -> list[str]:
    return [
        label
        for column, label in enumerate(LABELS)
        if {0, 1} <= {vote[column] for vote in comment.votes}
    ]
