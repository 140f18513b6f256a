"""Finds quotations, and the sentences that are scored each for itself."""

from typing import Final

from model.kernel.characters import IS_SPACE
from model.kernel.compiling import compiled
from model.kernel.text import BANG, DOT, DOUBLE, NEWLINE, QUESTION, QUOTE, is_word
from model.units import FEWEST_WORDS

# As in model/marks.py.
_FEWEST_QUOTED: Final = 2
_MOST_QUOTED: Final = 600
_MOST_SINGLE_QUOTED: Final = 300
_MOST_INNER: Final = 8


@compiled
def find_quoted(text, begin, end, classes, quoted, first):
    """Fill begin and end of quotations, as ``model.marks``; return the last's place."""
    count = first
    at = begin
    while at < end:
        one = text[at]
        last = -1
        if one == DOUBLE:
            place = at + 1
            while place < end and text[place] != DOUBLE and text[place] != NEWLINE:
                place += 1
            inner = place - at - 1
            if (
                place < end
                and text[place] == DOUBLE
                and _FEWEST_QUOTED <= inner <= _MOST_QUOTED
            ):
                last = place + 1
        elif one == QUOTE and (at == begin or not is_word(classes, text[at - 1])):
            fewest = _FEWEST_QUOTED
            place = at
            for _ in range(_MOST_INNER + 1):
                start = place + 1
                place = start
                while place < end and text[place] != QUOTE and text[place] != NEWLINE:
                    place += 1
                inner = place - start
                if (
                    place == end
                    or text[place] != QUOTE
                    or not fewest <= inner <= _MOST_SINGLE_QUOTED
                ):
                    break
                fewest = 0
                if place + 1 == end or not is_word(classes, text[place + 1]):
                    last = place + 1
                    break
        if last > 0:
            quoted[0, count] = at
            quoted[1, count] = last
            count += 1
            at = last
        else:
            at += 1
    return count


@compiled
def find_units(text, begin, end, classes, quoted, following, quotations, bounds, first):
    """Fill where units begin, as ``model.units.find_sentences``; return how many.

    ``bounds`` gets one more: where the last one ends. A text of one sentence has one.
    """
    bounds[first] = begin
    count = 1
    words = 0
    in_word = False
    at = begin
    while at < end:
        one = text[at]
        is_space = classes[one] & IS_SPACE != 0
        if not is_space and not in_word:
            words += 1
        in_word = not is_space
        last = at
        if one == NEWLINE:
            while last < end and text[last] == NEWLINE:
                last += 1
        elif one == DOT or one == BANG or one == QUESTION:
            while last < end and (
                text[last] == DOT or text[last] == BANG or text[last] == QUESTION
            ):
                last += 1
            if last < end and not classes[text[last]] & IS_SPACE:
                at = last
                continue
        if last == at:
            at += 1
            continue
        while following < quotations and quoted[1, following] <= at:
            following += 1
        is_quoted = following < quotations and quoted[0, following] < at
        if not is_quoted and words >= FEWEST_WORDS:
            bounds[first + count] = last
            count += 1
            words = 0
            in_word = False
        at = last
    if count > 1 and words < FEWEST_WORDS:
        count -= 1
    bounds[first + count] = end
    return count
