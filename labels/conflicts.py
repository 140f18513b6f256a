"""Finds texts that two sources label differently, so that a person can decide."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from labels.composition import HALF
from labels.labelled import LabelledComment
from labels.schema import LABELS
from labels.words import comparable, words_of


@dataclass(frozen=True, slots=True)
class Conflict:
    """A label that sources disagree on, and the rows with that text that know it."""

    label: str
    rows: Sequence[LabelledComment]


def find_conflicts(labelled: Iterable[LabelledComment]) -> list[Conflict]:
    """Return each text and label that is 1 in one source and 0 in another.

    Texts are compared but for case, punctuation and white space; a share counts as
    1 from a half on. Training keeps every row: both voices are somebody's judgement.
    """
    with_text: dict[str, list[LabelledComment]] = defaultdict(list)
    for row in labelled:
        text = row.comment.text
        with_text[comparable(text, words_of(text))].append(row)
    return [
        Conflict(label, known)
        for rows in with_text.values()
        if len({row.source for row in rows}) > 1
        for column, label in enumerate(LABELS)
        if _is_disputed(known := _known(rows, column), column)
    ]


def _known(rows: Iterable[LabelledComment], column: int) -> list[LabelledComment]:
    return [row for row in rows if row.shares[column] is not None]


def _is_disputed(rows: Sequence[LabelledComment], column: int) -> bool:
    """Tell whether two sources differ; one that differs with itself is its own."""
    said: dict[str, set[bool]] = defaultdict(set)
    for row in rows:
        said[row.source].add((row.shares[column] or 0.0) >= HALF)
    return len(said) > 1 and len(set.union(*said.values())) > 1
