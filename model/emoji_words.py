"""Reads an emoji as the words of its Unicode name."""

import unicodedata
from functools import lru_cache
from typing import Final

from model.characters import is_latin

# Where emoji lie; other symbols of these blocks are named as well.
_BLOCKS: Final = (
    range(0x231A, 0x2400),
    range(0x2600, 0x27C0),
    range(0x2B05, 0x2B56),
    range(0x1F000, 0x1FB00),
)
_REGIONAL: Final = range(0x1F1E6, 0x1F200)
_CACHED_CHARACTERS: Final = 1 << 12


@lru_cache(maxsize=_CACHED_CHARACTERS)
def emoji_words(character: str) -> str:
    """Return the name of an emoji in lower case; nothing for another character.

    A skin tone and half a flag are characters of their own and have no words, nor
    has a letter in a box.

    >>> emoji_words("😍"), emoji_words("x")
    ('smiling face with heart shaped eyes', '')
    """
    if not any(ord(character) in block for block in _BLOCKS):
        return ""
    if unicodedata.category(character) != "So" or is_latin(character):
        return ""
    if flag_letter(character):
        return ""
    return unicodedata.name(character, "").lower().replace("-", " ")


def flag_letter(character: str) -> str:
    """Return the letter of the country's code that half a flag stands for.

    >>> [flag_letter(half) for half in "🇨🇦"]
    ['c', 'a']
    """
    if ord(character) not in _REGIONAL:
        return ""
    return chr(ord("a") + ord(character) - _REGIONAL.start)
