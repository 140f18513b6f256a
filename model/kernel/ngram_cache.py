"""The character n-grams of tokens, looked up once and remembered.

Character n-grams never cross a blank, so those of a token are the same wherever it
stands, and a few thousand tokens make up most of what people write.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.compiling import compiled
from model.kernel.hashing import find_key
from model.kernel.tally import weigh
from model.ngram_keys import CHARACTER_BITS, LONGEST_NGRAM

_WINDOW: Final = np.uint64((1 << (CHARACTER_BITS * LONGEST_NGRAM)) - 1)
_BLANK: Final = ord(" ")

_SLOTS: Final = 1 << 17
_ENTRIES: Final = _SLOTS // 4
_ROWS: Final = 1 << 20
_TEXT: Final = 1 << 19
_LONGEST_TOKEN: Final = 32
# A look-up ends after so many steps, whatever tokens somebody crafts.
_STEPS: Final = 16
_SLOT_SHIFT: Final = np.uint64(64 - 17)


class NgramCache(NamedTuple):
    """An open-addressing table, one for each thread; emptied when it is full.

    Attributes:
        hashes: of the token in a slot, 0 for a free one.
        entries: which entry it has.
        text_starts, text_ends: where an entry's token lies in ``texts``.
        texts: code points.
        starts, ends: where its n-grams lie in ``rows``.
        rows: n-grams in the order they occur, those that were learnt alone.
        sums: of ``idf * weight`` for each label, and of the squares of idf.
        sizes: how many entries, code points and rows are taken.
    """

    hashes: NDArray[np.uint64]
    entries: NDArray[np.int32]
    text_starts: NDArray[np.int32]
    text_ends: NDArray[np.int32]
    texts: NDArray[np.uint32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    rows: NDArray[np.uint32]
    sums: NDArray[np.float64]
    sizes: NDArray[np.int64]


def new_cache(labels: int) -> NgramCache:
    """Return an empty cache for so many labels."""
    return NgramCache(
        np.zeros(_SLOTS, np.uint64),
        np.zeros(_SLOTS, np.int32),
        np.zeros(_ENTRIES, np.int32),
        np.zeros(_ENTRIES, np.int32),
        np.zeros(_TEXT, np.uint32),
        np.zeros(_ENTRIES, np.int64),
        np.zeros(_ENTRIES, np.int64),
        np.zeros(_ROWS, np.uint32),
        np.zeros((_ENTRIES, labels + 1), np.float64),
        np.zeros(3, np.int64),
    )


@compiled
def entry_of(cache, alphabet, learnt, hashed, text, begin, end):
    """Return the entry of a token, made anew if need be; -1 if it is not kept."""
    size = end - begin
    if size > _LONGEST_TOKEN:
        return np.int64(-1)
    hashed = hashed | np.uint64(1)
    slot = np.int64(hashed >> _SLOT_SHIFT)
    for _ in range(_STEPS):
        found = cache.hashes[slot]
        if found == 0:
            return _entered(cache, alphabet, learnt, hashed, slot, text, begin, end)
        if found == hashed:
            entry = np.int64(cache.entries[slot])
            first = np.int64(cache.text_starts[entry])
            if np.int64(cache.text_ends[entry]) - first == size:
                same = True
                for at in range(size):
                    if cache.texts[first + at] != text[begin + at]:
                        same = False
                        break
                if same:
                    return entry
        slot = (slot + 1) % _SLOTS
    return np.int64(-1)


@compiled
def _entered(cache, alphabet, learnt, hashed, slot, text, begin, end):
    size = end - begin
    is_full = (
        cache.sizes[0] >= _ENTRIES
        or cache.sizes[1] + size > _TEXT
        or cache.sizes[2] + ngrams_of(size) > _ROWS
    )
    if is_full:
        cache.hashes[:] = 0
        cache.sizes[:] = 0
        slot = np.int64(hashed >> _SLOT_SHIFT)
    entry = cache.sizes[0]
    first = cache.sizes[1]
    start = cache.sizes[2]
    for at in range(size):
        cache.texts[first + at] = text[begin + at]
    rows = cache.rows[start:]
    found = find_ngrams(alphabet, learnt.keys, text, begin, end, rows)
    sums = cache.sums[entry]
    sums[:] = 0.0
    for step in range(found):
        weigh(learnt, rows[step], sums)
    cache.text_starts[entry] = first
    cache.text_ends[entry] = first + size
    cache.starts[entry] = start
    cache.ends[entry] = start + found
    cache.sizes[0] = entry + 1
    cache.sizes[1] = first + size
    cache.sizes[2] = start + found
    cache.entries[slot] = entry
    cache.hashes[slot] = hashed
    return entry


@compiled
def ngrams_of(size):
    """Return how many n-grams a token of so many characters has at most."""
    return (LONGEST_NGRAM - 1) * (size + 2)


@compiled
def find_ngrams(alphabet, table, text, begin, end, rows):
    """Fill the rows of a token's known n-grams, as ``model.views.character_ngrams``."""
    blank = np.uint64(alphabet[_BLANK])
    bits = np.uint64(CHARACTER_BITS)
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
        window = (window << bits | code) & _WINDOW
        known = min(known + 1, LONGEST_NGRAM)
        for size in range(2, known + 1):
            mask = (np.uint64(1) << (bits * np.uint64(size))) - np.uint64(1)
            row = find_key(table, window & mask)
            if row >= 0:
                rows[found] = row
                found += 1
    return found
