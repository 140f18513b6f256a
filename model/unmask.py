"""Reads words that are written with digits, symbols or masks among their letters."""

import re
import string
from collections.abc import Sequence
from typing import Final

from model.hidden_words import HiddenWords
from model.leet import readings
from model.vocabulary import Vocabulary

# No word is longer; an address or a key of many digits is nobody's disguise.
_LONGEST: Final = 40
_SHORTEST: Final = 3

# How common a word that nobody hides must be to stand behind a disguise: three
# letters with a digit among them are a product's name more often than not.
_COMMON: Final = 0.0005
_COMMON_OF_THREE: Final = 0.01

# How many times as common a word must be as what is left when the digits go, or as
# the next word that fits: "top5" is no disguise of "tops".
_OUTWEIGHS: Final = 20

# Of so many letters a word may be rare, for no product is called so by chance.
_TELLING: Final = 5
_RARE: Final = 0.0001

_INNER: Final = re.compile(r"(?<=[a-z])[0-9@$!|+€£¢¡]{1,2}(?=[a-z])")
_SIGN: Final = re.compile(r"[0-9@$!|+€£¢¡]")
_EDGE: Final = re.compile(r"[0-9$@|+!][a-z]+|[a-z]+[0-9$@|+!]")
_AMOUNT: Final = re.compile(r"[0-9]{2,}[a-z]{1,2}")
_NUMBER: Final = re.compile(r"[0-9]+")
_FEWEST_SIGNS: Final = 2
_ONE_MASK: Final = re.compile(r"[a-z]+\*[a-z]+")
_SHORTEST_OF_LEET: Final = 4
_FEWEST_DIFFERENT: Final = 3
_BETWEEN_WORDS: Final = re.compile(r"([a-z]{3,})[!|+&^]+([a-z]{3,})")


class Unmasker:
    """Finds the word behind letters that are mixed with digits and symbols."""

    def __init__(self, vocabulary: Vocabulary, hidden: HiddenWords) -> None:
        self._vocabulary = vocabulary
        self._hidden = hidden

    def meaning(self, token: str) -> str | None:
        """Return the word that is meant, a hidden one rather than another.

        None for a token of some other kind, such as a number with its unit, the name
        of a product, or two words with a symbol between them.
        """
        if not _SHORTEST <= len(token) <= _LONGEST or self._joins_words(token):
            return None
        spelt = list(readings(token))
        if meaning := self._hidden_meaning(spelt):
            return meaning
        masked = self._hidden.unmasked(token)
        known = self._known_meaning(token, spelt)
        if masked and known:
            # A symbol in a word is its letter sooner than a mask, but "c@nt".
            return max(masked, known, key=self._vocabulary.share)
        return masked or known

    def meaning_in_leet(self, token: str) -> str | None:
        """Return the likeliest word that a token spells in a text full of such tokens.

        There no number of signs is too small, nor a word too rare. Numbers stay.
        """
        if not _SHORTEST_OF_LEET <= len(token) <= _LONGEST or token.isalpha():
            return None
        if _NUMBER.fullmatch(token) or len(set(token)) < _FEWEST_DIFFERENT:
            return None
        spelt = list(readings(token))
        if _AMOUNT.fullmatch(token):
            # "700k", but not "100k".
            spelt = spelt[:1]
        known = [
            word
            for word in spelt
            if word in self._vocabulary.shares or word in self._vocabulary.ordinary
        ]
        likeliest = max(known, key=self._vocabulary.share, default=None)
        # An i and an l look alike, so the usual reading need not be the commonest.
        if likeliest and spelt[0] in known:
            least = self._vocabulary.share(likeliest) / _OUTWEIGHS
            return spelt[0] if self._vocabulary.share(spelt[0]) >= least else likeliest
        return likeliest

    def _joins_words(self, token: str) -> bool:
        match = _BETWEEN_WORDS.fullmatch(token)
        if match is None:
            return False
        return all(word in self._vocabulary.ordinary for word in match.groups())

    def _hidden_meaning(self, spelt: Sequence[str]) -> str | None:
        for word in spelt:
            if word in self._vocabulary.hidden:
                return word
        for word in spelt:
            if meaning := self._hidden.shortened(word):
                return meaning
        return None

    def _known_meaning(self, token: str, spelt: Sequence[str]) -> str | None:
        if _AMOUNT.fullmatch(token):
            return None
        if _ONE_MASK.fullmatch(token):
            spelt = [token.replace("*", letter) for letter in string.ascii_lowercase]
            beaten = sorted(map(self._vocabulary.share, spelt))[-2]
        elif _EDGE.fullmatch(token):
            beaten = self._vocabulary.share(_SIGN.sub("", token))
        elif _INNER.search(token) or len(_SIGN.findall(token)) >= _FEWEST_SIGNS:
            beaten = 0.0
        else:
            return None
        likeliest = max(spelt, key=self._vocabulary.share, default=token)
        least = _least(token)
        share = self._vocabulary.share(likeliest)
        return likeliest if share >= max(least, _OUTWEIGHS * beaten) else None


def _least(token: str) -> float:
    """Return how common a word must be to stand behind a disguise."""
    if len(token) == _SHORTEST:
        return _COMMON_OF_THREE
    is_telling = len(token) >= _TELLING and _INNER.search(token)
    return _RARE if is_telling else _COMMON
