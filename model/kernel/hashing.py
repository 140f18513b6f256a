"""Exact hash tables over strings of code points and over packed keys.

A hit is verified, so no two n-grams are ever taken for each other. Buckets are made
once and are small (``model.ngram_keys``), so that no text, however crafted, makes a
look-up slow.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.compiling import compiled
from model.ngram_keys import GOLDEN, bucket_bits, in_buckets, mixed

# FNV-1a (Fowler, Noll, Vo) over code points.
FNV_OFFSET: Final = np.uint64(0xCBF29CE484222325)
_FNV_PRIME: Final = np.uint64(0x100000001B3)
_GOLDEN: Final = np.uint64(GOLDEN)


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
    """Packed keys of 64 bits; ``shift`` and ``starts`` as in StringTable.

    Attributes:
        keys: uint64, bucket by bucket; what belongs to a key stands at its place.
    """

    shift: int
    starts: NDArray[np.uint32]
    keys: NDArray[np.uint64]


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
    order, starts = in_buckets(hashes)
    return StringTable(
        _shift(len(strings)),
        frozen(starts),
        frozen(hashes[order]),
        frozen(order.astype(np.int32)),
        frozen(offsets),
        frozen(pool),
    )


def key_table(keys: NDArray[np.uint64]) -> tuple[KeyTable, NDArray[np.int64]]:
    """Return a table of distinct keys, and the order in which it has them.

    Raises:
        ValueError: if too many of them fall into one bucket.
    """
    order, starts = in_buckets(mixed(keys))
    return laid_out(keys[order], starts), order


def laid_out(keys: NDArray[np.uint64], starts: NDArray[np.uint32]) -> KeyTable:
    """Return a table of keys that are in the order of their buckets."""
    return KeyTable(_shift(len(keys)), frozen(starts), frozen(keys))


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text, lone surrogates too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _shift(count: int) -> int:
    return 64 - bucket_bits(count)


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array, in one piece, that is read-only: one type to the compiler."""
    array = np.ascontiguousarray(array).view(np.ndarray)
    array.flags.writeable = False
    return array


@compiled
def _hash_each(pool, offsets, hashes):
    for at in range(len(hashes)):
        hashes[at] = hash_of(pool, offsets[at], offsets[at + 1])


@compiled
def fnv(state, code_point):
    """Return FNV-1a's state after one more code point."""
    return (state ^ np.uint64(code_point)) * _FNV_PRIME


@compiled
def mix(key):
    """Return a hash of a key whose high bits depend on all of its own."""
    return (key ^ (key >> np.uint64(31))) * _GOLDEN


@compiled
def hash_of(text, begin, end):
    """Return the hash of a stretch of code points."""
    state = FNV_OFFSET
    for at in range(begin, end):
        state = fnv(state, text[at])
    return mix(state)


@compiled
def find_hashed(table, hashed, text, begin, end):
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
def find_string(table, text, begin, end):
    """Return the id of a stretch of code points, -1 if the table lacks it."""
    return find_hashed(table, hash_of(text, begin, end), text, begin, end)


@compiled
def find_key(table, key):
    """Return the place of a key, -1 if the table lacks it."""
    bucket = np.int64(mix(key) >> np.uint64(table.shift))
    for slot in range(table.starts[bucket], table.starts[bucket + 1]):
        if table.keys[slot] == key:
            return np.int64(slot)
    return np.int64(-1)
