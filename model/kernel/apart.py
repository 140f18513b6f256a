"""Tells whether words may be written with gaps or marks between their letters."""

from typing import Final

from model.kernel.asking import NO, UNSETTLED, YES, ask
from model.kernel.compiling import compiled
from model.kernel.memo import CUT, SAFE, UNKNOWN, answer_of, recall
from model.kernel.spelling import ORDINARY, flags_of
from model.kernel.text import (
    ASCII,
    AT,
    DASH,
    DOLLAR,
    DOT,
    UNDERSCORE,
    is_alnum,
    is_in,
    is_small,
    table_of,
)

# What a letter that stands alone may be; what may lie between two, model/rejoin.py.
_LETTER: Final = table_of("abcdefghijklmnopqrstuvwxyz0123456789@$")
_GAP: Final = table_of(" \t.-_*/|~+,=^")
_GAPS_ABOVE: Final = (0xB7, 0x2022)
_LONGEST_GAP: Final = 5
_FEWEST_APART: Final = 3
# As in model/respell.py.
_LONGEST_CUT: Final = 12
_MOST_MARKS: Final = 4
_MOST_CUTS: Final = 3
_PAIR: Final = 2


@compiled
def may_be_apart(text, end, classes):
    """Tell whether three letters or more in a row may be written apart."""
    apart = 0
    last_apart = 0
    for at in range(end):
        one = text[at]
        if one >= ASCII or not _LETTER[one]:
            continue
        if at > 0 and is_alnum(classes, text[at - 1]):
            continue
        if at + 1 < end:
            after = text[at + 1]
            if is_alnum(classes, after) or after == AT or after == DOLLAR:
                continue
        gap = at - last_apart - 1
        is_near = apart > 0 and 0 < gap <= _LONGEST_GAP
        if is_near:
            for place in range(last_apart + 1, at):
                is_near = is_near and is_in(_GAP, _GAPS_ABOVE, text[place])
        if is_near:
            apart += 1
        else:
            apart = 1 if is_small(one) else 0
        last_apart = at
        if apart >= _FEWEST_APART:
            return True
    return False


@compiled
def may_be_cut(text, end, classes, strings, flags, memo, asked):
    """Tell whether marks, such as hyphens, may hide a word between its letters."""
    doubt = NO
    at = 0
    while at < end:
        if not is_alnum(classes, text[at]):
            at += 1
            continue
        start = at
        pieces = 0
        fits = True
        while True:
            piece = at
            while at < end and is_small(text[at]):
                at += 1
            if at == piece:
                break
            pieces += 1
            fits = fits and at - piece <= _LONGEST_CUT
            marks = at
            while marks < end and _is_mark(text[marks]):
                marks += 1
            if not 0 < marks - at <= _MOST_MARKS:
                break
            if marks == end or not is_small(text[marks]):
                break
            at = marks
        stop = at
        while at < end and is_alnum(classes, text[at]):
            at += 1
        if pieces < _PAIR or _are_ordinary(text, start, stop, strings, flags):
            continue
        if pieces > _MOST_CUTS or at > stop or not fits:
            return YES
        answer = answer_of(memo, recall(memo, CUT, text, start, at))
        if answer == UNKNOWN:
            ask(asked, CUT, text, start, at)
            doubt = UNSETTLED
        elif answer != SAFE:
            return YES
    return doubt


@compiled
def _is_mark(code_point):
    return code_point == DASH or code_point == DOT or code_point == UNDERSCORE


@compiled
def _are_ordinary(text, begin, end, strings, flags):
    """Tell whether the pieces between marks are words of two letters or more."""
    at = begin
    while at < end:
        piece = at
        while at < end and not _is_mark(text[at]):
            at += 1
        if (
            at - piece < _PAIR
            or not flags_of(strings, flags, text, piece, at) & ORDINARY
        ):
            return False
        while at < end and _is_mark(text[at]):
            at += 1
    return True
