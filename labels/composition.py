"""Counts what labelled comments are made of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from labels.labelled import LabelledComment
from labels.schema import LABELS

HALF: Final = 0.5
"""The share of votes from which on a label counts as 1."""

# The upper ends of the bands that lengths are counted in; the last has none.
_BANDS: Final = (5, 10, 20, 40, 80)


@dataclass(frozen=True, slots=True)
class Subset:
    """Comments that have something in common.

    Attributes:
        name: what they have in common.
        comments: how many there are.
        positives: for each of ``LABELS``, how many have it as 1.
    """

    name: str
    comments: int
    positives: Sequence[int]


def compose(rows: Iterable[tuple[str, LabelledComment]]) -> list[Subset]:
    """Return the subsets that named comments make, the largest first."""
    subsets: dict[str, list[LabelledComment]] = defaultdict(list)
    for name, labelled in rows:
        subsets[name].append(labelled)
    composed = [
        Subset(name, len(members), [count for _, count in count_labels(members)])
        for name, members in subsets.items()
    ]
    return sorted(composed, key=lambda subset: -subset.comments)


def count_labels(rows: Sequence[LabelledComment]) -> list[tuple[int, int]]:
    """Return how many comments know each label, and how many of those have it as 1."""
    counts = []
    for column in range(len(LABELS)):
        shares = [row.shares[column] for row in rows]
        known = [share for share in shares if share is not None]
        counts.append((len(known), sum(share >= HALF for share in known)))
    return counts


def length_band(text: str) -> str:
    """Return the band that a text falls into by its number of words.

    >>> length_band("six words are five plus one"), length_band("short")
    ('6 to 10 words', '1 to 5 words')
    """
    words = len(text.split())
    first = 1
    for last in _BANDS:
        if words <= last:
            return f"{first} to {last} words"
        first = last + 1
    return f"{first} words or more"
