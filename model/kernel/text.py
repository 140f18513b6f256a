"""Small questions about code points."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.kernel.characters import IS_ALNUM
from model.kernel.compiling import compiled

ASCII: Final = 128
TO_SMALL: Final = ord("a") - ord("A")

AT, BACKTICK, BANG, BAR, BLANK, COLON, DASH, DOLLAR, DOT = map(ord, "@`!| :-$.")
DOUBLE, GREATER, LESS, NEWLINE, PLUS, QUESTION, QUOTE = map(ord, "\"><\n+?'")
SEMICOLON, SLASH, STAR, UNDERSCORE, ONE = map(ord, ";/*_1")

_A, _Z, _CAPITAL_A, _CAPITAL_Z, _ZERO, _NINE = map(ord, "azAZ09")

SIGNS_ABOVE: Final = (0xA1, 0xA2, 0xA3, 0x20AC)
"""Signs above ASCII that spell letters: model/leet.py."""


def table_of(members: str) -> NDArray[np.bool_]:
    """Return for each ASCII code point whether it is one of the members."""
    table = np.zeros(ASCII, np.bool_)
    for member in members:
        table[ord(member)] = True
    return table


@compiled
def is_small(code_point):
    """Tell whether a code point is one of a to z."""
    return _A <= code_point <= _Z


@compiled
def is_letter(code_point):
    """Tell whether a code point is an ASCII letter."""
    return _A <= code_point <= _Z or _CAPITAL_A <= code_point <= _CAPITAL_Z


@compiled
def is_capital(code_point):
    """Tell whether a code point is one of A to Z."""
    return _CAPITAL_A <= code_point <= _CAPITAL_Z


@compiled
def is_digit(code_point):
    """Tell whether a code point is one of 0 to 9."""
    return _ZERO <= code_point <= _NINE


@compiled
def is_in(table, above, code_point):
    """Tell whether a code point is in an ASCII table, or one of those above ASCII."""
    if code_point < ASCII:
        return table[code_point]
    for one in above:
        if code_point == one:
            return True
    return False


@compiled
def is_alnum(classes, code_point):
    """Tell whether a code point of a folded text is a letter or a digit."""
    return classes[code_point] & IS_ALNUM != 0


@compiled
def is_word(classes, code_point):
    r"""Tell whether a code point of a folded text is a ``\w``."""
    return classes[code_point] & IS_ALNUM != 0 or code_point == UNDERSCORE
