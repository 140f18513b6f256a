"""Counts the n-grams of a text or a sentence in one view, and weighs them."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.compiling import compiled
from model.kernel.hashing import KeyTable, find_key, mix
from model.ngram_keys import mixed

_LOGS: Final = 1 + np.log(np.maximum(np.arange(1024), 1))


class Learnt(NamedTuple):
    """What was learnt of one view, as in ``model.features.ViewWeights``.

    Attributes:
        keys: of its n-grams.
        hints: a bit for each stretch of hashes: whether any key's lies in it.
        weights: a column for each label, then idf.
    """

    keys: KeyTable
    hints: NDArray[np.uint8]
    weights: NDArray[np.float32]


_HINTS: Final = 21
"""By so many bits of a hash hints are chosen: a quarter of a megabyte, which the
caches hold, where most look-ups of what is no n-gram end."""
_HINT_SHIFT: Final = np.uint64(64 - _HINTS)


def hints_of(keys: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Return the hints of a table's keys."""
    is_taken = np.zeros(1 << _HINTS, np.bool_)
    is_taken[(mixed(keys) >> _HINT_SHIFT).astype(np.int64)] = True
    return np.packbits(is_taken, bitorder="little")


@compiled
def find_ngram(learnt, key):
    """Return the row of an n-gram, -1 if it was not learnt."""
    hint = mix(key) >> _HINT_SHIFT
    if not (learnt.hints[hint >> _BYTE] >> np.uint8(hint & _BITS)) & 1:
        return np.int64(-1)
    return find_key(learnt.keys, key)


_BYTE: Final = np.uint64(3)
_BITS: Final = np.uint64(7)


class Tally(NamedTuple):
    """Room to count the n-grams of one part of a text in; all zeros between two.

    Every occurrence adds ``idf * weight`` to the sums, as if it were the only one;
    what sublinear counting takes away again is worked out at the end, for the few
    n-grams that occur twice.

    Attributes:
        counts: of each n-gram of the largest view.
        touched: those with a count.
        repeated: those with a count of two or more.
        sizes: how many are touched, how many repeated.
        sums: of each label, and of the squares of idf.
    """

    counts: NDArray[np.int32]
    touched: NDArray[np.uint32]
    repeated: NDArray[np.uint32]
    sizes: NDArray[np.int64]
    sums: NDArray[np.float64]


def new_tally(ngrams: int, labels: int) -> Tally:
    """Return room for a view of so many n-grams."""
    # One place more than there are n-grams: see ``tally_all``.
    return Tally(
        np.zeros(ngrams, np.int32),
        np.zeros(ngrams + 1, np.uint32),
        np.zeros(ngrams + 1, np.uint32),
        np.zeros(2, np.int64),
        np.zeros(labels + 1),
    )


@compiled
def weigh(learnt, row, sums):
    """Add one occurrence of an n-gram to the sums of each label and of squares."""
    labels = len(sums) - 1
    idf = np.float64(learnt.weights[row, labels])
    for label in range(labels):
        sums[label] += idf * learnt.weights[row, label]
    sums[labels] += idf * idf


@compiled
def tally_one(tally, row):
    """Count one occurrence; its weight is added elsewhere."""
    count = tally.counts[row]
    tally.counts[row] = count + 1
    if count == 0:
        tally.touched[tally.sizes[0]] = row
        tally.sizes[0] += 1
    elif count == 1:
        tally.repeated[tally.sizes[1]] = row
        tally.sizes[1] += 1


@compiled
def tally_all(tally, rows, begin, end):
    """Count a stretch of rows, an occurrence each, without a branch."""
    counts, touched, repeated = tally.counts, tally.touched, tally.repeated
    first, again = tally.sizes[0], tally.sizes[1]
    for step in range(begin, end):
        row = rows[step]
        count = counts[row]
        counts[row] = count + 1
        touched[first] = row
        first += count == 0
        repeated[again] = row
        again += count == 1
    tally.sizes[0] = first
    tally.sizes[1] = again


@compiled
def close_tally(tally, learnt, logits):
    """Add what a part of the text weighs to its logits, and forget it.

    A value is (1 + ln tf) * idf, scaled to unit length over the view.
    """
    labels = len(logits)
    sums = tally.sums
    for step in range(tally.sizes[1]):
        row = tally.repeated[step]
        count = np.int64(tally.counts[row])
        idf = np.float64(learnt.weights[row, labels])
        log = _LOGS[count] if count < len(_LOGS) else 1 + np.log(count)
        for label in range(labels):
            sums[label] += (log - count) * idf * learnt.weights[row, label]
        sums[labels] += (log * log - count) * idf * idf
    if tally.sizes[0]:
        length = np.sqrt(sums[labels])
        for label in range(labels):
            logits[label] += sums[label] / length
    for step in range(tally.sizes[0]):
        tally.counts[tally.touched[step]] = 0
    tally.sizes[:] = 0
    sums[:] = 0.0


@compiled
def close_unit(whole, unit, learnt, logits):
    """Close a unit, whose sums the whole text shares."""
    for place in range(len(unit.sums)):
        whole.sums[place] += unit.sums[place]
    close_tally(unit, learnt, logits)


@compiled
def count_one(learnt, row, whole, unit, has_units):
    """Count and weigh an occurrence inside a unit."""
    tally_one(whole, row)
    if has_units:
        tally_one(unit, row)
        weigh(learnt, row, unit.sums)
    else:
        weigh(learnt, row, whole.sums)
