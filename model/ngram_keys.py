"""Packs an n-gram into 64 bits, without loss: no two n-grams are ever confused."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

TOKEN_BITS: Final = 32
CHARACTER_BITS: Final = 12
MARK_BITS: Final = 20
"""How many bits a word, a character and a class take; 0 stands for none."""

MOST_CHARACTERS: Final = (1 << CHARACTER_BITS) - 1
LONGEST_NGRAM: Final = 5
_MOST_MARKS: Final = 3

# Kinds of n-grams of classes: a class, two next to each other, two with one between,
# two anywhere in a sentence; two marks, three marks. See model/views.py.
SINGLE: Final = 1
NEXT: Final = 2
NEXT_BUT_ONE: Final = 3
TOGETHER: Final = 4
PAIR: Final = 5
TRIPLE: Final = 6
_JOINTS: Final = {NEXT: ">", NEXT_BUT_ONE: ">>", TOGETHER: "&", PAIR: " ", TRIPLE: " "}
_KINDS: Final = {">": NEXT, ">>": NEXT_BUT_ONE, "&": TOGETHER}

_NAME: Final = r"(?:(?:<\w+>|[A-Z_]+)(?::[nqr])?|[!?])"
_TWO_CLASSES: Final = re.compile(f"({_NAME})(>>|>|&)({_NAME})")

# The multiplier of Fibonacci hashing (Knuth, TAOCP 3, 6.4): 2^64 / the golden ratio.
GOLDEN: Final = 0x9E3779B97F4A7C15
_WORD: Final = (1 << 64) - 1
_FOLD: Final = 31

MOST_IN_A_BUCKET: Final = 32
"""So that no text, however crafted, makes a look-up slow."""


@dataclass(frozen=True, slots=True)
class Symbols:
    """What n-grams are made of, each sorted; a symbol's number is its place, from 1.

    Attributes:
        tokens: of the words view.
        characters: of the characters view.
        marks: words and classes of the classes view.
    """

    tokens: Sequence[str]
    characters: Sequence[str]
    marks: Sequence[str]


def symbols_of(ngrams: Mapping[str, Collection[str]]) -> Symbols:
    """Return what the n-grams of each view are made of.

    Raises:
        ValueError: if there are more kinds of a symbol than its bits can number.
    """
    found = Symbols(
        _sorted(part for ngram in ngrams["words"] for part in ngram.split(" ")),
        _sorted(character for ngram in ngrams["characters"] for character in ngram),
        _sorted(
            mark for ngram in ngrams["classes"] for mark in parse_classes(ngram)[1]
        ),
    )
    for name, symbols, bits in (
        ("characters", found.characters, CHARACTER_BITS),
        ("marks", found.marks, MARK_BITS),
    ):
        if len(symbols) >= 1 << bits:
            raise ValueError(f"{len(symbols):,} different {name} are too many")
    return found


class NgramKeys(Protocol):
    """Packs and unpacks the n-grams of one view."""

    def pack(self, ngram: str) -> int | None:
        """Return an n-gram's key; None if it holds an unknown symbol."""

    def unpack(self, key: int) -> str:
        """Return the n-gram of a key that ``pack`` made."""

    def are_sound(self, keys: NDArray[np.uint64]) -> bool:
        """Tell whether every key stands for an n-gram."""


def keys_of(symbols: Symbols) -> dict[str, NgramKeys]:
    """Return how the n-grams of each view are packed, by the view's name."""
    return {
        "words": _WordKeys(symbols.tokens),
        "characters": _CharacterKeys(symbols.characters),
        "classes": _ClassKeys(symbols.marks),
    }


def parse_classes(ngram: str) -> tuple[int, tuple[str, ...]]:
    """Return the kind of an n-gram of the classes view, and its marks.

    >>> parse_classes("<group>>ADMIRE") == (NEXT, ("<group>", "ADMIRE"))
    True
    """
    parts = tuple(ngram.split(" "))
    if len(parts) > 1:
        return (TRIPLE if len(parts) == _MOST_MARKS else PAIR), parts
    if match := _TWO_CLASSES.fullmatch(ngram):
        return _KINDS[match[2]], (match[1], match[3])
    return SINGLE, parts


class _WordKeys:
    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return _numbers(self._tokens)

    def pack(self, ngram: str) -> int | None:
        key = 0
        for token in ngram.split(" "):
            number = self._numbers.get(token)
            if number is None:
                return None
            key = key << TOKEN_BITS | number
        return key

    def unpack(self, key: int) -> str:
        parts = (key >> TOKEN_BITS, key & ((1 << TOKEN_BITS) - 1))
        return " ".join(self._tokens[part - 1] for part in parts if part)

    def are_sound(self, keys: NDArray[np.uint64]) -> bool:
        return _fit(keys, TOKEN_BITS, 2, len(self._tokens))


