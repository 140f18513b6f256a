"""Folds one character to what a reader sees: case, compatibility forms, marks."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Typographic quotation marks and apostrophes that NFKC leaves alone.
_PUNCTUATION: Final = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "`": "'",
        "\u00b4": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
    }
)

# Shown as nothing, or as a blank, though their category is not Cf.
_BLANKS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

# Variation selectors and skin tones, which choose the look of what stands before.
_LOOKS: Final = (
    ("\ufe00", "\ufe0f"),
    ("\U0001f3fb", "\U0001f3ff"),
    ("\U000e0100", "\U000e01ef"),
)

# Compatibility forms that spell ordinary letters in another typeface. Ligatures,
# fractions and superscripts are left out: people type those without intent.
_TYPEFACES: Final = ("<font>", "<wide>", "<circle>", "<square>")

# Latin letters in a typeface or with a stroke that Unicode does not take apart.
_NAMED_LATIN: Final = re.compile(
    r"(?P<set>(?:NEGATIVE (?:SQUARED|CIRCLED)|PARENTHESIZED) )?"
    r"LATIN (?:(?:SMALL|CAPITAL) LETTER|(?P<small>LETTER SMALL CAPITAL)) "
    r"(?:DOTLESS |SCRIPT )?(?P<letter>[A-Z]|ALPHA)(?: WITH .+)?"
)

_CACHED_CHARACTERS: Final = 1 << 16


@lru_cache(maxsize=_CACHED_CHARACTERS)
def fold(character: str) -> str:
    """Return the lower-case, plain form of one character, possibly empty.

    Diacritics come off Latin letters only: in other scripts they make another
    letter, as the breve does in й.

    >>> [fold(character) for character in "ÉＡİй\u200b"]
    ['e', 'a', 'i', 'й', '']
    """
    if is_invisible(character):
        return ""
    if named := _named_latin(character):
        return named["letter"][0].lower()
    compatible = unicodedata.normalize("NFKC", character).translate(_PUNCTUATION)
    lowered = compatible.lower()
    if not is_latin(character) and not lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(part for part in decomposed if not unicodedata.combining(part))


@lru_cache(maxsize=_CACHED_CHARACTERS)
def is_invisible(character: str) -> bool:
    """Tell whether a character shows nothing: zero width, filler, skin tone."""
    if character in _BLANKS or unicodedata.category(character) in {"Cf", "Me"}:
        return True
    return any(first <= character <= last for first, last in _LOOKS)


@lru_cache(maxsize=_CACHED_CHARACTERS)
def is_latin(character: str) -> bool:
    """Tell whether a character is a letter of the Latin script in any typeface."""
    if character.isascii():
        return character.isalpha()
    if _named_latin(character):
        return True
    plain = unicodedata.normalize("NFKD", character)[0]
    if plain.isascii():
        return plain.isalpha()
    return unicodedata.name(plain, "").startswith("LATIN ")


@lru_cache(maxsize=_CACHED_CHARACTERS)
def is_disguise(character: str) -> bool:
    """Tell whether a character is a plain letter set in a decorative typeface.

    >>> is_disguise("𝖆"), is_disguise("ﬁ"), is_disguise("é")
    (True, False, False)
    """
    if named := _named_latin(character):
        return bool(named["set"] or named["small"])
    form = unicodedata.decomposition(character)
    return form.startswith(_TYPEFACES) and fold(character).isalpha()


@lru_cache(maxsize=_CACHED_CHARACTERS)
def is_overlay(letter: str, mark: str) -> bool:
    """Tell whether a combining mark on a Latin letter spells no letter of any use.

    A mark that composes with its letter is ordinary writing in two code points.
    """
    return len(unicodedata.normalize("NFC", letter + mark)) > 1


def _named_latin(character: str) -> re.Match[str] | None:
    if character.isascii():
        return None
    return _NAMED_LATIN.fullmatch(unicodedata.name(character, ""))
