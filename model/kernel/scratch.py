"""Room that compiled functions work in; they allocate nothing themselves."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

WORD: Final = 64
"""Longer words are never put into ``letters`` and its like."""

_MARGIN: Final = 256


class Scratch(NamedTuple):
    """Arrays for one thread; what is in them holds for one text, or for one word.

    Attributes:
        length: of the longest text there is room for.
        letters, others, leet: code points of a word.
        costs: of the ways to split a word.
        text, other_text: a text on its way, twice as long as the longest.
        words: rows of numbers for each of its words.
        found: three numbers for each name or address.
        tokens: begin, end, string id and kind of each token.
        quoted: begin and end of each quotation.
        bounds: where units begin.
        marks, are_classes, distinct: the marks of a sentence.
        rows: n-grams of a token.
        logits: of the whole text, then of each unit.
    """

    length: int
    letters: NDArray[np.uint32]
    others: NDArray[np.uint32]
    leet: NDArray[np.uint32]
    costs: NDArray[np.float64]
    text: NDArray[np.uint32]
    other_text: NDArray[np.uint32]
    words: NDArray[np.int64]
    found: NDArray[np.int64]
    tokens: NDArray[np.int64]
    quoted: NDArray[np.int64]
    bounds: NDArray[np.int64]
    marks: NDArray[np.int64]
    are_classes: NDArray[np.bool_]
    distinct: NDArray[np.int64]
    rows: NDArray[np.uint32]
    logits: NDArray[np.float64]


def new_scratch(length: int, labels: int) -> Scratch:
    """Return room for texts of up to so many characters."""
    # A text may grow by the names of its emoji.
    longest = 2 * length + _MARGIN
    return Scratch(
        length,
        np.empty(WORD + 2, np.uint32),
        np.empty(WORD + 2, np.uint32),
        np.empty(WORD + 2, np.uint32),
        np.empty(WORD + 2, np.float64),
        np.empty(longest, np.uint32),
        np.empty(longest, np.uint32),
        np.empty((4, longest + 2), np.int64),
        np.empty((longest // 2 + 2, 3), np.int64),
        np.empty((4, longest + 2), np.int64),
        np.empty((2, longest // 2 + 2), np.int64),
        np.empty(longest + 3, np.int64),
        np.empty(longest + 2, np.int64),
        np.empty(longest + 2, np.bool_),
        np.empty(longest + 2, np.int64),
        np.empty(4 * (longest + 2), np.uint32),
        # A unit has four words, so eight characters, at least.
        np.empty((longest // 8 + 3, labels), np.float64),
    )
