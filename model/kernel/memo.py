"""What Python said of tokens that the screens leave in doubt, kept for a while."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.compiling import compiled
from model.kernel.hashing import FNV_OFFSET, fnv, mix

MEANING: Final = 0
"""Which other word a token is meant to be."""
SPELT: Final = 1
"""Whether digits or symbols hide a word in it."""
CUT: Final = 2
"""Whether marks between its letters hide a word."""
STRETCHED: Final = 3
"""What a word with a letter three times in a row is short for."""

UNKNOWN: Final = 0
SAFE: Final = 1
"""The token stays as it is."""
DOUBTFUL: Final = 2
"""Python must read the comment."""
REPLACED: Final = 3
"""Another word stands in its place."""

LONGEST: Final = 40
"""Longer tokens are not remembered: Python reads the comment."""

_BITS: Final = 15
_SLOTS: Final = 1 << _BITS
_SHIFT: Final = np.uint64(64 - _BITS)
# At this load the table is emptied; a look-up ends after so many steps.
_MOST: Final = _SLOTS // 2
_STEPS: Final = 16


class Memo(NamedTuple):
    """An open-addressing table; one for each thread, so it needs no lock.

    Attributes:
        seed: chosen at random, so that nobody can craft tokens that share a slot.
        hashes: of token and question, 0 for a free slot.
        answers: what was said.
        sizes: of each token.
        texts: its code points.
        begins, ends: which part of the token is replaced.
        new_sizes: of what replaces it.
        new_texts: its code points.
        hides: whether the token hides what it means.
        used: how many there are, in an array of one.
    """

    seed: NDArray[np.uint64]
    hashes: NDArray[np.uint64]
    answers: NDArray[np.uint8]
    sizes: NDArray[np.uint8]
    texts: NDArray[np.uint32]
    begins: NDArray[np.uint8]
    ends: NDArray[np.uint8]
    new_sizes: NDArray[np.uint8]
    new_texts: NDArray[np.uint32]
    hides: NDArray[np.bool_]
    used: NDArray[np.int64]


def new_memo() -> Memo:
    """Return an empty memo."""
    return Memo(
        np.random.default_rng().integers(0, 1 << 63, 1, np.uint64),
        np.zeros(_SLOTS, np.uint64),
        np.zeros(_SLOTS, np.uint8),
        np.zeros(_SLOTS, np.uint8),
        np.zeros((_SLOTS, LONGEST), np.uint32),
        np.zeros(_SLOTS, np.uint8),
        np.zeros(_SLOTS, np.uint8),
        np.zeros(_SLOTS, np.uint8),
        np.zeros((_SLOTS, LONGEST), np.uint32),
        np.zeros(_SLOTS, np.bool_),
        np.zeros(1, np.int64),
    )


@compiled
def recall(memo, question, text, begin, end):
    """Return the slot of what was said of a token; -1 if nothing was.

    A token that is too long for the memo gets -2.
    """
    if end - begin > LONGEST:
        return np.int64(-2)
    slot = _slot(memo, question, text, begin, end)
    if slot < 0 or memo.hashes[slot] == 0:
        return np.int64(-1)
    return slot


@compiled
def answer_of(memo, slot):
    """Return what was said, by what ``recall`` returned."""
    if slot < 0:
        return UNKNOWN if slot == -1 else DOUBTFUL
    return np.int64(memo.answers[slot])


@compiled
def remember(memo, question, text, answer, begin, end, new, hides):
    """Enter an answer; where there is no room for it everything else is forgotten."""
    size = len(text)
    slot = _slot(memo, question, text, 0, size)
    if slot < 0 or memo.used[0] >= _MOST:
        memo.hashes[:] = 0
        memo.used[0] = 0
        slot = _slot(memo, question, text, 0, size)
    if memo.hashes[slot] == 0:
        memo.used[0] += 1
    for at in range(size):
        memo.texts[slot, at] = text[at]
    for at in range(len(new)):
        memo.new_texts[slot, at] = new[at]
    memo.new_sizes[slot] = len(new)
    memo.begins[slot] = begin
    memo.ends[slot] = end
    memo.hides[slot] = hides
    memo.sizes[slot] = size
    memo.answers[slot] = answer
    memo.hashes[slot] = _hash(memo, question, text, 0, size)


@compiled
def _hash(memo, question, text, begin, end):
    state = fnv(FNV_OFFSET ^ memo.seed[0], question)
    for at in range(begin, end):
        # Mixed at each step: FNV's own collisions hold for every seed.
        state = mix(fnv(state, text[at]))
    return state | np.uint64(1)


@compiled
def _slot(memo, question, text, begin, end):
    """Return the token's slot or else a free one, -1 if neither is near."""
    hashed = _hash(memo, question, text, begin, end)
    slot = np.int64(hashed >> _SHIFT)
    for _ in range(_STEPS):
        found = memo.hashes[slot]
        if found == 0:
            return slot
        if found == hashed and np.int64(memo.sizes[slot]) == end - begin:
            same = True
            for at in range(end - begin):
                if memo.texts[slot, at] != text[begin + at]:
                    same = False
                    break
            if same:
                return slot
        slot = (slot + 1) % _SLOTS
    return np.int64(-1)


@compiled
def put_token(memo, slot, text, begin, end, out, size):
    """Write a token, or what replaces it; return where it ends, -1 for lack of room."""
    if slot < 0:
        if size + end - begin > len(out):
            return -1
        for at in range(begin, end):
            out[size] = text[at]
            size += 1
        return size
    first = begin + np.int64(memo.begins[slot])
    last = begin + np.int64(memo.ends[slot])
    length = np.int64(memo.new_sizes[slot])
    if size + end - begin + length > len(out):
        return -1
    for at in range(begin, first):
        out[size] = text[at]
        size += 1
    for at in range(length):
        out[size] = memo.new_texts[slot, at]
        size += 1
    for at in range(last, end):
        out[size] = text[at]
        size += 1
    return size
