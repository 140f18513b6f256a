"""Shortens letters repeated for emphasis."""

import itertools
import re
from collections.abc import Callable
from typing import Final

from model.mapped_text import Edit

# It starts at a word's edge alone: tried inside a word, it would cost its square.
_STRETCHED: Final = re.compile(r"(?<![a-z0-9])[a-z]*?([a-z])\1\1[a-z]*")
_RUN: Final = re.compile(r"([a-z])\1\1+")
_NUMERAL_OR_NAME: Final = re.compile(r"([a-z])\1\1|[cxlv]+iii|xxx[vi]+")

# Every further run doubles the ways to shorten a word.
_MOST_RUNS: Final = 4


def find_stretched(text: str, squeezed: Callable[[str], str]) -> list[Edit]:
    """Return an edit for each word with a letter three times in a row.

    Roman numerals stay, words of three letters that are all the same, and those with a
    digit beside them, such as the number of a colour.
    """
    return [
        (*match.span(), squeezed(match.group()))
        for match in _STRETCHED.finditer(text)
        if not stays_stretched(match.group()) and not _has_digit(text, *match.span())
    ]


def stays_stretched(word: str) -> bool:
    """Tell whether a word of small letters is a numeral, or one letter three times."""
    return _NUMERAL_OR_NAME.fullmatch(word) is not None


def _has_digit(text: str, begin: int, end: int) -> bool:
    return text[begin - 1 : begin].isdigit() or text[end : end + 1].isdigit()


def squeeze(word: str) -> str:
    """Return a word with three or more of a letter in a row as one.

    >>> squeeze("loooove")
    'love'
    """
    return _RUN.sub(r"\1", word)


def squeezings(word: str) -> list[tuple[str, int]]:
    """Return the words with each run as one letter or two, and how many are one.

    >>> squeezings("gooood")
    [('good', 0), ('god', 1)]
    """
    parts = _RUN.split(word)
    runs = len(parts) // 2
    if runs > _MOST_RUNS:
        return [(squeeze(word), runs)]
    found = []
    for lengths in itertools.product((2, 1), repeat=runs):
        letters = (
            parts[2 * at + 1] * length + parts[2 * at + 2]
            for at, length in enumerate(lengths)
        )
        found.append((parts[0] + "".join(letters), lengths.count(1)))
    return found
