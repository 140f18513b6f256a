"""Tells whether a text has words with digits and symbols for letters."""

from typing import Final

import numpy as np

from model.kernel.asking import NO, UNSETTLED, YES, ask
from model.kernel.compiling import compiled
from model.kernel.memo import LONGEST, SAFE, SPELT, UNKNOWN, answer_of, recall
from model.kernel.spelling import is_only_stressed
from model.kernel.text import (
    ASCII,
    AT,
    BANG,
    SIGNS_ABOVE,
    TO_SMALL,
    is_capital,
    is_digit,
    is_in,
    is_letter,
    is_small,
    table_of,
)

# As in model/respell.py, less the signs above ASCII.
_LEET: Final = table_of("abcdefghijklmnopqrstuvwxyz0123456789@$!|+")
_SIGN: Final = table_of("0123456789@$!|+")


@compiled
def is_in_leet(raw, begin, end, words, memo, scratch, asked, count):
    """Tell whether signs may hide a word: ``NO``, ``UNSETTLED`` or ``YES``."""
    is_signed = False
    for at in range(begin, end - 1):
        one, other = raw[at], raw[at + 1]
        if one < ASCII and other < ASCII:
            if (is_letter(one) and _SIGN[other]) or (_SIGN[one] and is_letter(other)):
                is_signed = True
                break
    if not is_signed:
        return NO
    spans = scratch.found
    token = scratch.leet
    found = NO
    place = 0
    at = begin
    while at < end:
        while place < count and spans[place, 1] <= at:
            place += 1
        if place < count and spans[place, 0] <= at and not spans[place, 2]:
            at = spans[place, 1]
            continue
        size = 0
        letters = 0
        others = 0
        last = at
        while last < end and not (
            place < count and spans[place, 0] == last and not spans[place, 2]
        ):
            one = raw[last]
            if is_capital(one):
                one += np.uint32(TO_SMALL)
            if not is_in(_LEET, SIGNS_ABOVE, one):
                break
            if size <= LONGEST:
                token[size] = one
            if is_small(one):
                letters += 1
            elif one == AT:
                letters += 1
                others += 1
            else:
                others += 1
            size += 1
            last += 1
        if last == at:
            at += 1
            continue
        at = last
        if letters == 0 or others == 0:
            continue
        if size > LONGEST:
            return YES
        if _is_handle_token(token, size) or _is_shout(words, scratch, token, size):
            continue
        answer = answer_of(memo, recall(memo, SPELT, token, 0, size))
        if answer == UNKNOWN:
            ask(asked, SPELT, token, 0, size)
            found = UNSETTLED
        elif answer != SAFE:
            return YES
    return found


@compiled
def _is_handle_token(token, size):
    if token[0] != AT or size == 1:
        return False
    for at in range(1, size):
        if not (is_small(token[at]) or is_digit(token[at])):
            return False
    return True


@compiled
def _is_shout(words, scratch, token, size):
    """Tell whether a token is a plain word with nothing but ! after it."""
    core = 0
    while core < size and is_small(token[core]):
        core += 1
    for at in range(core, size):
        if token[at] != BANG:
            return False
    return core > 0 and is_only_stressed(
        words.strings, words.flags, scratch, token, 0, core
    )
