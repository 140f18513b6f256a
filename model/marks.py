"""Reads a text as rows of word classes, and notes whose voice each is in.

"You are an idiot", "he said I am an idiot" and "nobody here is an idiot" share their
words. What differs is the scope of the insult: a negation, a verb of speaking or a
pair of quotation marks before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from labels.phrases import PhraseIndex

# Words as the words view cuts them, and the marks that end a sentence or a scope.
_TOKEN: Final = re.compile(r"<\w+>|[^\W_]+(?:'[^\W_]+)*|[!?]+|[.,;:()\n\"]")
_SENTENCE_ENDS: Final = frozenset(".;\n")
_SCOPE_ENDS: Final = frozenset(".;:()\n")
_SHOUTS: Final = frozenset("!?")

_NEGATE: Final = "NEGATE"
_SPEECH: Final = "SPEECH"

# How many words a negation and a verb of speaking reach, at most to the sentence's end.
NEGATED_WORDS: Final = 5
REPORTED_WORDS: Final = 8

# Words in quotation marks, on one line. All lengths are bounded, so that a text of
# nothing but marks costs no more than another.
_QUOTED: Final = re.compile(
    r'"[^"\n]{2,600}"'
    r"|(?<!\w)'[^'\n]{2,300}(?:'(?=\w)[^'\n]{0,300}){0,8}'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word, or the class of a word or phrase, and where it stands.

    Attributes:
        name: the word, or the class with its scope: ``INSULT_MIND``,
            ``INSULT_MIND:n`` if it is negated, ``:q`` if quoted, ``:r`` if reported.
        begin: where it begins in the text.
        end: likewise, exclusive.
        is_class: whether it is a class.
    """

    name: str
    begin: int
    end: int
    is_class: bool


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return where words stand in quotation marks, the marks included."""
    return [match.span() for match in _QUOTED.finditer(text)]


def mark_sentences(text: str, classes: PhraseIndex[str]) -> Iterator[list[Mark]]:
    """Yield the marks of each sentence of a normalised text that has any.

    The cost is linear in the text's length.
    """
    scope = _Scope(quoted_spans(text))
    sentence: list[Mark] = []
    for token, name, begin, end in _named(text, classes):
        if name:
            sentence.append(
                Mark(scope.of_class(name, begin), begin, end, is_class=True)
            )
        elif token.isalnum() or "'" in token:
            sentence.append(Mark(token, begin, end, is_class=False))
            scope.pass_word()
        if token in _SCOPE_ENDS or name in _SHOUTS:
            scope.end()
        if sentence and (token in _SENTENCE_ENDS or name in _SHOUTS):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _named(text: str, classes: PhraseIndex[str]) -> Iterator[tuple[str, str, int, int]]:
    """Yield each token or phrase, the class it stands for if any, and its span."""
    tokens = list(_TOKEN.finditer(text))
    found = classes.find([token.group() for token in tokens])
    phrases = {first: (last, name) for first, last, name in found}
    place = 0
    while place < len(tokens):
        token = tokens[place].group()
        last, name = phrases.get(place, (place + 1, ""))
        if token[0] in _SHOUTS:
            name = token[0]
        elif token[0] == "<" and not name:
            name = token
        yield token, name, tokens[place].start(), tokens[last - 1].end()
        place = last


class _Scope:
    """Follows, word by word, what a class would be in the scope of."""

    def __init__(self, quoted: list[tuple[int, int]]) -> None:
        self._quoted = quoted
        self._next_quoted = 0
        self._negated = 0
        self._reported = 0

    def of_class(self, name: str, begin: int) -> str:
        """Return a class with its scope, and let it open a scope of its own."""
        is_quoted = self._is_quoted(begin)
        if name in _SHOUTS:
            return name
        if name in (_NEGATE, _SPEECH):
            if not is_quoted:
                self._open(name)
            return name
        scope = ":q" if is_quoted else self._spoken_scope()
        self.pass_word()
        return name + scope

    def pass_word(self) -> None:
        self._negated = max(0, self._negated - 1)
        self._reported = max(0, self._reported - 1)

    def end(self) -> None:
        self._negated = self._reported = 0

    def _open(self, name: str) -> None:
        if name == _NEGATE:
            self._negated = NEGATED_WORDS
        else:
            self._reported = REPORTED_WORDS

    def _spoken_scope(self) -> str:
        if self._negated:
            return ":n"
        return ":r" if self._reported else ""

    def _is_quoted(self, begin: int) -> bool:
        quoted = self._quoted
        while self._next_quoted < len(quoted) and quoted[self._next_quoted][1] <= begin:
            self._next_quoted += 1
        return self._next_quoted < len(quoted) and quoted[self._next_quoted][0] <= begin
