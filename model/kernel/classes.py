"""Counts the n-grams of classes, as ``model.marks`` and ``model.views`` find them."""

from typing import Final

import numpy as np

from model.kernel.compiling import compiled
from model.kernel.phrase_trie import longest_phrase
from model.kernel.scratch import (
    FIRST_BOUND,
    FIRST_LOGITS,
    FIRST_QUOTED,
    FIRST_TOKEN,
    LAST_QUOTED,
    LAST_TOKEN,
    UNITS,
)
from model.kernel.tally import (
    close_tally,
    close_unit,
    find_ngram,
    tally_one,
    weigh,
)
from model.kernel.text import BANG, DOT, NEWLINE, SEMICOLON
from model.kernel.tokens import MARK, PLACEHOLDER, SHOUT, WORD
from model.marks import NEGATED_WORDS, REPORTED_WORDS
from model.ngram_keys import (
    MARK_BITS,
    NEXT,
    NEXT_BUT_ONE,
    PAIR,
    SINGLE,
    TOGETHER,
    TRIPLE,
)

# Kinds of classes.
PLAIN: Final = 0
NEGATION: Final = 1
SPEECH: Final = 2

_INTO_WHOLE: Final = 1
_INTO_UNIT: Final = 2

_ENDS_SCOPE: Final = tuple(map(ord, ".;:()\n"))


@compiled
def count_classes(views, places, whole, unit, scratch):
    """Add what classes weigh to the logits of the whole text and of its units."""
    learnt, tokens = views.classes, scratch.tokens
    units, first, count = places[UNITS], places[FIRST_TOKEN], places[LAST_TOKEN]
    bounds = scratch.bounds[places[FIRST_BOUND] :]
    logits = scratch.logits[places[FIRST_LOGITS] :]
    if units == 1:
        _count_marks(views, places, first, count, scratch, whole, unit, _INTO_WHOLE)
        close_tally(whole, learnt, logits[0])
        return
    # Sentences of a unit are those of the whole text, but where a phrase ends in a
    # mark that would end one: then the two are counted apart.
    is_crossed = False
    for place in range(first, count):
        string = tokens[2, place]
        if tokens[3, place] == SHOUT and string >= 0:
            is_crossed = is_crossed or views.lexicon.ends_phrase[string]
    if is_crossed:
        _count_marks(views, places, first, count, scratch, whole, unit, _INTO_WHOLE)
    into = _INTO_UNIT if is_crossed else _INTO_UNIT | _INTO_WHOLE
    for at_unit in range(units):
        last = first
        while last < count and tokens[0, last] < bounds[at_unit + 1]:
            last += 1
        _count_marks(views, places, first, last, scratch, whole, unit, into)
        if is_crossed:
            close_tally(unit, learnt, logits[at_unit + 1])
        else:
            close_unit(whole, unit, learnt, logits[at_unit + 1])
        first = last
    close_tally(whole, learnt, logits[0])


