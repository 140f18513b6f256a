"""Finds web addresses and handles, as ``labels.placeholders`` does.

Where a text may hold another kind of address, it is left to Python.
"""

from typing import Final

import numpy as np

from model.kernel.characters import SPACE, WORD
from model.kernel.compiling import compiled
from model.kernel.scratch import WORD as WORD_ROOM
from model.kernel.spelling import HIDDEN, flags_of
from model.kernel.text import (
    ASCII,
    AT,
    BANG,
    BAR,
    BLANK,
    COLON,
    DASH,
    DOLLAR,
    DOT,
    ONE,
    PLUS,
    SLASH,
    TO_SMALL,
    is_capital,
    is_digit,
    is_small,
)

_A, _H, _S, _U, _W, _ZERO, _I, _L = map(ord, "ahsuw0il")
_HTTP: Final = np.array([ord(one) for one in "http"], np.uint32)
_SHORTEST_HTTP: Final = len("http://x")
_SHORTEST_WWW: Final = len("www.x")
_LONGEST_HANDLE: Final = 61
# An IP address has three dots with three digits at most between two, or four colons
# and more with four.
_FEWEST_DOTS: Final = 3
_DOT_TO_DOT: Final = 4
_FEWEST_COLONS: Final = 4
_COLON_TO_COLON: Final = 5
# What a digit spells; 1 may be an i or an l.
_READ_DIGITS: Final = np.array([ord(one) for one in "o?zeasgtbg"], np.uint32)
_MOST_OPEN: Final = 4


@compiled
def _url_end(raw, at, end, states):
    """Return where a web address that begins here ends, -1 if none does."""
    first = -1
    if raw[at] == _H and at + _SHORTEST_HTTP <= end:
        same = True
        for place in range(4):
            same = same and raw[at + place] == _HTTP[place]
        colon = at + 5 if raw[at + 4] == _S else at + 4
        if same and colon + 2 < end and raw[colon] == COLON:
            if raw[colon + 1] == SLASH and raw[colon + 2] == SLASH:
                first = colon + 3
    elif raw[at] == _W and at + _SHORTEST_WWW <= end:
        if raw[at + 1] == raw[at] and raw[at + 2] == raw[at] and raw[at + 3] == DOT:
            first = at + 4
    if first < 0 or first >= end or states[raw[first]] & SPACE:
        return -1
    while first < end and not states[raw[first]] & SPACE:
        first += 1
    return first


@compiled
def _handle_end(raw, at, begin, end, states):
    """Return where the handle at an @ ends; 0 if the @ is none's, -1 if in doubt."""
    before = raw[at - 1] if at > begin else np.uint32(BLANK)
    is_word = at + 1 < end and states[raw[at + 1]] & WORD
    if before == AT:
        return 0
    if states[before] & WORD or before in (DOT, PLUS, DASH):
        # An e-mail address, or a sign among letters.
        may_go_on = is_word or (at + 1 < end and raw[at + 1] == DASH)
        return -1 if may_go_on else 0
    if not is_word:
        return 0
    if before in (DOLLAR, BANG, BAR):
        return -1
    last = at + 2
    while last < end and last - at < _LONGEST_HANDLE + 1:
        if not (states[raw[last]] & WORD or raw[last] == DOT):
            break
        last += 1
    return last


@compiled
def _spells_hidden(words, scratch, raw, begin, end):
    """Tell whether a handle, its @ an a, may spell a hidden word."""
    size = end - begin
    if size > WORD_ROOM:
        return True
    letters = scratch.letters
    spelt = scratch.others
    ones = 0
    for at in range(size):
        one = raw[begin + at]
        if is_capital(one):
            one += np.uint32(TO_SMALL)
        if one == AT:
            one = np.uint32(_A)
        elif is_digit(one):
            # 0 o, 2 z, 3 e, 4 a, 5 s, 6 g, 7 t, 8 b, 9 g; 1 is left open.
            if one == ONE:
                ones += 1
            else:
                one = np.uint32(_READ_DIGITS[one - _ZERO])
        elif not is_small(one):
            return False
        letters[at] = one
    if ones > _MOST_OPEN:
        return True
    for choice in range(1 << ones):
        bit = 0
        for at in range(size):
            spelt[at] = letters[at]
            if spelt[at] == ONE:
                spelt[at] = _I if (choice >> bit) & 1 else _L
                bit += 1
        if flags_of(words.strings, words.flags, spelt, 0, size) & HIDDEN:
            return True
    return False


@compiled
def find_placeholders(raw, begin, end, states, words, scratch):
    """Fill the spans of addresses and handles; return how many, -1 if in doubt.

    The spans are rows of begin, end, and 1 for a handle.
    """
    spans = scratch.found
    count = 0
    dots = 0
    colons = 0
    last_dot = begin
    last_colon = begin
    blank = begin
    at = begin
    while at < end:
        one = raw[at]
        if states[one] & SPACE:
            blank = at + 1
            at += 1
            continue
        last = -1
        is_handle = 0
        if one == _H or one == _W:
            last = _url_end(raw, at, end, states)
            if last > 0:
                for place in range(blank, last):
                    if raw[place] == AT:
                        return -1
                is_handle = 0
        elif one == AT:
            last = _handle_end(raw, at, begin, end, states)
            if last < 0:
                return -1
            if last > 0 and _spells_hidden(words, scratch, raw, at, last):
                return -1
            is_handle = 1
        elif one == SLASH:
            if at > begin and raw[at - 1] == _U:
                before = raw[at - 2] if at - 1 > begin else np.uint32(BLANK)
                if not states[before] & WORD and at + 1 < end:
                    if states[raw[at + 1]] & WORD or raw[at + 1] == DASH:
                        return -1
        elif one == DOT:
            if begin < at < end - 1:
                after = raw[at + 1]
                before = raw[at - 1]
                if (is_digit(before) or before >= ASCII) and (
                    is_digit(after) or after >= ASCII
                ):
                    dots = dots + 1 if at - last_dot <= _DOT_TO_DOT else 1
                    last_dot = at
                    if dots >= _FEWEST_DOTS:
                        return -1
        elif one == COLON and at > begin and states[raw[at - 1]] & WORD:
            colons = colons + 1 if at - last_colon <= _COLON_TO_COLON else 1
            last_colon = at
            if colons >= _FEWEST_COLONS:
                return -1
        if last > 0:
            if count == len(spans):
                return -1
            spans[count, 0] = at
            spans[count, 1] = last
            spans[count, 2] = is_handle
            count += 1
            at = last
        else:
            at += 1
    return count
