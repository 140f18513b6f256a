"""Shortens words with a letter three times in a row, as ``model.squeeze`` does."""

from typing import Final

import numpy as np

from model.kernel.asking import NO, UNSETTLED, YES, ask
from model.kernel.compiling import compiled
from model.kernel.memo import (
    DOUBTFUL,
    SAFE,
    STRETCHED,
    UNKNOWN,
    answer_of,
    put_token,
    recall,
)
from model.kernel.text import ASCII, is_digit, is_small

_PAIR: Final = 2


@compiled
def is_stretched(text, end):
    """Tell whether some small letter stands three times in a row."""
    for at in range(2, end):
        one = text[at]
        if one == text[at - 1] and one == text[at - 2] and is_small(one):
            return True
    return False


@compiled
def shorten(text, end, memo, asked, out):
    """Write the text with stretched words shortened; return its doubt and end."""
    size = 0
    room = len(out)
    doubt = NO
    at = 0
    while at < end:
        one = text[at]
        starts = is_small(one) and (
            at == 0 or not (is_small(text[at - 1]) or is_digit(text[at - 1]))
        )
        if not starts:
            if size == room:
                return YES, 0
            out[size] = one
            size += 1
            at += 1
            continue
        begin = at
        is_long = False
        while at < end and is_small(text[at]):
            if at >= begin + _PAIR and text[at] == text[at - 1] == text[at - 2]:
                is_long = True
            at += 1
        slot = np.int64(-1)
        if is_long:
            if begin > 0 and text[begin - 1] >= ASCII:
                return YES, 0
            if at < end and text[at] >= ASCII:
                return YES, 0
            if at == end or not is_digit(text[at]):
                slot = recall(memo, STRETCHED, text, begin, at)
                answer = answer_of(memo, slot)
                if answer == UNKNOWN:
                    ask(asked, STRETCHED, text, begin, at)
                    doubt = UNSETTLED
                elif answer == DOUBTFUL:
                    return YES, 0
                elif answer == SAFE:
                    slot = np.int64(-1)
        size = put_token(memo, slot, text, begin, at, out, size)
        if size < 0:
            return YES, 0
    return doubt, size
