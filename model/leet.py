"""What digits and symbols stand for inside a word."""

import itertools
from collections.abc import Iterator
from typing import Final

READINGS: Final = {
    "0": "o",
    "1": "il",
    "2": "z",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "g",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "il",
    "|": "li",
    "+": "t",
    "€": "e",
    "£": "l",
    "¢": "c",
    "¡": "i",
}
"""The letters that each digit or symbol may be, the likeliest first."""

MASKS: Final = frozenset("*#%&^@$!|+-._")
"""Symbols that stand for any letter."""

# Twice as many readings with every further 1 or !: four of them in one word are the
# most that are tried.
_MOST_READINGS: Final = 16


def readings(token: str) -> Iterator[str]:
    """Yield the words that a token may spell, 16 at most.

    Nothing is yielded for a token with a symbol that spells no letter.

    >>> list(readings("1d10t"))[:2]
    ['idiot', 'idlot']
    """
    letters = [READINGS.get(character, character) for character in token]
    if all(letter.isalpha() for letter in letters):
        for spelt in itertools.islice(itertools.product(*letters), _MOST_READINGS):
            yield "".join(spelt)


def fits(masked: str, word: str) -> bool:
    """Tell whether a word of the same length may stand behind a masked one.

    >>> fits("d*ft", "daft"), fits("d*ft", "dull")
    (True, False)
    """
    return all(
        shown == letter or shown in MASKS or letter in READINGS.get(shown, "")
        for shown, letter in zip(masked, word, strict=True)
    )
