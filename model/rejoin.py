"""Finds words whose letters were written apart."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from model.mapped_text import Edit, MappedText
from model.spelling import Speller

# A letter, then twice or more a gap and a letter; the gaps are blanks, or the same
# symbol each time. Gaps are bounded, so that a run costs no more than its length.
_LETTER: Final = r"[a-z0-9@$](?![^\W_]|[@$])"
# The letter after an apostrophe or masks ends a word, and begins no other.
_NO_END_OF_A_WORD: Final = r"(?<![^\W_])(?<![a-z]['*])(?<![a-z]\*\*)"
_OF_NO_WORD: Final = r"(?![.\-_*][^\W_])"
_RUN: Final = re.compile(
    rf"{_NO_END_OF_A_WORD}[a-z](?:(?:[ \t]{{1,4}}{_LETTER}{_OF_NO_WORD}){{2,}}"
    rf"|(?P<gap> ?[.\-_*/|~+,=^\u00b7\u2022]{{1,3}} ?){_LETTER}(?:(?P=gap){_LETTER})+)"
)
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789@$")
_WIDE_GAP: Final = re.compile(r"[ \t]{2,4}")

_FEWEST_LETTERS: Final = 4
_VOWELS: Final = frozenset("aeiou")


def find_written_apart(
    mapped: MappedText, original: str, speller: Speller | None
) -> list[Edit]:
    """Return an edit for each word of a run such as "d a f t" or "d.a.f.t".

    Initials and lists stay: with a speller the letters must spell known words,
    without one they must be four or more that are no part of the alphabet.
    """
    edits: list[Edit] = []
    for match in _RUN.finditer(mapped.text):
        begin, end = match.span()
        words = _words(match.group(), speller)
        if "." in (match["gap"] or ""):
            is_capital = _is_capital(mapped, original, begin, end)
            words = [] if _may_abbreviate(words, is_capital, speller) else words
        places = [at for at in range(begin, end) if mapped.text[at] in _LETTERS]
        edits += _joined(places, words)
    return edits


def _is_capital(mapped: MappedText, original: str, begin: int, end: int) -> bool:
    letters = (original[mapped.begins[at]] for at in range(begin, end))
    return all(letter.isupper() for letter in letters if letter.isalpha())


def _may_abbreviate(
    words: Sequence[str], is_capital: bool, speller: Speller | None
) -> bool:
    """Tell whether letters with dots are initials rather than the words they spell.

    Capitals are, but of a hidden word that is longer than most names' initials; so
    are three small letters, but of a hidden word.
    """
    is_short = sum(map(len, words)) < _FEWEST_LETTERS
    is_hidden = speller is not None and any(word in speller.hidden for word in words)
    if is_capital:
        return is_short or not is_hidden
    return is_short and not is_hidden


def _words(run: str, speller: Speller | None) -> list[str]:
    """Return the words that a run spells, none if it is no word written apart."""
    parts = [_letters(part) for part in _WIDE_GAP.split(run)]
    letters = "".join(parts)
    if speller is None:
        return parts if _is_word_like(letters) else []
    is_parted = 1 < len(parts) < len(letters)
    if is_parted and all(part in speller.ordinary for part in parts):
        return parts
    return speller.joined(letters)


def _letters(run: str) -> str:
    return "".join(character for character in run if character in _LETTERS)


def _is_word_like(letters: str) -> bool:
    is_alphabet = all(ord(b) - ord(a) == 1 for a, b in itertools.pairwise(letters))
    vowels = sum(letter in _VOWELS for letter in letters)
    has_both = 0 < vowels < len(letters)
    return len(letters) >= _FEWEST_LETTERS and has_both and not is_alphabet


def _joined(places: Sequence[int], words: Sequence[str]) -> Iterator[Edit]:
    """Yield the edits that put words in the place of single letters.

    A word replaces its own letters if as many are left as there were.
    """
    if words and sum(map(len, words)) != len(places):
        words = [" ".join(words)]
        places = [places[0]] * (len(words[0]) - 1) + [places[-1]]
    first = 0
    for word in words:
        last = first + len(word) - 1
        if first:
            yield places[first - 1] + 1, places[first], " "
        yield places[first], places[last] + 1, word
        first = last + 1
