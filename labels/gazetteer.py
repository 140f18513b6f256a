"""Reads the gazetteer: names whose kind, not whose letters, a score may rest on."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labels.corpora.tables import read_table
from labels.errors import InputError
from labels.phrases import PhraseIndex

GAZETTEER: Final = Path(__file__).parent / "gazetteer.csv"

GAZETTEER_COLUMNS: Final = ("term", "kind", "ideology", "entry")

KINDS: Final = (
    "group",
    "leader",
    "attack",
    "slogan",
    "actor",
    "violence",
    "victim",
    "identity",
    "identity_person",
)
"""What a name stands for.

Violent-extremist organisations; their leaders, ideologues and known perpetrators;
attacks known by a name; slogans and codes. Then words for any perpetrator, any act,
anybody hurt. Last, people by who they are, and one person or an adjective of it.
"""

IDEOLOGIES: Final = (
    "jihadist",
    "far-right",
    "far-left",
    "ethno-nationalist",
    "incel",
    "anti-government",
    "religious-other",
)

MOST_WORDS: Final = 8
"""The longest term; what a look-up costs at each word of a comment is bounded by it."""

_BROKEN: Final = "too few or too many cells; a row is a term, kind, ideology and entry"

# As model/views.py cuts words, less placeholders and punctuation, which are no names.
# A term that is cut in another way than comments are would never be found.
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

_POSSESSIVE: Final = "'s"
_APOSTROPHES: Final = str.maketrans("\u2018\u2019\u02bc`\u00b4", "'''''")

# A message for a person; whoever has more faults than this mends these first.
_MOST_FAULTS: Final = 10


@dataclass(frozen=True, slots=True)
class Reference:
    """One surface form of a name.

    Attributes:
        term: lower-case words as people type them, marks off Latin letters.
        kind: one of ``KINDS``.
        ideology: one of ``IDEOLOGIES``, or empty where it names none.
        entry: a canonical name that joins the forms of one name.
    """

    term: str
    kind: str
    ideology: str
    entry: str

    @property
    def words(self) -> tuple[str, ...]:
        """The term as it is looked up: words, without possessive endings."""
        return tuple(
            word.removesuffix(_POSSESSIVE) for word in _WORD.findall(self.term)
        )


def read_gazetteer(path: Path = GAZETTEER) -> tuple[Reference, ...]:
    """Read a gazetteer, ours or an operator's own, in the order of its rows.

    Raises:
        InputError: if it cannot be read, or a row is at fault; all faulty lines are
            named at once, up to ten.
    """
    references = []
    faults = []
    terms: set[tuple[str, ...]] = set()
    for line, cells in read_table(path, GAZETTEER_COLUMNS):
        if cells is None:
            faults.append(f"line {line}: {_BROKEN}")
            continue
        reference = Reference(**{name: cells[name] for name in GAZETTEER_COLUMNS})
        faults += [f"line {line}: {reason}" for reason in _faults(reference, terms)]
        terms.add(reference.words)
        references.append(reference)
    if faults:
        raise InputError(f"{path}, {_listed(faults)}")
    return tuple(references)


class ReferenceIndex:
    """Finds the terms of a gazetteer in a text that is cut into words.

    Of several references with one term the last counts, so that an operator's own
    file, put after ours, has the last word.
    """

    def __init__(self, references: Iterable[Reference]) -> None:
        self._phrases = PhraseIndex(
            (" ".join(reference.words), reference.kind) for reference in references
        )

    def find(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return the first word, the word after the last, and the kind of each match.

        Matches do not overlap: from left to right, at each word the longest term
        wins. Words are those of a normalised text, as ``model/views.py`` cuts them;
        a possessive ending is passed over. The cost is linear in the number of
        words and does not grow with the gazetteer.

        >>> index = ReferenceIndex([Reference("red choir", "group", "", "choir")])
        >>> index.find(["the", "red", "choir's", "song"])
        [(1, 3, 'group')]
        """
        return self._phrases.find([word.removesuffix(_POSSESSIVE) for word in words])


def _faults(reference: Reference, terms: set[tuple[str, ...]]) -> Iterator[str]:
    yield from _term_faults(reference, terms)
    if reference.kind not in KINDS:
        yield f"kind {reference.kind!r} is none of {', '.join(KINDS)}"
    if reference.ideology and reference.ideology not in IDEOLOGIES:
        yield (
            f"ideology {reference.ideology!r} is none of {', '.join(IDEOLOGIES)}; "
            "leave it empty if none fits"
        )
    if not reference.entry.strip():
        yield f"term {reference.term!r} has no entry; give the name it stands for"


def _term_faults(reference: Reference, terms: set[tuple[str, ...]]) -> Iterator[str]:
    term, words = reference.term, reference.words
    if not words:
        yield f"term {term!r} holds no word; write one, or delete the row"
    elif term != _folded(term):
        yield f"term {term!r} is not folded; write {_folded(term)!r}"
    elif len(words) > MOST_WORDS:
        yield f"term {term!r} has {len(words)} words; shorten it to {MOST_WORDS}"
    elif words in terms:
        # "al-qaeda" and "al qaeda" are the same words: the second adds nothing.
        yield f"term {term!r} has the words of an earlier one; delete one of the rows"


def _folded(term: str) -> str:
    """Return a term as ``model/characters.py`` leaves the words of a comment."""
    composed = unicodedata.normalize("NFKC", term).translate(_APOSTROPHES).lower()
    letters = " ".join(composed.split())
    return "".join(_without_mark(letter) for letter in letters)


def _without_mark(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[0]
    return plain if plain.isascii() else letter


def _listed(faults: Sequence[str]) -> str:
    more = len(faults) - _MOST_FAULTS
    shown = "; ".join(faults[:_MOST_FAULTS])
    return f"{shown}; and {more} more" if more > 0 else shown
