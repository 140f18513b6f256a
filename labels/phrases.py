"""Finds known phrases in a text that was cut into words."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Generic, TypeVar

T = TypeVar("T")

ANY_ENDING: Final = "*"
"""At the end of a phrase: its last word may go on."""

# Words as the model counts them, so that a phrase finds what the model sees: a
# placeholder, a word with its inner apostrophes, a run of marks.
_WORD: Final = re.compile(r"<\w+>|[^\W_]+(?:'[^\W_]+)*|[!?]+")


def phrase_words(phrase: str) -> list[str]:
    """Return the words by which a phrase is looked up."""
    return _WORD.findall(phrase)


class PhraseIndex(Generic[T]):
    """Phrases, and what each of them stands for."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        """Index the phrases; of two that are the same the later one counts.

        Each is in lower case, holds a word at least, and may end in ``ANY_ENDING``.
        """
        self._whole: dict[str, T] = {}
        # The words before the last one -> how the last one begins -> payload.
        self._begun: dict[str, dict[str, T]] = {}
        self._openings: set[str] = set()
        for phrase, payload in phrases:
            self._add(phrase, payload)
        self._longest = max(
            (len(stem) for stems in self._begun.values() for stem in stems), default=0
        )

    def find(self, words: Sequence[str]) -> list[tuple[int, int, T]]:
        """Return first word, last word (exclusive) and payload of each phrase found.

        From left to right the phrase of most words is taken, and no word twice. Among
        phrases of as many words a whole one comes before an open one, and a longer
        open one before a shorter. The cost is linear in the number of words.

        >>> index = PhraseIndex([("hats off", "praise"), ("hat*", "clothes")])
        >>> index.find(["hats", "off", "to", "hatters"])
        [(0, 2, 'praise'), (3, 4, 'clothes')]
        """
        found = []
        first = 0
        while first < len(words):
            match = self._longest_at(words, first)
            if match is None:
                first += 1
            else:
                found.append((first, *match))
                first = match[0]
        return found

    def _add(self, phrase: str, payload: T) -> None:
        words = phrase_words(phrase)
        openings = [" ".join(words[:size]) for size in range(1, len(words))]
        self._openings.update(openings)
        if phrase.endswith(ANY_ENDING):
            before = openings[-1] if openings else ""
            self._begun.setdefault(before, {})[words[-1]] = payload
        else:
            self._whole[" ".join(words)] = payload

    def _longest_at(self, words: Sequence[str], first: int) -> tuple[int, T] | None:
        """Return where the longest phrase that begins at a word ends, and its payload.

        Phrases share few openings, so the walk stops after a word or two.
        """
        longest = None
        opening = ""
        for last in range(first, len(words)):
            phrase = f"{opening} {words[last]}" if opening else words[last]
            if phrase in self._whole:
                longest = last + 1, self._whole[phrase]
            else:
                stems = self._begun.get(opening, {})
                stem = self._stem_of(words[last], stems)
                if stem is not None:
                    longest = last + 1, stems[stem]
            if phrase not in self._openings:
                break
            opening = phrase
        return longest

    def _stem_of(self, word: str, stems: dict[str, T]) -> str | None:
        """Return the longest of the stems that a word begins with."""
        if not stems:
            return None
        sizes = range(min(len(word), self._longest), 0, -1)
        return next((word[:size] for size in sizes if word[:size] in stems), None)
