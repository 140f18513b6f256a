"""The character n-grams of tokens, looked up once and remembered.

Character n-grams never cross a blank, so those of a token are the same wherever it
stands, and a few thousand tokens make up most of what people write.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.compiling import compiled
from model.kernel.hashing import mix
from model.kernel.tally import find_ngram, weigh
from model.ngram_keys import CHARACTER_BITS, LONGEST_NGRAM

_WINDOW: Final = np.uint64((1 << (CHARACTER_BITS * LONGEST_NGRAM)) - 1)
_BITS_OF_ONE: Final = np.uint64(CHARACTER_BITS)
_BLANK: Final = ord(" ")

_SLOT_BITS: Final = 17
_SLOTS: Final = 1 << _SLOT_BITS
_SHIFT: Final = np.uint64(64 - _SLOT_BITS)
_MOST: Final = _SLOTS // 2
_ROWS: Final = 1 << 20
# A look-up ends after so many steps, whatever tokens somebody crafts.
_STEPS: Final = 8

_WORDS: Final = 3
LONGEST_TOKEN: Final = _WORDS * LONGEST_NGRAM
"""Longer tokens are not kept."""

# What else a slot holds in one integer: a token's length and one, how many n-grams it
# has, and where they begin.
_META: Final = _WORDS
_LENGTHS: Final = np.uint64(0xFF)
_COUNT: Final = np.uint64(8)
_START: Final = np.uint64(24)
_COUNTS: Final = np.uint64(0xFFFF)


class NgramCache(NamedTuple):
    """An open-addressing table, one for each thread; emptied when it is full.

    Tokens are known by the numbers of their characters in the alphabet, five to an
    integer: characters of no n-gram are all alike, and change nothing.

    Attributes:
        slots: a token and what else is known of it, shape (slots, 4); the last is 0
            in a free one.
        sums: of ``idf * weight`` for each label, and of the squares of idf, shape
            (slots, labels + 1).
        rows: n-grams in the order they occur, those that were learnt alone.
        token: the token that is looked for.
        spare: the sums of a token that is not kept.
        sizes: how many slots and rows are taken.
    """

    slots: NDArray[np.uint64]
    sums: NDArray[np.float64]
    rows: NDArray[np.uint32]
    token: NDArray[np.uint64]
    spare: NDArray[np.float64]
    sizes: NDArray[np.int64]


def new_cache(labels: int) -> NgramCache:
    """Return an empty cache for so many labels."""
    return NgramCache(
        np.zeros((_SLOTS, _WORDS + 1), np.uint64),
        np.zeros((_SLOTS, labels + 1), np.float64),
        np.zeros(_ROWS, np.uint32),
        np.zeros(_WORDS, np.uint64),
        np.zeros(labels + 1, np.float64),
        np.zeros(2, np.int64),
    )


@compiled
def slot_of(cache, alphabet, learnt, text, begin, end):
    """Return the slot of a token, filled if need be; -1 if it is not kept."""
    size = end - begin
    if size > LONGEST_TOKEN:
        return np.int64(-1)
    token = cache.token
    hashed = np.uint64(size)
    at = begin
    for word in range(_WORDS):
        packed = np.uint64(0)
        last = min(end, at + LONGEST_NGRAM)
        while at < last:
            packed = packed << _BITS_OF_ONE | np.uint64(alphabet[text[at]])
            at += 1
        token[word] = packed
        if packed:
            hashed = mix(hashed ^ packed)
    hashed = mix(hashed)
    slot = np.int64(hashed >> _SHIFT)
    for _ in range(_STEPS):
        meta = cache.slots[slot, _META]
        if meta == 0:
            return _fill(cache, alphabet, learnt, slot, hashed, text, begin, end)
        # Its length tells apart tokens that begin with characters of no n-gram.
        if (
            cache.slots[slot, 0] == token[0]
            and cache.slots[slot, 1] == token[1]
            and cache.slots[slot, 2] == token[2]
            and meta & _LENGTHS == np.uint64(size + 1)
        ):
            return slot
        slot = (slot + 1) % _SLOTS
    return np.int64(-1)


@compiled
def first_row(cache, slot):
    """Return where the n-grams of a slot's token begin in ``rows``."""
    return np.int64(cache.slots[slot, _META] >> _START)


@compiled
def last_row(cache, slot):
    """Return where they end, exclusive."""
    count = cache.slots[slot, _META] >> _COUNT & _COUNTS
    return first_row(cache, slot) + np.int64(count)


@compiled
def _fill(cache, alphabet, learnt, slot, hashed, text, begin, end):
    start = cache.sizes[1]
    if cache.sizes[0] >= _MOST or start + ngrams_of(end - begin) > _ROWS:
        cache.slots[:, :] = 0
        cache.sizes[:] = 0
        start = 0
        slot = np.int64(hashed >> _SHIFT)
    rows = cache.rows[start:]
    found = find_ngrams(alphabet, learnt, text, begin, end, rows)
    weigh_all(learnt, rows, found, cache.sums[slot])
    for word in range(_WORDS):
        cache.slots[slot, word] = cache.token[word]
    cache.slots[slot, _META] = (
        np.uint64(end - begin + 1)
        | np.uint64(found) << _COUNT
        | np.uint64(start) << _START
    )
    cache.sizes[0] += 1
    cache.sizes[1] = start + found
    return slot


@compiled
def weigh_all(learnt, rows, count, sums):
    """Fill the sums of a token from its n-grams."""
    sums[:] = 0.0
    for step in range(count):
        weigh(learnt, rows[step], sums)


@compiled
def ngrams_of(size):
    """Return how many n-grams a token of so many characters has at most."""
    return (LONGEST_NGRAM - 1) * (size + 2)


@compiled
def find_ngrams(alphabet, learnt, text, begin, end, rows):
    """Fill the rows of a token's known n-grams, as ``model.views.character_ngrams``."""
    blank = np.uint64(alphabet[_BLANK])
    window = blank
    known = 1 if blank else 0
    found = 0
    for at in range(begin, end + 1):
        code = np.uint64(alphabet[text[at]]) if at < end else blank
        if not code:
            # A character of no n-gram: nothing that holds it is known.
            window = np.uint64(0)
            known = 0
            continue
        window = (window << _BITS_OF_ONE | code) & _WINDOW
        known = min(known + 1, LONGEST_NGRAM)
        for size in range(2, known + 1):
            mask = (np.uint64(1) << (_BITS_OF_ONE * np.uint64(size))) - np.uint64(1)
            row = find_ngram(learnt, window & mask)
            if row >= 0:
                rows[found] = row
                found += 1
    return found