class _CharacterKeys:
    def __init__(self, characters: Sequence[str]) -> None:
        self._characters = characters

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return _numbers(self._characters)

    def pack(self, ngram: str) -> int | None:
        if len(ngram) > LONGEST_NGRAM:
            return None
        key = 0
        for character in ngram:
            number = self._numbers.get(character)
            if number is None:
                return None
            key = key << CHARACTER_BITS | number
        return key

    def unpack(self, key: int) -> str:
        letters = []
        while key:
            letters.append(self._characters[(key & MOST_CHARACTERS) - 1])
            key >>= CHARACTER_BITS
        return "".join(reversed(letters))

    def are_sound(self, keys: NDArray[np.uint64]) -> bool:
        return _fit(keys, CHARACTER_BITS, LONGEST_NGRAM, len(self._characters))


class _ClassKeys:
    def __init__(self, marks: Sequence[str]) -> None:
        self._marks = marks

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return _numbers(self._marks)

    def pack(self, ngram: str) -> int | None:
        kind, marks = parse_classes(ngram)
        numbers = [self._numbers.get(mark) for mark in marks]
        key = kind
        for number in (*numbers, *[0] * (_MOST_MARKS - len(numbers))):
            if number is None:
                return None
            key = key << MARK_BITS | number
        return key

    def unpack(self, key: int) -> str:
        mask = (1 << MARK_BITS) - 1
        numbers = (key >> 2 * MARK_BITS & mask, key >> MARK_BITS & mask, key & mask)
        joint = _JOINTS.get(key >> _MOST_MARKS * MARK_BITS, "")
        return joint.join(self._marks[number - 1] for number in numbers if number)

    def are_sound(self, keys: NDArray[np.uint64]) -> bool:
        bits = np.uint64(_MOST_MARKS * MARK_BITS)
        kinds = keys >> bits
        marks = keys & np.uint64((1 << int(bits)) - 1)
        is_kind = (kinds >= SINGLE).all() and (kinds <= TRIPLE).all()
        first_is_there = (marks >> np.uint64(2 * MARK_BITS) > 0).all()
        known = _fit(marks, MARK_BITS, _MOST_MARKS, len(self._marks))
        return bool(is_kind and first_is_there and known)


def _fit(keys: NDArray[np.uint64], bits: int, parts: int, most: int) -> bool:
    """Tell whether every part of every key is the number of a symbol, or 0."""
    mask = np.uint64((1 << bits) - 1)
    found = [keys >> np.uint64(bits * part) & mask for part in range(parts)]
    rest = keys >> np.uint64(bits * parts) if bits * parts < 64 else np.zeros(1)  # noqa: PLR2004 - all bits
    return bool(
        (keys > 0).all()
        and not rest.any()
        and all((part <= most).all() for part in found)
    )


def mixed(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return hashes whose high bits depend on all bits of the keys."""
    with np.errstate(over="ignore"):
        return (keys ^ (keys >> np.uint64(_FOLD))) * np.uint64(GOLDEN)


def bucket_bits(count: int) -> int:
    """Return how many bits choose the bucket of one of so many keys."""
    return max(1, count.bit_length())


def in_buckets(
    hashes: NDArray[np.uint64],
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return hashes in the order of their buckets, and where each bucket begins.

    Shapes: (hashes,) and (buckets + 1,).

    Raises:
        ValueError: if one bucket gets more than ``MOST_IN_A_BUCKET``.
    """
    buckets = buckets_of(hashes)
    return np.argsort(buckets, kind="stable"), starts_of(buckets)


def buckets_of(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return each hash's bucket: its highest ``bucket_bits``."""
    return (hashes >> np.uint64(64 - bucket_bits(len(hashes)))).astype(np.int64)


def starts_of(buckets: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return where each bucket begins, once hashes are in their order.

    Raises:
        ValueError: if one bucket gets more than ``MOST_IN_A_BUCKET``.
    """
    sizes = np.bincount(buckets, minlength=1 << bucket_bits(len(buckets)))
    if sizes.max(initial=0) > MOST_IN_A_BUCKET:
        raise ValueError(f"{sizes.max()} keys fall into one bucket")
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32)


def bucket_of(key: int, count: int) -> int:
    """Return the bucket of one of ``count`` keys."""
    hashed = ((key ^ key >> _FOLD) * GOLDEN) & _WORD
    return hashed >> 64 - bucket_bits(count)


def _numbers(symbols: Sequence[str]) -> dict[str, int]:
    return {symbol: number for number, symbol in enumerate(symbols, 1)}


def _sorted(symbols: Iterable[str]) -> list[str]:
    return sorted(set(symbols))
