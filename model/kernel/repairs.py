"""Puts what is meant in the place of what is written, as ``model.normalise`` does.

Each function reads one text and writes the next; where it cannot be sure, Python must
read the comment. What a token means is Python's to say, once: ``model.kernel.memo``.
"""

from typing import Final

import numpy as np

from model.kernel.asking import NO, UNSETTLED, YES, ask
from model.kernel.compiling import compiled
from model.kernel.memo import (
    DOUBTFUL,
    MEANING,
    REPLACED,
    UNKNOWN,
    answer_of,
    put_token,
    recall,
)
from model.kernel.spelling import (
    ORDINARY,
    flags_of,
    is_only_stressed,
    means_itself,
)
from model.kernel.text import (
    ASCII,
    AT,
    BANG,
    BLANK,
    COLON,
    DOT,
    QUOTE,
    SIGNS_ABOVE,
    SLASH,
    STAR,
    UNDERSCORE,
    is_alnum,
    is_in,
    is_small,
    table_of,
)

_HASH: Final = ord("#")
# As in model/respell.py, less the signs above ASCII.
_TOKEN: Final = table_of("abcdefghijklmnopqrstuvwxyz0123456789@$!*#%&|+^")
_CORE: Final = table_of("abcdefghijklmnopqrstuvwxyz0123456789@$")
# As in model/rejoin.py.
_GAP: Final = table_of(" \t.-_*/|~+,=^")
_GAPS_ABOVE: Final = (0xB7, 0x2022)
_LONGEST_GAP: Final = 5
_FEWEST_APART: Final = 3
_LONGEST_CUT: Final = 12
_MOST_MARKS: Final = 4
_MOST_CUTS: Final = 3
_PAIR: Final = 2


@compiled
def reveal(text, end, classes, words, memo, scratch, asked, out):
    """Write the text with the words that tokens are meant to be.

    Returns its doubt, its end, and whether a token hid what it means.
    """
    doubt = NO
    hides = False
    size = 0
    kept = 0
    at = 0
    while at < end:
        if not is_in(_TOKEN, SIGNS_ABOVE, text[at]):
            at += 1
            continue
        start = at
        first = -1
        last = -1
        shows = False
        while at < end and is_in(_TOKEN, SIGNS_ABOVE, text[at]):
            one = text[at]
            if one < ASCII and _CORE[one]:
                if first < 0:
                    first = at
                last = at
                shows = shows or is_small(one) or one == AT
            at += 1
        last += 1
        if not shows or _is_itself(text, start, at, first, last, words, scratch):
            continue
        slot = recall(memo, MEANING, text, start, at)
        answer = answer_of(memo, slot)
        if answer == UNKNOWN:
            ask(asked, MEANING, text, start, at)
            doubt = UNSETTLED
        elif answer == DOUBTFUL:
            return YES, 0, False
        elif answer == REPLACED:
            if at < end and text[at] == DOT:
                # It may be an address.
                return YES, 0, False
            if _is_part(text, start, at, end, classes):
                continue
            size = put_token(memo, np.int64(-1), text, kept, start, out, size)
            if size >= 0:
                hides = hides or (
                    memo.hides[slot] and not _is_tag(memo, slot, text, start)
                )
                size = put_token(memo, slot, text, start, at, out, size)
            if size < 0:
                return YES, 0, False
            kept = at
    size = put_token(memo, np.int64(-1), text, kept, end, out, size)
    if size < 0:
        return YES, 0, False
    return doubt, size, hides


@compiled
def _is_itself(text, begin, end, first, last, words, scratch):
    """Tell whether a token whose core lies from first to last surely means itself."""
    for place in range(first, last):
        if not is_small(text[place]):
            return last - first == 1
    flags = flags_of(words.strings, words.flags, text, first, last)
    if flags & ORDINARY:
        # Stars after it may mask letters.
        return last == end or text[last] != STAR
    if first > begin:
        return False
    for place in range(last, end):
        if text[place] != BANG:
            return False
    if last < end and not is_only_stressed(
        words.strings, words.flags, scratch, text, first, last
    ):
        return False
    return means_itself(
        words.strings, words.flags, words.costs, scratch, text, first, last
    )


@compiled
def _is_part(text, begin, stop, end, classes):
    """Tell whether a token is part of a longer word."""
    before = text[begin - 1] if begin > 0 else np.uint32(QUOTE)
    after = text[stop] if stop < end else np.uint32(QUOTE)
    if before == QUOTE and after == QUOTE:
        return False
    return (before == QUOTE or is_alnum(classes, before)) and (
        after == QUOTE or is_alnum(classes, after)
    )


@compiled
def _is_tag(memo, slot, text, begin):
    """Tell whether the words glued in a token are those of a tag or an address."""
    place = begin + np.int64(memo.begins[slot])
    if place == 0:
        return False
    before = text[place - 1]
    if before not in (_HASH, SLASH, UNDERSCORE, COLON):
        return False
    for at in range(memo.new_sizes[slot]):
        if memo.new_texts[slot, at] == BLANK:
            return True
    return False
