"""Which words surely mean themselves, so that nobody need ask the speller.

``model.spelling.Speller`` decides what a token is meant to be, at a cost of
microseconds. These screens are one-sided: they may call a token doubtful that means
itself, and never the other way about.
"""

from typing import Final

import numpy as np

from model.glued import LONGEST_PIECE
from model.kernel.compiling import compiled
from model.kernel.hashing import (
    FNV_OFFSET,
    find_hashed,
    find_string,
    fnv,
    mix,
)
from model.spelling import COMMON, SPLIT_COST, Speller

ORDINARY: Final = 1
"""Never meant to be another word."""
HIDDEN: Final = 2
"""People hide it."""
USUAL: Final = 4
"""Common enough to stand behind a slip of the pen."""
KNOWN: Final = 8
"""Among the words that were counted."""
IS_SINGLE: Final = 16
"""What is left of a hidden word when each run of a letter is one letter."""
IS_OUTLINE: Final = 32
"""What is left of a hidden word when its inner letters are put in order."""
IS_BEGINNING: Final = 64
"""A hidden word without its last letter."""

_LONGEST: Final = 40
_SHORTEST_SWAPPED: Final = 4
_LONGEST_SWAPPED: Final = 20
_SHORTEST_GLUED: Final = 8
_A, _Z = ord("a"), ord("z")
_I, _L = ord("i"), ord("l")
_AT: Final = ord("@")
# Against the rounding of sums taken in another order.
_SLACK: Final = 1e-6


def spelling_flags(speller: Speller) -> tuple[dict[str, int], dict[str, float]]:
    """Return what the screens ask of strings: their flags, and the cost of pieces."""
    flags: dict[str, int] = dict.fromkeys(speller.ordinary, ORDINARY)
    vocabulary = speller.vocabulary

    def mark(words, flag):
        for word in words:
            flags[word] = flags.get(word, 0) | flag

    mark(speller.hidden, HIDDEN)
    mark((word for word, share in vocabulary.shares.items() if share >= COMMON), USUAL)
    mark((w for w in vocabulary.shares if w.isascii() and w.isalpha()), KNOWN)
    mark(speller.index.stretched, IS_SINGLE)
    mark(speller.index.scrambled, IS_OUTLINE)
    mark((word[:-1] for word in speller.hidden), IS_BEGINNING)
    return flags, dict(speller.splitter.costs)


@compiled
def flags_of(strings, flags, text, begin, end):
    """Return the flags of a stretch of text, 0 if it is none of the strings."""
    found = find_string(strings, text, begin, end)
    return np.int64(flags[found]) if found >= 0 else np.int64(0)


@compiled
def _flags_of_single(strings, flags, letters, text, begin, end, added):
    """Return the flags of a word with one letter more, each run as one letter."""
    size = 0
    for at in range(begin, end + 1):
        letter = text[at] if at < end else np.uint32(added)
        if letter == 0:
            continue
        if size == 0 or letters[size - 1] != letter:
            letters[size] = letter
            size += 1
    return flags_of(strings, flags, letters, 0, size)


@compiled
def means_itself(strings, flags, costs, scratch, text, begin, end):
    """Tell whether a word of small Latin letters, not ordinary, surely means itself."""
    size = end - begin
    if size >= _LONGEST:
        return False
    own = flags_of(strings, flags, text, begin, end)
    if own & HIDDEN:
        return False
    if (
        _flags_of_single(strings, flags, scratch.others, text, begin, end, 0)
        & IS_SINGLE
    ):
        return False
    if size >= _SHORTEST_SWAPPED:
        letters = scratch.letters
        letters[0] = text[begin]
        letters[size - 1] = text[end - 1]
        for at in range(1, size - 1):
            letter = text[begin + at]
            place = at
            while place > 1 and letters[place - 1] > letter:
                letters[place] = letters[place - 1]
                place -= 1
            letters[place] = letter
        if flags_of(strings, flags, letters, 0, size) & IS_OUTLINE:
            return False
        if size <= _LONGEST_SWAPPED and _is_slip(
            strings, flags, scratch.letters, text, begin, end
        ):
            return False
    if own & KNOWN or size < _SHORTEST_GLUED:
        return True
    return not _splits(strings, costs, scratch.costs, text, begin, end)


@compiled
def _is_slip(strings, flags, letters, text, begin, end):
    """Tell whether two inner neighbours the other way give a usual word."""
    size = end - begin
    for at in range(size):
        letters[at] = text[begin + at]
    for at in range(1, size - 2):
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
        if flags_of(strings, flags, letters, 0, size) & USUAL:
            return True
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return False


@compiled
def _splits(strings, costs, best, text, begin, end):
    """Tell whether known words make up a token cheaply enough (Viterbi, unigrams)."""
    size = end - begin
    best[: size + 1] = np.inf
    best[0] = 0.0
    for first in range(size):
        if best[first] == np.inf:
            continue
        state = FNV_OFFSET
        for last in range(first + 1, min(first + LONGEST_PIECE, size) + 1):
            state = fnv(state, text[begin + last - 1])
            piece = find_hashed(strings, mix(state), text, begin + first, begin + last)
            if piece >= 0 and best[first] + costs[piece] < best[last]:
                best[last] = best[first] + costs[piece]
    return best[size] <= SPLIT_COST * size + _SLACK


@compiled
def is_only_stressed(strings, flags, scratch, text, begin, end):
    """Tell whether a ! after a word of small Latin letters surely spells no letter."""
    size = end - begin + 1
    if size > _LONGEST:
        return True
    if flags_of(strings, flags, text, begin, end) & IS_BEGINNING:
        return False
    letters = scratch.letters
    for at in range(size - 1):
        letters[at] = text[begin + at]
    for letter in (_I, _L):
        letters[size - 1] = letter
        if flags_of(strings, flags, letters, 0, size) & (USUAL | HIDDEN):
            return False
        if (
            _flags_of_single(strings, flags, scratch.others, text, begin, end, letter)
            & IS_SINGLE
        ):
            return False
    return True
