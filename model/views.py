"""The token streams that TF-IDF counts: words, characters, word classes."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from labels.phrases import PhraseIndex
from model.marks import Mark, mark_sentences

# A placeholder; a word with its inner apostrophes; a run of exclamation or question
# marks. Single letters count: "u" and "i" say who is spoken of.
_WORD: Final = re.compile(r"<\w+>|[^\W_]+(?:'[^\W_]+)*|[!?]+")
_NON_SPACE: Final = re.compile(r"\S+")

_PLACEHOLDER: Final = re.compile(r"<\w+>")

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
    a token shorter than n gives no n-gram of n, and a placeholder, whose letters are
    nobody's, none at all.

    >>> character_ngrams("go")
    [' g', 'go', 'o ', ' go', 'go ', ' go ']
    """
    ngrams = []
    for token in _without_placeholders(text).split():
        padded = f" {token} "
        for size in range(_SHORTEST, _LONGEST + 1):
            ngrams += [padded[at : at + size] for at in range(len(padded) - size + 1)]
    return ngrams


def located_character_ngrams(text: str) -> Iterator[Ngram]:
    """Yield what ``character_ngrams`` returns, each with its place inside its token."""
    for match in _NON_SPACE.finditer(_without_placeholders(text)):
        token = match.group()
        first, last = match.start(), match.start() + len(token)
        padded = f" {token} "
        for size in range(_SHORTEST, _LONGEST + 1):
            for at in range(len(padded) - size + 1):
                begin = max(first, first + at - 1)
                end = min(last, first + at - 1 + size)
                yield padded[at : at + size], begin, end


def _without_placeholders(text: str) -> str:
    """Return a text of the same length with blanks where placeholders stand."""
    return _PLACEHOLDER.sub(lambda match: " " * len(match.group()), text)


VIEW_NAMES: Final = ("words", "characters", "classes")
"""Every view of this version; features are numbered through them in this order."""


def build_views(classes: PhraseIndex[str]) -> tuple[View, ...]:
    """Return the views, in the order of ``VIEW_NAMES``, for a lexicon's classes."""

    def located(text: str) -> Iterator[Ngram]:
        for sentence in mark_sentences(text, classes):
            yield from _class_ngrams([mark for mark in sentence if mark.is_class])
            yield from _pattern_ngrams(sentence)

    def ngrams(text: str) -> list[str]:
        return [ngram for ngram, _, _ in located(text)]

    return (
        View("words", word_ngrams, located_word_ngrams),
        View("characters", character_ngrams, located_character_ngrams),
        View("classes", ngrams, located),
    )


def _class_ngrams(marks: Sequence[Mark]) -> Iterator[Ngram]:
    """Yield classes, neighbouring ones, next but one, and all pairs of a sentence.

    Words between two classes are passed over: "the group are, to me, heroes" holds
    ``<group>>ADMIRE``. A pair that is anywhere in the sentence counts once, where
    it first is, in the order of its names.
    """
    firsts: dict[str, Mark] = {}
    for place, mark in enumerate(marks):
        firsts.setdefault(mark.name, mark)
        yield mark.name, mark.begin, mark.end
        for join, before in ((">", place - 1), (">>", place - 2)):
            if before >= 0:
                name = f"{marks[before].name}{join}{mark.name}"
                yield name, marks[before].begin, mark.end
    for (one, first), (other, second) in itertools.combinations(
        sorted(firsts.items()), 2
    ):
        begin, end = min(first.begin, second.begin), max(first.end, second.end)
        yield f"{one}&{other}", begin, end


def _pattern_ngrams(marks: Sequence[Mark]) -> Iterator[Ngram]:
    """Yield pairs of neighbours with one class in them, and triples with two.

    They are the words view's pairs, shared by all words of a class: "they are
    INSULT_MIND".
    """
    for first, second in itertools.pairwise(marks):
        if first.is_class or second.is_class:
            yield f"{first.name} {second.name}", first.begin, second.end
    for first, second, third in zip(marks, marks[1:], marks[2:], strict=False):
        if first.is_class + second.is_class + third.is_class > 1:
            name = f"{first.name} {second.name} {third.name}"
            yield name, first.begin, third.end
