"""Which words are known, how common they are, and which of them people hide."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Collection, Mapping
from typing import Final

from labels.placeholders import PLACEHOLDERS
from model.leet import MASKS, fits

# A rarer word may be a misspelling that was counted.
_ORDINARY: Final = 0.0001

_STEM: Final = re.compile(r"[a-z]{3,}\*")
_ENDINGS: Final = ("s", "es", "ed", "er", "ers", "ing", "y", "in")


class Vocabulary:
    """The words that a token may be meant to be.

    Attributes:
        shares: how common each known word is, in (0, 1], the commonest being 1.
        hidden: the words that people hide, with such inflections as are known.
        ordinary: words that are never meant to be another.

    Args:
        known: how common each word is, on any scale: the number of comments with it.
            Misspellings may be among them.
        hidden: words that people hide, in any case. One written with a mask counts if
            it fits a single known word; phrases are left out. One that ends in a star
            alone stands for every common word that begins so.
    """

    def __init__(self, known: Mapping[str, float], hidden: Collection[str]) -> None:
        most = max(known.values(), default=1.0)
        self.shares = {word: count / most for word, count in known.items()}
        self._usual = sorted(
            word
            for word, share in self.shares.items()
            if share >= _ORDINARY and word.isalpha()
        )
        self.hidden = self._all_hidden({word.lower() for word in hidden})
        self.ordinary = self._all_ordinary()

    def share(self, word: str) -> float:
        """Return how common a word is, 0 for an unknown one."""
        return self.shares.get(word, 0.0)

    def _all_hidden(self, words: Collection[str]) -> frozenset[str]:
        found = {word for word in words if word.isascii() and word.isalpha()}
        for word in words:
            if _STEM.fullmatch(word):
                found |= self._beginning(word[:-1])
            elif MASKS.intersection(word):
                likely = [known for known in self.shares if _may_be(known, word)]
                found.update(likely if len(likely) == 1 else ())
        inflected = {word + ending for word in found for ending in _ENDINGS}
        return frozenset(found | (inflected & self.shares.keys()))

    def _beginning(self, stem: str) -> set[str]:
        first = bisect_left(self._usual, stem)
        likely = itertools.islice(self._usual, first, None)
        return {stem, *itertools.takewhile(lambda word: word.startswith(stem), likely)}

    def _all_ordinary(self) -> frozenset[str]:
        common = {
            word
            for word, share in self.shares.items()
            if share >= _ORDINARY and word.replace("'", "").isalpha()
        }
        # A token ends at an apostrophe: "don" of "don't" is no word to put right.
        stems = {word.partition("'")[0] for word in common if "'" in word}
        return frozenset(common | stems | self.hidden | {*PLACEHOLDERS.groupindex})


def _may_be(word: str, mask: str) -> bool:
    return len(word) == len(mask) and word.isalpha() and fits(mask, word)
