"""What becomes of each character, asked once of Python and remembered.

Python's own Unicode tables decide, by the functions that ``model.normalise`` uses, so
the kernel and the reference agree under every version of them.
"""

import threading
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.characters import fold, is_disguise, is_invisible, is_latin
from model.emoji_words import emoji_words, flag_letter
from model.lookalikes import is_lookalike

# What a character is to the kernel; 0 until it was asked for.
SIMPLE: Final = 1
"""Its folded form stands in the pool."""
EMOJI: Final = 2
"""Its name does; the same emoji twice in a row counts once."""
SILENT: Final = 3
"""It shows nothing; between two Latin letters it hides something."""
HARD: Final = 4
"""Python must read the comment: marks and look-alikes."""
FLAG: Final = 5
"""Half a flag; the letter that it stands for is in the pool."""
DISGUISE: Final = 6
"""As ``SIMPLE``, but beside a Latin letter it hides one."""
KIND: Final = 7

LATIN: Final = 8
WORD: Final = 16
SPACE: Final = 32
PLACE: Final = 8
"""By so many bits the place in the pool is shifted."""

IS_ALNUM: Final = 1
IS_SPACE: Final = 2

_CODE_POINTS: Final = 0x110000
# Every character there is has a folded form, and names of emoji are longer than one:
# together they are fewer than this.
_POOL: Final = 1 << 20

# Raw characters that, put in lower case, could be part of a token with signs.
_LEET: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789@$!|+")


class Characters(NamedTuple):
    """The tables that compiled functions read.

    Attributes:
        states: for each code point its kind, properties, and place in the pool.
        classes: for each code point of a folded text whether it is alphanumeric or
            blank.
        pool: folded forms, each after its length.
    """

    states: NDArray[np.uint32]
    classes: NDArray[np.uint8]
    pool: NDArray[np.uint32]


class CharacterRegistry:
    """Fills the tables as characters are met; safe to share between threads."""

    def __init__(self) -> None:
        # All zeros cost no memory until they are written.
        self.tables = Characters(
            np.zeros(_CODE_POINTS, np.uint32),
            np.zeros(_CODE_POINTS, np.uint8),
            np.zeros(_POOL, np.uint32),
        )
        self._used = 0
        self._lock = threading.Lock()
        self.learn(range(128))

    def learn(self, code_points: Iterable[int]) -> None:
        """Enter characters that are not known yet."""
        with self._lock:
            for code_point in code_points:
                if not self.tables.states[code_point]:
                    self._enter(code_point)

    def classify(self, text: str) -> None:
        """Enter the classes of every character of a folded text."""
        if not text.isascii():
            self._classify(text)

    def _classify(self, text: str) -> None:
        for character in set(text):
            self.tables.classes[ord(character)] = _class(character)

    def _enter(self, code_point: int) -> None:
        character = chr(code_point)
        kind, folded = _kind(character)
        place = self._used
        if place + len(folded) >= _POOL:
            kind, folded, place = HARD, "", 0
        self._classify(folded)
        codes = [len(folded), *map(ord, folded)]
        self.tables.pool[place : place + len(codes)] = codes
        self._used = place + len(codes)
        # Last, so that no thread sees a state before what it points to.
        self.tables.states[code_point] = kind | _properties(character) | place << PLACE


def _kind(character: str) -> tuple[int, str]:
    if _is_hard(character):
        return HARD, ""
    if half := flag_letter(character):
        return FLAG, half
    if words := emoji_words(character):
        return EMOJI, f" {words} "
    if is_invisible(character):
        return SILENT, ""
    folded = fold(character)
    if not folded:
        return HARD, ""
    return (DISGUISE if is_disguise(character) else SIMPLE), folded


def _is_hard(character: str) -> bool:
    if character.isascii():
        return False
    return bool(
        unicodedata.combining(character)
        or is_lookalike(character)
        or not _LEET.isdisjoint(character.lower())
    )


def _properties(character: str) -> int:
    is_word = character.isalnum() or character == "_"
    return LATIN * is_latin(character) | WORD * is_word | SPACE * character.isspace()


def _class(character: str) -> int:
    return IS_ALNUM * character.isalnum() | IS_SPACE * character.isspace()
