"""Replaces letters of other scripts that pass for Latin ones."""

# ruff: noqa: RUF001, RUF002, RUF003 - look-alikes are what this module is about

import itertools
import re
import unicodedata
from collections.abc import Collection
from typing import Final

from model.characters import is_latin

# Of each script the letters that a reader takes for the Latin letter below them.
_SCRIPTS: Final = (
    # Cyrillic
    ("аАвВсСԁеЕһНніІјЈКкӏӀМмоОрРԛѕЅТтѵԝхХуУүҮ",
     "aabbccdeehhhiijjkkllmmooppqssttvwxxyyyy"),
    # Greek
    ("αΑβΒϲεΕηΗιΙϳκΚΜΝνοΟρΡτΤυΥχΧΖγω",
     "aabbceenhiijkkmnvooppttuyxxzyw"),
    # Armenian
    ("օՕոսՍհցզաԼյ", "oonuuhgqwlj"),
    # Cherokee
    ("ᎪᏴᏟᎠᎬᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᎩᏃ", "abcdehijklmprstvwyz"),
)  # fmt: skip
_LATIN: Final = {
    ord(letter): latin
    for letters, latins in _SCRIPTS
    for letter, latin in zip(letters, latins, strict=True)
}

# Shaped as Latin letters in every typeface. A word of these alone may be a genuine
# one, as рос is, so more than its shape must speak against it.
_IDENTICAL: Final = frozenset("аАВсСԁеЕһНіІјЈКӏӀМоОрРԛѕЅТԝхХуУϲϳοΟ")

_LOOKALIKE: Final = re.compile("[" + "".join(map(chr, _LATIN)) + "]")

# Marks, letters in circles and boxes and what shows nothing stand inside words.
_WORD: Final = re.compile(
    "[\\w\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
    "\u249c-\u24e9\U0001f110-\U0001f189]+"
)


def replace_lookalikes(text: str, hidden: Collection[str] = ()) -> str:
    """Return a text of the same length whose words of mixed script are Latin.

    A word is one of mixed script if it has Latin letters and look-alikes of such, and
    no other letters: a genuine Russian or Greek word stays, and beside such a one a
    Latin stem with a Russian ending. In a text without genuine words those of
    look-alikes alone become Latin too, if there are words of mixed script or if that
    makes one of the hidden words.

    >>> replace_lookalikes("idiоt, аѕ said: доброе утро")
    'idiot, аѕ said: доброе утро'
    """
    if text.isascii() or not _LOOKALIKE.search(text):
        return text
    words = [match for match in _WORD.finditer(text) if not match.group().isascii()]
    mixed = [match for match in words if _is_mixed(match.group())]
    if any(_is_genuine(match.group()) for match in words):
        mixed = [match for match in mixed if _alternates(match.group())]
    else:
        mixed = [match for match in words if mixed or _hides(match.group(), hidden)]
    pieces: list[str] = []
    kept = 0
    for match in mixed:
        pieces += (text[kept : match.start()], match.group().translate(_LATIN))
        kept = match.end()
    pieces.append(text[kept:])
    return "".join(pieces)


def _is_mixed(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha() or is_latin(letter)]
    others = [letter for letter in letters if not is_latin(letter)]
    return 0 < len(others) < len(letters) and all(map(is_lookalike, others))


def _alternates(word: str) -> bool:
    """Tell whether the script changes more than once: no ending does that."""
    scripts = [is_latin(letter) for letter in word if letter.isalpha()]
    changes = sum(one != other for one, other in itertools.pairwise(scripts))
    return changes > 1


def _hides(word: str, hidden: Collection[str]) -> bool:
    return word.translate(_LATIN).lower() in hidden


def _is_genuine(word: str) -> bool:
    """Tell whether a word without Latin letters has one that no Latin letter is."""
    letters = [letter for letter in word if letter.isalpha()]
    return not any(map(is_latin, letters)) and any(
        letter not in _IDENTICAL and _is_of_a_lookalike_script(letter)
        for letter in letters
    )


def is_lookalike(letter: str) -> bool:
    """Tell whether a letter of another script passes for a Latin one."""
    return ord(letter) in _LATIN


def _is_of_a_lookalike_script(letter: str) -> bool:
    script = unicodedata.name(letter, "").partition(" ")[0]
    return script in {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
