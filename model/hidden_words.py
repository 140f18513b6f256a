"""Finds a word that people hide behind a disguise of it."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from model.leet import MASKS, fits

# Shorter words have too few inner letters to tell them from another word's.
_SHORTEST_SCRAMBLED: Final = 4
_MOST_MOVED: Final = {4: 0, 5: 0, 6: 2}
_MOST_MOVED_OF_LONG: Final = 4
_SHORTEST_STRETCHED: Final = 4
_SHORTEST_MASKED: Final = 3


class HiddenWords:
    """An index of words by what is left of them when they are disguised.

    Args:
        words: plain lower-case words, the likeliest first: of several that fit, the
            first is meant.

    Attributes:
        scrambled: the likeliest word of each ``outline``.
        stretched: the likeliest word of each ``single``.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.scrambled: dict[str, str] = {}
        self.stretched: dict[str, str] = {}
        self._starts: dict[tuple[int, str], list[str]] = defaultdict(list)
        for word in words:
            self.scrambled.setdefault(outline(word), word)
            self.stretched.setdefault(single(word), word)
            self._starts[len(word), word[:1]].append(word)

    def unscrambled(self, token: str) -> str | None:
        """Return the word that a token is with inner letters swapped.

        Two neighbours in a short word, any two in one of six letters, and twice two
        in a longer one: any other order spells another word too often.
        """
        word = self.scrambled.get(outline(token))
        if word is None or len(token) < _SHORTEST_SCRAMBLED:
            return None
        moved = [at for at, letter in enumerate(word) if letter != token[at]]
        is_near = moved[-1] - moved[0] == 1
        may_be_apart = len(moved) <= _MOST_MOVED.get(len(word), _MOST_MOVED_OF_LONG)
        return word if is_near or may_be_apart else None

    def shortened(self, token: str) -> str | None:
        """Return the word that a token is with some letters doubled."""
        word = self.stretched.get(single(token))
        if word is None or not _SHORTEST_STRETCHED <= len(word) < len(token):
            return None
        return word

    def unmasked(self, token: str) -> str | None:
        """Return the word that a token is with letters masked but the first."""
        if len(token) < _SHORTEST_MASKED or not MASKS.intersection(token):
            return None
        alike = self._starts.get((len(token), token[0]), ())
        return next((word for word in alike if fits(token, word)), None)


def outline(word: str) -> str:
    """Return a word with its inner letters in order."""
    return word[:1] + "".join(sorted(word[1:-1])) + word[-1:]


def single(word: str) -> str:
    """Return a word with each run of one letter as one."""
    return "".join(letter for letter, _ in groupby(word))
