"""Tells what a token is meant to be: the word behind a spelling that hides it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from model.glued import Splitter
from model.hidden_words import HiddenWords
from model.leet import readings
from model.squeeze import squeezings
from model.unmask import Unmasker
from model.vocabulary import Vocabulary

_CACHED_TOKENS: Final = 1 << 16
_LONGEST_CACHED: Final = 40

# How common the meaning of a swapped word must be if nobody hides it, and that of one
# of four letters.
COMMON: Final = 0.0005
_VERY_COMMON: Final = 0.01
_COMMONEST: Final = 0.03

# How many times as common as the token itself its meaning must be, the latter if
# nobody hides it.
_OUTWEIGHS: Final = 30
_OUTWEIGHS_AS_A_SLIP: Final = 1000

# What a letter dropped from a run of three costs: "buttt" is "butt" unless "but" is a
# hundred times as common.
_DROPPED: Final = 0.01

_SHORTEST_JOINED: Final = 4
_SHORTEST_GLUED: Final = 8
_SHORTEST_SWAPPED: Final = 4
_LONGEST_SWAPPED: Final = 20
_SHORTEST_PIECE_OF_INTEREST: Final = 4
_FEWEST_PIECES: Final = 3

# Of a word that is hidden something must show.
_SHOWN: Final = re.compile(r"[a-z@]")

# They part words, or hide where they part none.
_WITH_ONE_MARK: Final = 2
_ELLIPSIS: Final = ".."
_MARKS: Final = re.compile(r"[-._]+")

# A blank is left out after it more often than it spells a letter in glued words.
_BETWEEN_SENTENCES: Final = re.compile(r"[!|+]")

# The most nats for each letter that a split may cost.
SPLIT_COST: Final = 2.2

# No word is so long: the token is a sentence without blanks, in which names may be
# unknown.
_SHORTEST_SENTENCE: Final = 40
_SENTENCE_COST: Final = 2.8
_UNKNOWN_COST: Final = 7.0

# Where a word is cut in two, crumbs of it are more likely an ending than a word.
_SHORTEST_OF_TWO: Final = 3


class Speller:
    """What is known of how words are written, and which words people hide.

    Args:
        known: how common each word is, on any scale: the number of comments with it.
            Misspellings may be among them.
        hidden: words that people hide, in any case. One written with a mask counts if
            it fits a single known word; phrases are left out.

    Attributes:
        ordinary: words that are never meant to be another.
        hidden: the words that people hide, with such inflections as are known.
        vocabulary: how common words are.
        index: the hidden words by what is left of them in disguise.
        splitter: what tells glued words apart.
    """

    def __init__(self, known: Mapping[str, float], hidden: Collection[str]) -> None:
        self.vocabulary = vocabulary = Vocabulary(known, hidden)
        self.ordinary = vocabulary.ordinary
        self.hidden = vocabulary.hidden
        self.index = HiddenWords(
            sorted(self.hidden, key=lambda word: (-vocabulary.share(word), word))
        )
        self._unmasker = Unmasker(vocabulary, self.index)
        self.splitter = Splitter(vocabulary.shares, self.hidden)
        self._cached = lru_cache(_CACHED_TOKENS)(self._meant)
        self._cached_in_leet = lru_cache(_CACHED_TOKENS)(self._unmasker.meaning_in_leet)

    def meant(self, token: str) -> str | None:
        """Return what a token is meant to be; None if it is itself.

        A token is letters, digits and symbols in lower case, without blanks. Words
        that were glued together come with blanks between them.

        >>> speller = Speller({"you": 9, "are": 8, "a": 7, "clod": 1}, ["clod"])
        >>> [speller.meant(token) for token in ("cl0d", "youareaclod", "clod")]
        ['clod', 'you are a clod', None]
        """
        # A megabyte in one token must not stay in memory.
        if len(token) <= _LONGEST_CACHED:
            return self._cached(token)
        return self._meant(token)

    def hides(self, token: str, meaning: str) -> bool:
        """Tell whether a token hides its meaning.

        A slip of the pen does not, nor does a blank left out between two words.
        """
        if not token.isalpha() or meaning in self.hidden:
            return True
        return meaning.count(" ") >= _FEWEST_PIECES - 1

    def spells_hidden(self, token: str) -> bool:
        """Tell whether digits or symbols are all that hides a word in a token."""
        return any(word in self.hidden for word in readings(token))

    def spelt(self, token: str) -> str | None:
        """Return the meaning of a token if digits or symbols are all that hides it."""
        meaning = None if token.isalpha() else self.meant(token)
        return meaning if meaning in set(readings(token)) else None

    def meant_in_leet(self, token: str) -> str | None:
        """Return what a token is meant to be among others with signs for letters.

        >>> Speller({"you": 90, "here": 50, "there": 20}, []).meant_in_leet("+here")
        'there'
        """
        return self._cached_in_leet(token) if len(token) <= _LONGEST_CACHED else None

    def likelier(self, words: Iterable[str]) -> str | None:
        """Return the commonest of some words, the first of equals; None of none."""
        return max(words, key=self._weight, default=None)

    def squeezed(self, word: str) -> str:
        """Return a word whose letters were repeated as the likeliest word it can be.

        A letter stays doubled if that gives a word; in an unknown word each run
        becomes one letter.
        """
        weights = {
            shorter: self._weight(shorter) * _DROPPED**dropped
            for shorter, dropped in squeezings(word)
        }
        # The last has every run as one letter; max takes the first of equals.
        return max(reversed(weights), key=weights.__getitem__)

    def _weight(self, word: str) -> float:
        floor = COMMON if word in self.hidden else 0.0
        return max(self.vocabulary.share(word), floor)

    def joined(self, letters: str) -> list[str]:
        """Return the words that letters written apart spell; none if they spell none.

        Three letters must be a hidden word or one of the commonest: they are initials
        more often.
        """
        if len(letters) < _SHORTEST_JOINED:
            is_word = (
                letters in self.hidden or self.vocabulary.share(letters) >= _COMMONEST
            )
            return [letters] if is_word else []
        if found := self._word_between(letters):
            return found
        if meaning := self.meant(letters) or self.meant(self.squeezed(letters)):
            return meaning.split()
        pieces = self.splitter.split(letters, most_cost=SPLIT_COST)
        longest = max(map(len, pieces), default=0)
        return pieces if longest >= _SHORTEST_PIECE_OF_INTEREST else []

    def _word_between(self, letters: str) -> list[str]:
        """Return a word and the letters that stand alone before and after it."""
        for first, last in ((0, 0), (1, 0), (0, 1), (1, 1)):
            end = len(letters) - last
            word = letters[first:end]
            if word in self.hidden or (
                word in self.ordinary and len(word) >= _SHORTEST_JOINED
            ):
                parts = (letters[:first], word, letters[end:])
                return [part for part in parts if part]
        return []

    def _meant(self, token: str) -> str | None:
        if token in self.ordinary:
            return None
        if token.isalpha():
            meaning = self._respelt(token)
        elif not _SHOWN.search(token):
            meaning = None
        elif _MARKS.search(token):
            meaning = self._uncut(token)
        else:
            meaning = self._unmasker.meaning(token) or self._unmasked_and_split(token)
        if meaning is None or meaning == token:
            return None
        least = _OUTWEIGHS * self.vocabulary.share(token)
        return meaning if self._weight_of_all(meaning) >= least else None

    def _weight_of_all(self, meaning: str) -> float:
        return min(map(self._weight, meaning.split()))

    def _respelt(self, token: str) -> str | None:
        meaning = self.index.shortened(token) or self.index.unscrambled(token)
        is_known = token in self.vocabulary.shares
        if meaning and not (is_known and len(token) <= _SHORTEST_SWAPPED):
            return meaning
        meaning = self._unswapped(token)
        if is_known:
            least = _OUTWEIGHS_AS_A_SLIP * self.vocabulary.share(token)
            return meaning if meaning and self._weight(meaning) >= least else None
        return meaning or self._unglued(token)

    def _unswapped(self, token: str) -> str | None:
        """Return the commonest word that has two inner neighbours the other way."""
        if not _SHORTEST_SWAPPED <= len(token) <= _LONGEST_SWAPPED:
            return None
        least = COMMON if len(token) > _SHORTEST_SWAPPED else _VERY_COMMON
        swapped = (
            token[:at] + token[at + 1] + token[at] + token[at + 2 :]
            for at in range(1, len(token) - 2)
        )
        likeliest = max(swapped, key=self.vocabulary.share)
        return likeliest if self.vocabulary.share(likeliest) >= least else None

    def _unglued(self, token: str) -> str | None:
        if len(token) < _SHORTEST_GLUED:
            return None
        if len(token) >= _SHORTEST_SENTENCE:
            pieces = self.splitter.split(
                token, most_cost=_SENTENCE_COST, unknown_cost=_UNKNOWN_COST
            )
            return " ".join(pieces) or None
        pieces = self.splitter.split(token, most_cost=SPLIT_COST)
        return " ".join(pieces) if self._is_sentence(pieces) else None

    def _is_sentence(self, pieces: Sequence[str]) -> bool:
        """Tell whether pieces are words that were glued, and no crumbs of one."""
        if len(pieces) < _FEWEST_PIECES:
            is_crumbled = min(map(len, pieces), default=0) < _SHORTEST_OF_TWO
            return self._holds_hidden(pieces) and not is_crumbled
        # "special i sing", "crystal in a"
        is_crumbled = "i" in pieces[1:] or pieces[-1] == "a"
        return self._holds_hidden(pieces) or not is_crumbled

    def _uncut(self, token: str) -> str | None:
        """Return the hidden word that marks were put into or in place of a letter."""
        pieces = _MARKS.split(token)
        if all(len(piece) > 1 and piece in self.ordinary for piece in pieces):
            return None
        joined = "".join(pieces)
        if joined in self.hidden and len(joined) > len(pieces):
            return joined
        is_masked = len(token) >= _SHORTEST_JOINED and _ELLIPSIS not in token
        if is_masked and len(pieces) == _WITH_ONE_MARK:
            return self.index.unmasked(token)
        return None

    def _unmasked_and_split(self, token: str) -> str | None:
        if _BETWEEN_SENTENCES.search(token):
            return None
        spelt = next(readings(token), "")
        pieces = self.splitter.split(spelt, most_cost=SPLIT_COST)
        is_glued = len(spelt) >= _SHORTEST_GLUED and self._holds_hidden(pieces)
        return " ".join(pieces) if is_glued else None

    def _holds_hidden(self, pieces: Sequence[str]) -> bool:
        return any(
            len(piece) >= _SHORTEST_PIECE_OF_INTEREST and piece in self.hidden
            for piece in pieces
        )
