"""Fourteen ways in which people hide words from a filter, to test with.

An evader does not know which word a filter minds, so an attack hits **every word of
four ASCII letters or more** (a run of letters with no other letter, digit or
underscore beside it), and in it every letter that its docstring names: a rate of 1,
unless it says otherwise. Shorter words, other scripts and punctuation stay. What is
left to chance is drawn from a generator that ``disguise`` seeds by ``SEED`` and the
CRC-32 of the text, so a text is disguised alike in every run and in every company.
"""

import re
import unicodedata
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

SEED: Final = 0

_WORD: Final = re.compile(r"\b[A-Za-z]{4,}\b")
_INNER_VOWEL: Final = re.compile(r"(?<=.)[aeiouAEIOU](?=.)")
_BLANK_IN_SENTENCE: Final = re.compile(r"(?<![.!?\s])[ \t]+(?=\S)")

_DIGITS: Final = str.maketrans("aeiostAEIOST", "431057431057")
_SYMBOLS: Final = str.maketrans("ailstAILST", "@!|$+@!|$+")
_CYRILLIC: Final = str.maketrans(
    "aceijopsxyABCEHIJKMOPSTXY",
    "\u0430\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u0445\u0443"
    "\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a\u041c\u041e\u0420\u0405\u0422"
    "\u0425\u0423",
)
_ZERO_WIDTH: Final = ("\u200b", "\u200c", "\u200d", "\u2060")
_SOFT_HYPHEN: Final = "\u00ad"
_STRIKE: Final = "\u0336"
# Grave, acute, circumflex, tilde, diaeresis, caron.
_MARKS: Final = ("\u0300", "\u0301", "\u0302", "\u0303", "\u0308", "\u030c")
_MARKED: Final = frozenset("aceinouyACEINOUY")
_VOWELS: Final = frozenset("aeiouAEIOU")
_FEWEST_REPEATS, _MOST_REPEATS = 3, 5

_Generator = np.random.Generator
_Choice = TypeVar("_Choice")


@dataclass(frozen=True, slots=True)
class Attack:
    """One way to hide words.

    Attributes:
        name: as figures and tables call it.
        can_be_undone: whether the text can be read back from its disguise alone;
            else some guessing is asked for.
        apply: takes a text and a seeded generator, returns the disguised text.
    """

    name: str
    can_be_undone: bool
    apply: Callable[[str, _Generator], str]


def disguise(attack: Attack, text: str) -> str:
    """Return the text after an attack; the same text gives the same disguise."""
    seed = [SEED, zlib.crc32(text.encode("utf-8", "surrogatepass"))]
    return attack.apply(text, np.random.default_rng(seed))


def leet_digits(text: str, _rng: _Generator) -> str:
    """Write a, e, i, o, s, t as 4, 3, 1, 0, 5, 7."""
    return _in_words(text, lambda word: word.translate(_DIGITS))


def leet_symbols(text: str, _rng: _Generator) -> str:
    """Write a, i, l, s, t as @, !, |, $, +."""
    return _in_words(text, lambda word: word.translate(_SYMBOLS))


def cyrillic_letters(text: str, _rng: _Generator) -> str:
    """Write a, c, e, i, j, o, p, s, x, y and B, H, K, M, T with Cyrillic look-alikes.

    A word of such letters alone becomes wholly Cyrillic, as an evader's would.
    """
    return _in_words(text, lambda word: word.translate(_CYRILLIC))


def zero_width(text: str, rng: _Generator) -> str:
    """Put U+200B, U+200C, U+200D or U+2060, by chance, between all letters."""
    return _in_words(
        text, lambda word: _by_letter(word, lambda: _drawn(_ZERO_WIDTH, rng))
    )


def soft_hyphens(text: str, _rng: _Generator) -> str:
    """Put U+00AD between all letters."""
    return _in_words(text, _SOFT_HYPHEN.join)


def combining_strike(text: str, _rng: _Generator) -> str:
    """Strike all letters through: U+0336 after each."""
    return _in_words(text, lambda word: _STRIKE.join(word) + _STRIKE)


