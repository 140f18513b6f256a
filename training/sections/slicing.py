"""Cuts the rows into slices: by source, length, what they are about and how written."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels import own
from labels.gazetteer import read_gazetteer
from labels.phrases import PhraseIndex
from training.sections.basis import Basis

BY: Final = (
    "source",
    "language style",
    "length",
    "ideology",
    "topic",
    "target identity",
)
"""What rows are sliced by, in the order of the report."""

_TAGS: Final = {"language style": "style", "ideology": "ideology", "topic": "topic"}
_LENGTHS: Final = ((0, 50), (50, 150), (150, 400), (400, 1_000), (1_000, None))
_MOST_TOPICS: Final = 20
_MOST_IDENTITIES: Final = 30
_IDENTITY_KINDS: Final = frozenset({"identity", "identity_person"})
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

Slice = tuple[str, str, NDArray[np.bool_]]
"""What it is sliced by, the slice's name, and which rows are in it."""


def slices_of(basis: Basis, by: Collection[str] = BY) -> Iterator[Slice]:
    """Yield the slices, the largest of each kind first but for lengths.

    Style, ideology and topic are known of our own comments alone: those are tags
    that they were written under. Identities are found by the gazetteer's words; a
    comment that names two is in both slices.
    """
    if "source" in by:
        for source in dict.fromkeys(basis.rows.sources.tolist()):
            yield "source", source, basis.rows.sources == source
    for kind, tag in _TAGS.items():
        if kind in by:
            yield from _tagged(basis, kind, tag)
    if "length" in by:
        yield from _lengths(basis)
    if "target identity" in by:
        yield from identity_slices(basis)


def _tagged(basis: Basis, kind: str, tag: str) -> Iterator[Slice]:
    is_own = basis.rows.sources == own.SOURCE
    values = np.array(
        [
            basis.tags.get(comment.id, {}).get(tag, "") if ours else ""
            for comment, ours in zip(basis.rows.comments, is_own, strict=True)
        ]
    )
    counted = Counter(values[(values != "") & basis.is_unseen].tolist())
    for value, _ in counted.most_common(_MOST_TOPICS):
        yield kind, value, values == value


def _lengths(basis: Basis) -> Iterator[Slice]:
    lengths = np.array([len(comment.text) for comment in basis.rows.comments])
    for low, high in _LENGTHS:
        name = f"{low:,} to {high - 1:,}" if high else f"{low:,} or more"
        is_in = (lengths >= low) & (lengths < (high or np.inf))
        yield "length", f"{name} characters", is_in


def identity_slices(basis: Basis) -> Iterator[Slice]:
    """Yield the identities that most unseen comments name, and who names them."""
    index = PhraseIndex(
        (" ".join(one.words), one.entry)
        for one in read_gazetteer()
        if one.kind in _IDENTITY_KINDS
    )
    naming: dict[str, list[int]] = {}
    for row in np.flatnonzero(basis.is_unseen).tolist():
        text = basis.rows.comments[row].text.lower().replace("\u2019", "'")
        words = [word.removesuffix("'s") for word in _WORD.findall(text)]
        for entry in {entry for _, _, entry in index.find(words)}:
            naming.setdefault(entry, []).append(row)
    largest = sorted(naming.items(), key=lambda one: (-len(one[1]), one[0]))
    for entry, rows in largest[:_MOST_IDENTITIES]:
        is_in = np.zeros(len(basis.rows.comments), dtype=np.bool_)
        is_in[rows] = True
        yield "target identity", entry, is_in
