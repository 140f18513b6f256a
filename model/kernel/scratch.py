"""Room that compiled functions work in; they allocate nothing themselves."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

WORD: Final = 64
"""Longer words are never put into ``letters`` and its like."""

_MARGIN: Final = 256

# The columns of ``Scratch.places``.
BEGIN: Final = 0
END: Final = 1
FIRST_TOKEN: Final = 2
LAST_TOKEN: Final = 3
FIRST_QUOTED: Final = 4
LAST_QUOTED: Final = 5
FIRST_BOUND: Final = 6
UNITS: Final = 7
FIRST_LOGITS: Final = 8
PLACES: Final = 9


class Scratch(NamedTuple):
    """Arrays for one thread; what is in them holds for one call, text, or word.

    Attributes:
        length: how many characters a call may have in all.
        letters, others, leet: code points of a word.
        costs: of the ways to split a word.
        text, other_text: a text on its way.
        words: rows of numbers for each of its words.
        found: three numbers for each name or address.
        texts: all texts of a call as they are counted, end to end.
        tokens: begin, end, string id and kind of each of their tokens.
        quoted: begin and end of each quotation.
        bounds: where units begin, and where the last of each text ends.
        logits: for each text those of the whole, then of each unit.
        places: for each text where it begins and ends, its first token and the one
            after its last, likewise its quotations, its first bound, how many units
            it has, and its first row of logits.
        marks, are_classes, distinct: the marks of a sentence.
        rows: n-grams of a token.
    """

    length: int
    letters: NDArray[np.uint32]
    others: NDArray[np.uint32]
    leet: NDArray[np.uint32]
    costs: NDArray[np.float64]
    text: NDArray[np.uint32]
    other_text: NDArray[np.uint32]
    words: NDArray[np.int32]
    found: NDArray[np.int32]
    texts: NDArray[np.uint32]
    tokens: NDArray[np.int32]
    quoted: NDArray[np.int32]
    bounds: NDArray[np.int32]
    logits: NDArray[np.float64]
    places: NDArray[np.int64]
    marks: NDArray[np.int32]
    are_classes: NDArray[np.bool_]
    distinct: NDArray[np.int32]
    rows: NDArray[np.uint32]


def new_scratch(length: int, texts: int, labels: int) -> Scratch:
    """Return room for so many texts of so many characters in all."""
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
        np.empty((4, longest + 2), np.int32),
        np.empty((longest // 2 + 2, 3), np.int32),
        np.empty(longest, np.uint32),
        np.empty((4, longest + 2), np.int32),
        np.empty((2, longest // 2 + 2), np.int32),
        np.empty(longest + 2 * texts + 2, np.int32),
        # A unit has four words, so eight characters, at least.
        np.empty((longest // 8 + 2 * texts + 2, labels), np.float64),
        np.empty((texts, PLACES), np.int64),
        np.empty(longest + 2, np.int32),
        np.empty(longest + 2, np.bool_),
        np.empty(longest + 2, np.int32),
        np.empty(4 * (longest + 2), np.uint32),
    )
