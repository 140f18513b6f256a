"""The token streams that TF-IDF counts: words and pairs of words, character n-grams."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

# A placeholder; a word with its inner apostrophes; a run of exclamation or question
# marks. Single letters count: "u" and "i" say who is spoken of.
_WORD: Final = re.compile(r"<\w+>|[^\W_]+(?:'[^\W_]+)*|[!?]+")
_NON_SPACE: Final = re.compile(r"\S+")

_SHORTEST, _LONGEST = 2, 5

Ngram = tuple[str, int, int]
"""An n-gram and where it begins and ends in the normalised text, end exclusive."""


@dataclass(frozen=True, slots=True)
class View:
    """A named way to cut a text into n-grams."""

    name: str
    ngrams: Callable[[str], list[str]]
    located: Callable[[str], Iterator[Ngram]]


def word_ngrams(text: str) -> list[str]:
    """Return the words of a normalised text, then its pairs of neighbouring words.

    >>> word_ngrams("you don't")
    ['you', "don't", "you don't"]
    """
    words = _WORD.findall(text)
    pairs = [f"{first} {second}" for first, second in itertools.pairwise(words)]
    return words + pairs


def located_word_ngrams(text: str) -> Iterator[Ngram]:
    """Yield what ``word_ngrams`` returns, each with its place."""
    words = [(match.group(), *match.span()) for match in _WORD.finditer(text)]
    yield from words
    for (first, begin, _), (second, _, end) in itertools.pairwise(words):
        yield f"{first} {second}", begin, end


def character_ngrams(text: str) -> list[str]:
    """Return the n-grams of 2 to 5 characters of each token padded with blanks.

    As scikit-learn's ``char_wb``, which never lets an n-gram cross a blank, but that
    a token shorter than n gives no n-gram of n.

    >>> character_ngrams("go")
    [' g', 'go', 'o ', ' go', 'go ', ' go ']
    """
    ngrams = []
    for token in text.split():
        padded = f" {token} "
        for size in range(_SHORTEST, _LONGEST + 1):
            ngrams += [padded[at : at + size] for at in range(len(padded) - size + 1)]
    return ngrams


def located_character_ngrams(text: str) -> Iterator[Ngram]:
    """Yield what ``character_ngrams`` returns, each with its place inside its token."""
    for match in _NON_SPACE.finditer(text):
        token = match.group()
        first, last = match.start(), match.start() + len(token)
        padded = f" {token} "
        for size in range(_SHORTEST, _LONGEST + 1):
            for at in range(len(padded) - size + 1):
                begin = max(first, first + at - 1)
                end = min(last, first + at - 1 + size)
                yield padded[at : at + size], begin, end


VIEWS: Final = (
    View("words", word_ngrams, located_word_ngrams),
    View("characters", character_ngrams, located_character_ngrams),
)
"""Every view of this version; features are numbered through them in this order."""