@compiled
def _count_marks(views, places, first, last, scratch, whole, unit, into):
    """Count a stretch of tokens as marks, sentence by sentence."""
    text, tokens, quoted = scratch.texts, scratch.tokens, scratch.quoted
    marks, are_classes, distinct = scratch.marks, scratch.are_classes, scratch.distinct
    following, quotations = places[FIRST_QUOTED], places[LAST_QUOTED]
    negated = 0
    reported = 0
    size = 0
    place = first
    while place < last:
        begin = tokens[0, place]
        kind = tokens[3, place]
        next_place = place + 1
        found_class = np.int64(-1)
        if kind != MARK:
            stop, payload = longest_phrase(
                views.lexicon.phrases,
                views.strings,
                text,
                tokens[0],
                tokens[1],
                tokens[2],
                place,
                last,
            )
            if stop >= 0:
                next_place = stop
                found_class = payload
        is_mark = True
        is_class = True
        ends = False
        mark = np.int64(-1)
        if kind == SHOUT:
            mark = np.int64(views.lexicon.shouts[0 if text[begin] == BANG else 1])
            negated = 0
            reported = 0
            ends = True
        elif kind == PLACEHOLDER or found_class >= 0:
            if found_class < 0:
                string = tokens[2, place]
                if string >= 0:
                    found_class = np.int64(views.lexicon.placeholder_classes[string])
            while following < quotations and quoted[1, following] <= begin:
                following += 1
            is_quoted = following < quotations and quoted[0, following] <= begin
            category = views.lexicon.kinds[found_class] if found_class >= 0 else PLAIN
            if category == PLAIN:
                scope = 0
                if is_quoted:
                    scope = 3
                elif negated:
                    scope = 1
                elif reported:
                    scope = 2
                if found_class >= 0:
                    mark = np.int64(views.lexicon.scoped[found_class, scope])
                negated = max(0, negated - 1)
                reported = max(0, reported - 1)
            else:
                mark = np.int64(views.lexicon.scoped[found_class, 0])
                if not is_quoted and category == NEGATION:
                    negated = NEGATED_WORDS
                elif not is_quoted:
                    reported = REPORTED_WORDS
        elif kind == WORD:
            is_class = False
            string = tokens[2, place]
            if string >= 0:
                mark = np.int64(views.lexicon.marks[string])
            negated = max(0, negated - 1)
            reported = max(0, reported - 1)
        else:
            is_mark = False
            one = text[begin]
            if one in _ENDS_SCOPE:
                negated = 0
                reported = 0
            ends = one == DOT or one == SEMICOLON or one == NEWLINE
        if is_mark:
            marks[size] = mark
            are_classes[size] = is_class
            size += 1
        if ends and size:
            _count_sentence(
                views, marks, are_classes, size, distinct, whole, unit, into
            )
            size = 0
        place = next_place
    if size:
        _count_sentence(views, marks, are_classes, size, distinct, whole, unit, into)


@compiled
def _count_sentence(views, marks, are_classes, size, distinct, whole, unit, into):
    """Count the n-grams of one sentence's marks, -1 for one that is in no n-gram."""
    before = np.int64(-1)
    before_that = np.int64(-1)
    found = 0
    for place in range(size):
        mark = marks[place]
        if are_classes[place]:
            if mark >= 0:
                _count_ngram(views, SINGLE, mark, -1, -1, whole, unit, into)
                if before >= 0:
                    _count_ngram(views, NEXT, before, mark, -1, whole, unit, into)
                if before_that >= 0:
                    _count_ngram(
                        views, NEXT_BUT_ONE, before_that, mark, -1, whole, unit, into
                    )
                is_new = True
                for step in range(found):
                    if distinct[step] == mark:
                        is_new = False
                        break
                if is_new:
                    distinct[found] = mark
                    found += 1
            before_that = before
            before = mark
    for one in range(found):
        for other in range(one + 1, found):
            first = min(distinct[one], distinct[other])
            second = max(distinct[one], distinct[other])
            _count_ngram(views, TOGETHER, first, second, -1, whole, unit, into)
    for place in range(1, size):
        one, other = marks[place - 1], marks[place]
        if one < 0 or other < 0:
            continue
        if are_classes[place - 1] or are_classes[place]:
            _count_ngram(views, PAIR, one, other, -1, whole, unit, into)
        if place > 1 and marks[place - 2] >= 0:
            classes = (
                np.int64(are_classes[place - 2])
                + np.int64(are_classes[place - 1])
                + np.int64(are_classes[place])
            )
            if classes > 1:
                _count_ngram(
                    views, TRIPLE, marks[place - 2], one, other, whole, unit, into
                )


@compiled
def _count_ngram(views, kind, one, other, third, whole, unit, into):
    row = find_ngram(views.classes, _class_key(kind, one, other, third))
    if row < 0:
        return
    if into & _INTO_WHOLE:
        tally_one(whole, row)
        if not into & _INTO_UNIT:
            weigh(views.classes, row, whole.sums)
    if into & _INTO_UNIT:
        tally_one(unit, row)
        weigh(views.classes, row, unit.sums)


@compiled
def _class_key(kind, one, other, third):
    bits = np.uint64(MARK_BITS)
    key = np.uint64(kind) << (np.uint64(3) * bits)
    key |= np.uint64(one + 1) << (np.uint64(2) * bits)
    return key | np.uint64(other + 1) << bits | np.uint64(third + 1)
