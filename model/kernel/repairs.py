"""Puts what is meant in the place of what is written, as ``model.normalise`` does.

Each function reads one text and writes the next; where it cannot be sure, Python must
read the comment. What a token means is Python's to say, once: ``model.kernel.memo``.
"""

from typing import Final

import numpy as np

from model.kernel.asking import NO, UNSETTLED, YES, ask
from model.kernel.compiling import compiled
from model.kernel.memo import (
    CUT,
    DOUBTFUL,
    MEANING,
    REPLACED,
    SAFE,
    STRETCHED,
    UNKNOWN,
    answer_of,
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
    DASH,
    DOLLAR,
    DOT,
    QUOTE,
    SIGNS_ABOVE,
    SLASH,
    STAR,
    UNDERSCORE,
    is_alnum,
    is_digit,
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
def may_be_apart(text, end, classes):
    """Tell whether three letters or more in a row may be written apart."""
    apart = 0
    last_apart = 0
    for at in range(end):
        one = text[at]
        if one >= ASCII or not _CORE[one]:
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
        size = _put(memo, slot, text, begin, at, out, size)
        if size < 0:
            return YES, 0
    return doubt, size


@compiled
def _put(memo, slot, text, begin, end, out, size):
    """Write a token, or what replaces it; return where it ends, -1 for lack of room."""
    if slot < 0:
        if size + end - begin > len(out):
            return -1
        for at in range(begin, end):
            out[size] = text[at]
            size += 1
        return size
    first = begin + np.int64(memo.begins[slot])
    last = begin + np.int64(memo.ends[slot])
    length = np.int64(memo.new_sizes[slot])
    if size + end - begin + length > len(out):
        return -1
    for at in range(begin, first):
        out[size] = text[at]
        size += 1
    for at in range(length):
        out[size] = memo.new_texts[slot, at]
        size += 1
    for at in range(last, end):
        out[size] = text[at]
        size += 1
    return size


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
            size = _put(memo, np.int64(-1), text, kept, start, out, size)
            if size >= 0:
                hides = hides or (
                    memo.hides[slot] and not _is_tag(memo, slot, text, start)
                )
                size = _put(memo, slot, text, start, at, out, size)
            if size < 0:
                return YES, 0, False
            kept = at
    size = _put(memo, np.int64(-1), text, kept, end, out, size)
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