def diacritics(text: str, rng: _Generator) -> str:
    """Put one of six marks, by chance, on each a, c, e, i, n, o, u, y; composed (NFC).

    The marks are grave, acute, circumflex, tilde, diaeresis and caron.
    """

    def mark(word: str) -> str:
        marked = [
            letter + (_drawn(_MARKS, rng) if letter in _MARKED else "")
            for letter in word
        ]
        return unicodedata.normalize("NFC", "".join(marked))

    return _in_words(text, mark)


def other_typefaces(text: str, rng: _Generator) -> str:
    """Set each word, by the toss of a coin, fullwidth or in mathematical bold."""

    def set_word(word: str) -> str:
        is_wide = rng.random() < 0.5  # noqa: PLR2004 - a coin
        return "".join(_wide(letter) if is_wide else _bold(letter) for letter in word)

    return _in_words(text, set_word)


def repeated_vowels(text: str, rng: _Generator) -> str:
    """Write each a, e, i, o, u three to five times, by chance."""

    def draw_out(word: str) -> str:
        return "".join(
            letter * int(rng.integers(_FEWEST_REPEATS, _MOST_REPEATS + 1))
            if letter in _VOWELS
            else letter
            for letter in word
        )

    return _in_words(text, draw_out)


def spaced_or_dotted(text: str, rng: _Generator) -> str:
    """Part all letters by blanks or by dots: a coin is tossed once for each text.

    A spaced word gets a blank more at either end, so that a reader sees where words
    begin: ``t h i s   w o r d``.
    """
    if rng.random() < 0.5:  # noqa: PLR2004 - a coin
        return _in_words(text, lambda word: f" {' '.join(word)} ").strip(" ")
    return _in_words(text, ".".join)


def masked_letters(text: str, rng: _Generator) -> str:
    """Write ``*`` for one inner letter: a vowel, by chance, or else the second."""

    def mask(word: str) -> str:
        places = [match.start() for match in _INNER_VOWEL.finditer(word)]
        place = _drawn(places, rng) if places else 1
        return f"{word[:place]}*{word[place + 1 :]}"

    return _in_words(text, mask)


def glued_words(text: str, _rng: _Generator) -> str:
    """Glue words of any length: every blank goes, but after ``.``, ``!`` or ``?``.

    Lines stay lines.
    """
    return _BLANK_IN_SENTENCE.sub("", text)


def swapped_letters(text: str, rng: _Generator) -> str:
    """Swap two neighbouring inner letters that differ: one pair a word, by chance."""

    def swap(word: str) -> str:
        places = [
            place
            for place in range(1, len(word) - 2)
            if word[place].lower() != word[place + 1].lower()
        ]
        if not places:
            return word
        place = _drawn(places, rng)
        pair = word[place + 1] + word[place]
        return f"{word[:place]}{pair}{word[place + 2 :]}"

    return _in_words(text, swap)


def padded(text: str, _rng: _Generator) -> str:
    """Append ``love`` five times, and change no word."""
    return text + " love" * 5


ATTACKS: Final = (
    Attack("leet digits", True, leet_digits),
    Attack("leet symbols", True, leet_symbols),
    Attack("Cyrillic look-alikes", True, cyrillic_letters),
    Attack("zero-width", True, zero_width),
    Attack("soft hyphen", True, soft_hyphens),
    Attack("combining strike", True, combining_strike),
    Attack("diacritics", True, diacritics),
    Attack("fullwidth, mathematical bold", True, other_typefaces),
    Attack("repeated vowels", True, repeated_vowels),
    Attack("spaced, dotted", True, spaced_or_dotted),
    Attack("masked", False, masked_letters),
    Attack("glued", False, glued_words),
    Attack("swapped", False, swapped_letters),
    Attack("padded", False, padded),
)
"""Every attack that the evasion figures are about, in the order of their tables."""


def _in_words(text: str, change: Callable[[str], str]) -> str:
    return _WORD.sub(lambda match: change(match.group()), text)


def _by_letter(word: str, draw: Callable[[], str]) -> str:
    return word[0] + "".join(f"{draw()}{letter}" for letter in word[1:])


def _drawn(choices: Sequence[_Choice], rng: _Generator) -> _Choice:
    return choices[int(rng.integers(len(choices)))]


def _wide(letter: str) -> str:
    return chr(ord(letter) - ord("!") + ord("\uff01"))


def _bold(letter: str) -> str:
    first, bold = ("a", 0x1D41A) if letter.islower() else ("A", 0x1D400)
    return chr(ord(letter) - ord(first) + bold)
