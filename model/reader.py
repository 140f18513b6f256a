"""Reads a comment as the model does: spelling undone, names typed, ready to count."""

import re
from functools import cached_property
from typing import Final

from labels.comments import Comment
from labels.gazetteer import Reference, ReferenceIndex
from labels.phrases import PhraseIndex
from model.mapped_text import Edit
from model.normalise import Normalised, normalise
from model.quotations import find_quotations
from model.spelling import Speller
from model.views import View, build_views
from model.word_tables import WordTables

# Names, whose letters must decide nothing: what is said of one is said of all of a
# kind. Words for any perpetrator, act or victim keep their letters, and are classes.
_REPLACED: Final = frozenset(
    {"group", "leader", "attack", "slogan", "identity", "identity_person"}
)

_WORD: Final = re.compile(r"<\w+>|[^\W_]+(?:'[^\W_]+)*|[!?]+")


class Reader:
    """Turns comments into the text that is counted; safe to share between threads."""

    def __init__(self, tables: WordTables) -> None:
        self._tables = tables

    # Each is made when it is first asked for: they take a while, and the kernel needs
    # them for few comments.

    @cached_property
    def speller(self) -> Speller:
        """What is known of spellings."""
        return Speller(self._tables.known, self._tables.hidden)

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The ways that text is cut into n-grams, in the order of features."""
        return build_views(PhraseIndex(self.classes))

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """Phrases that a placeholder of their kind replaces, by their kind."""
        return [(" ".join(one.words), one.kind) for one in self._replaced()]

    @cached_property
    def classes(self) -> list[tuple[str, str]]:
        """Phrases that stay, by their class."""
        kept = {
            term: kind.upper()
            for term, kind in self._tables.references.items()
            if kind not in _REPLACED
        }
        return list((dict(self._tables.classes) | kept).items())

    @cached_property
    def _references(self) -> ReferenceIndex:
        return ReferenceIndex(self._replaced())

    def _replaced(self) -> list[Reference]:
        return [
            Reference(term, kind, "", term)
            for term, kind in self._tables.references.items()
            if kind in _REPLACED
        ]

    def read(self, comment: Comment) -> Normalised:
        """Return the comment's text as it is counted, with its map to the original.

        Quotations from the comment being answered, handles and addresses, and names
        in the gazetteer stand as placeholders; what was hidden is undone.
        """
        normalised = normalise(comment.text, find_quotations(comment), self.speller)
        edits = self._typed(normalised.text)
        if not edits:
            return normalised
        mapped = normalised.rewritten(edits)
        return Normalised(
            mapped.text, mapped.begins, mapped.ends, normalised.is_obfuscated
        )

    def _typed(self, text: str) -> list[Edit]:
        words = list(_WORD.finditer(text))
        found = self._references.find([word.group() for word in words])
        return [
            (words[first].start(), words[last - 1].end(), f"<{kind}>")
            for first, last, kind in found
        ]
