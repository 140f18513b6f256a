"""Exact hash tables over strings of code points and over packed keys.

A hit is verified, so no two n-grams are ever taken for each other. Buckets are made
once and none holds more than ``MOST_IN_A_BUCKET``, so that no text, however crafted,
makes a look-up slow.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.compiling import compiled

# FNV-1a (Fowler, Noll, Vo) over code points, and the multiplier of Fibonacci hashing
# (Knuth, TAOCP 3, 6.4): 2^64 divided by the golden ratio.
FNV_OFFSET: Final = np.uint64(0xCBF29CE484222325)
_FNV_PRIME: Final = np.uint64(0x100000001B3)
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)

MOST_IN_A_BUCKET: Final = 32


class StringTable(NamedTuple):
    """Strings by their text.

    Attributes:
        shift: 64 less the bits that choose a bucket.
        starts: where each bucket begins, uint32, shape (buckets + 1,).
        hashes: uint64, bucket by bucket, shape (strings,).
        ids: int32, likewise.
        offsets: where each id's text begins in the pool, shape (strings + 1,).
        pool: code points, uint32.
    """

    shift: int
    starts: NDArray[np.uint32]
    hashes: NDArray[np.uint64]
    ids: NDArray[np.int32]
    offsets: NDArray[np.uint32]
    pool: NDArray[np.uint32]


class KeyTable(NamedTuple):
    """Rows by a packed key of 64 bits; ``shift`` and ``starts`` as in StringTable.

    Attributes:
        keys: uint64, bucket by bucket, shape (rows,).
        rows: what each key stands for, int32.
    """

    shift: int
    starts: NDArray[np.uint32]
    keys: NDArray[np.uint64]
    rows: NDArray[np.int32]


def string_table(strings: Sequence[str]) -> StringTable:
    """Return a table of distinct strings; the id of each is its place.

    Raises:
        ValueError: if too many of them fall into one bucket.
    """
    sizes = np.fromiter(map(len, strings), np.int64, len(strings))
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32)
    pool = code_points("".join(strings))
    hashes = np.empty(len(strings), np.uint64)
    _hash_each(pool, offsets, hashes)
    shift, order, starts = _bucketed(hashes)
    frozen = (starts, hashes[order], order.astype(np.int32), offsets, pool)
    return StringTable(shift, *map(_frozen, frozen))


def key_table(keys: NDArray[np.uint64], rows: NDArray[np.int32]) -> KeyTable:
    """Return a table of distinct keys.

    Raises:
        ValueError: if too many of them fall into one bucket.
    """
    shift, order, starts = _bucketed(mixed(keys))
    return KeyTable(shift, _frozen(starts), _frozen(keys[order]), _frozen(rows[order]))


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text, lone surrogates too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def mixed(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return hashes of keys; the same as ``mix`` gives for one."""
    with np.errstate(over="ignore"):
        return (keys ^ (keys >> np.uint64(31))) * _GOLDEN


def _bucketed(
    hashes: NDArray[np.uint64],
) -> tuple[int, NDArray[np.int64], NDArray[np.uint32]]:
    bits = max(1, int(len(hashes)).bit_length())
    shift = 64 - bits
    buckets = (hashes >> np.uint64(shift)).astype(np.int64)
    order = np.argsort(buckets, kind="stable")
    sizes = np.bincount(buckets, minlength=1 << bits)
    if len(hashes) and sizes.max() > MOST_IN_A_BUCKET:
        raise ValueError(f"{sizes.max()} keys fall into one bucket")
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32)
    return shift, order, starts


def _frozen(array: NDArray[np.generic]) -> NDArray[np.generic]:
    array = np.ascontiguousarray(array)
    array.flags.writeable = False
    return array


@compiled
def _hash_each(pool, offsets, hashes):  # type: ignore[no-untyped-def]
    for at in range(len(hashes)):
        hashes[at] = hash_of(pool, offsets[at], offsets[at + 1])


@compiled
def fnv(state, code_point):  # type: ignore[no-untyped-def]
    """Return FNV-1a's state after one more code point."""
    return (state ^ np.uint64(code_point)) * _FNV_PRIME


@compiled
def mix(key):  # type: ignore[no-untyped-def]
    """Return a hash of a key whose high bits depend on all of its own."""
    return (key ^ (key >> np.uint64(31))) * _GOLDEN


@compiled
def hash_of(text, begin, end):  # type: ignore[no-untyped-def]
    """Return the hash of a stretch of code points."""
    state = FNV_OFFSET
    for at in range(begin, end):
        state = fnv(state, text[at])
    return mix(state)


@compiled
def find_hashed(table, hashed, text, begin, end):  # type: ignore[no-untyped-def]
    """Return the id of the string with this hash and text, -1 if there is none."""
    bucket = np.int64(hashed >> np.uint64(table.shift))
    size = end - begin
    for slot in range(table.starts[bucket], table.starts[bucket + 1]):
        if table.hashes[slot] == hashed:
            found = table.ids[slot]
            first = np.int64(table.offsets[found])
            if np.int64(table.offsets[found + 1]) - first == size:
                same = True
                for at in range(size):
                    if table.pool[first + at] != text[begin + at]:
                        same = False
                        break
                if same:
                    return np.int64(found)
    return np.int64(-1)


@compiled
def find_string(table, text, begin, end):  # type: ignore[no-untyped-def]
    """Return the id of a stretch of code points, -1 if the table lacks it."""
    return find_hashed(table, hash_of(text, begin, end), text, begin, end)


@compiled
def find_key(table, key):  # type: ignore[no-untyped-def]
    """Return the row of a key, -1 if the table lacks it."""
    bucket = np.int64(mix(key) >> np.uint64(table.shift))
    for slot in range(table.starts[bucket], table.starts[bucket + 1]):
        if table.keys[slot] == key:
            return np.int64(table.rows[slot])
    return np.int64(-1)
