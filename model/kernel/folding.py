"""Folds a text character by character, as ``model.normalise`` does."""

from typing import Final

import numpy as np

from model.kernel.asking import CHARACTER, NO, UNSETTLED, YES, ask
from model.kernel.characters import (
    DISGUISE,
    EMOJI,
    FLAG,
    HARD,
    KIND,
    LATIN,
    PLACE,
    SILENT,
)
from model.kernel.compiling import compiled
from model.kernel.text import ASCII, BACKTICK, BLANK, QUOTE, TO_SMALL, is_capital

_USER: Final = np.array([ord(one) for one in "<user>"], np.uint32)
_URL: Final = np.array([ord(one) for one in "<url>"], np.uint32)
_BEFORE_FLAG: Final = np.array([ord(one) for one in " flag "], np.uint32)
_ROOM: Final = 16


@compiled
def knows_characters(raw, begin, end, characters, asked):
    """Tell whether a character is in doubt: ``NO``, ``UNSETTLED``, ``YES``."""
    found = NO
    for at in range(begin, end):
        if raw[at] >= ASCII:
            kind = characters.states[raw[at]] & np.uint32(KIND)
            if kind == HARD:
                return YES
            if kind == 0:
                ask(asked, CHARACTER, raw, at, at + 1)
                found = UNSETTLED
    return found


@compiled
def fold_text(raw, begin, end, characters, spans, count, out, at_out):
    """Write the folded text; return its end, or -1 if in doubt."""
    size = at_out
    place = 0
    previous = np.uint32(0)
    at = begin
    room = len(out)
    while at < end:
        if size + _ROOM > room:
            return -1
        if place < count and spans[place, 0] == at:
            size = _put(out, size, _USER) if spans[place, 2] else _put(out, size, _URL)
            at = spans[place, 1]
            place += 1
            previous = np.uint32(0)
            continue
        one = raw[at]
        if one < ASCII:
            if is_capital(one):
                out[size] = one + np.uint32(TO_SMALL)
            elif one == BACKTICK:
                out[size] = QUOTE
            else:
                out[size] = one
            size += 1
            previous = one
            at += 1
            continue
        state = characters.states[one]
        kind = state & np.uint32(KIND)
        before = at > begin and characters.states[raw[at - 1]] & np.uint32(LATIN)
        after = at + 1 < end and characters.states[raw[at + 1]] & np.uint32(LATIN)
        if kind == SILENT:
            if before and after:
                return -1
        elif kind == DISGUISE and (before or after):
            return -1
        elif kind != EMOJI or previous != one:
            pool = np.int64(state >> np.uint32(PLACE))
            length = np.int64(characters.pool[pool])
            if size + length + _ROOM > room:
                return -1
            is_second = (
                characters.states[previous] & np.uint32(KIND) == FLAG and kind == FLAG
            )
            if kind == FLAG and not is_second:
                size = _put(out, size, _BEFORE_FLAG)
            for step in range(length):
                out[size] = characters.pool[pool + 1 + step]
                size += 1
            if is_second:
                out[size] = BLANK
                size += 1
                one = np.uint32(0)
        if kind != SILENT:
            previous = one
        at += 1
    return size


@compiled
def _put(out, size, text):
    for one in text:
        out[size] = one
        size += 1
    return size
