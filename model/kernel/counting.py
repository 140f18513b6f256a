"""Scores texts: reads each, counts its n-grams in every view, and weighs them."""

import numpy as np

from model.kernel.characters import IS_SPACE
from model.kernel.classes import count_classes
from model.kernel.compiling import compiled
from model.kernel.ngram_cache import (
    find_ngrams,
    first_row,
    last_row,
    slot_of,
    weigh_all,
)
from model.kernel.reading import read
from model.kernel.scratch import (
    BEGIN,
    END,
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
    count_one,
    find_ngram,
    tally_all,
    tally_one,
    weigh,
)
from model.kernel.tokens import MARK, PLACEHOLDER, tokenise
from model.kernel.units import find_quoted, find_units
from model.ngram_keys import TOKEN_BITS
from model.units import MARGIN


@compiled
def score_comments(
    raw,
    offsets,
    todo,
    are_read,
    characters,
    words,
    views,
    memo,
    scratch,
    cache,
    whole,
    unit,
    asked,
    states,
    hidden,
    out,
):
    """Fill the logits of the comments ``todo``, and whether they hide something.

    ``are_read`` says that they are read texts already, and what they hide is known.
    ``states`` gets 0 for each that is done, else ``LEFT`` or ``ASKED``. One view
    after the other is counted in all texts, so that the caches hold its tables.
    """
    places, logits = scratch.places, scratch.logits
    _read_all(
        raw,
        offsets,
        todo,
        are_read,
        characters,
        words,
        memo,
        scratch,
        asked,
        states,
        hidden,
    )
    for place in range(len(todo)):
        if states[todo[place]] == 0:
            _count_words(views, places[place], whole, unit, scratch)
    for place in range(len(todo)):
        if states[todo[place]] == 0:
            _count_characters(
                views, cache, places[place], characters.classes, whole, unit, scratch
            )
    for place in range(len(todo)):
        if states[todo[place]] == 0:
            count_classes(views, places[place], whole, unit, scratch)
    for place in range(len(todo)):
        if states[todo[place]]:
            continue
        first, units = places[place, FIRST_LOGITS], places[place, UNITS]
        for label in range(len(views.bias)):
            best = logits[first, label]
            if units > 1:
                for row in range(first + 1, first + 1 + units):
                    best = max(best, logits[row, label] - MARGIN)
            out[todo[place], label] = best + views.bias[label]


@compiled
def _read_all(
    raw,
    offsets,
    todo,
    are_read,
    characters,
    words,
    memo,
    scratch,
    asked,
    states,
    hidden,
):
    """Put texts, tokens, quotations and units of the comments into ``scratch``."""
    places, classes = scratch.places, characters.classes
    at = np.int64(0)
    token = np.int64(0)
    quoted = np.int64(0)
    bound = np.int64(0)
    row = np.int64(0)
    for place in range(len(todo)):
        comment = todo[place]
        begin, end = offsets[comment], offsets[comment + 1]
        if are_read:
            stop = at + end - begin
            for step in range(end - begin):
                scratch.texts[at + step] = raw[begin + step]
            last = tokenise(
                scratch.texts, at, stop, classes, words.strings, scratch.tokens, token
            )
        else:
            asked.counts[1] = asked.counts[0]
            stop, last, hides = read(
                raw, begin, end, characters, words, memo, scratch, asked, at, token
            )
            states[comment] = min(stop, 0)
            if stop < 0:
                continue
            hidden[comment] = hides
        last_quoted = find_quoted(
            scratch.texts, at, stop, classes, scratch.quoted, quoted
        )
        units = find_units(
            scratch.texts,
            at,
            stop,
            classes,
            scratch.quoted,
            quoted,
            last_quoted,
            scratch.bounds,
            bound,
        )
        for step in range(row, row + units + 1):
            for label in range(scratch.logits.shape[1]):
                scratch.logits[step, label] = 0.0
        places[place, BEGIN] = at
        places[place, END] = stop
        places[place, FIRST_TOKEN] = token
        places[place, LAST_TOKEN] = last
        places[place, FIRST_QUOTED] = quoted
        places[place, LAST_QUOTED] = last_quoted
        places[place, FIRST_BOUND] = bound
        places[place, UNITS] = units
        places[place, FIRST_LOGITS] = row
        at, token, quoted = stop, last, last_quoted
        bound += units + 1
        row += units + 1


@compiled
def _count_words(views, places, whole, unit, scratch):
    tokens = scratch.tokens
    units = places[UNITS]
    bounds = scratch.bounds[places[FIRST_BOUND] :]
    logits = scratch.logits[places[FIRST_LOGITS] :]
    learnt = views.words
    has_units = units > 1
    at_unit = 0
    before = np.int64(-1)
    is_new_unit = True
    for place in range(places[FIRST_TOKEN], places[LAST_TOKEN]):
        if tokens[3, place] == MARK:
            continue
        while has_units and tokens[0, place] >= bounds[at_unit + 1]:
            close_unit(whole, unit, learnt, logits[at_unit + 1])
            at_unit += 1
            is_new_unit = True
        string = tokens[2, place]
        token = np.int64(views.lexicon.tokens[string]) if string >= 0 else np.int64(-1)
        if token >= 0:
            row = find_ngram(learnt, np.uint64(token + 1))
            if row >= 0:
                count_one(learnt, row, whole, unit, has_units)
            if before >= 0:
                key = np.uint64(before + 1) << np.uint64(TOKEN_BITS) | np.uint64(
                    token + 1
                )
                row = find_ngram(learnt, key)
                if row >= 0 and has_units and is_new_unit:
                    # A pair across two sentences is in neither.
                    tally_one(whole, row)
                    weigh(learnt, row, whole.sums)
                elif row >= 0:
                    count_one(learnt, row, whole, unit, has_units)
        before = token
        is_new_unit = False
    if has_units:
        close_unit(whole, unit, learnt, logits[at_unit + 1])
    close_tally(whole, learnt, logits[0])


@compiled
def _count_characters(views, cache, places, classes, whole, unit, scratch):
    text, tokens = scratch.texts, scratch.tokens
    units, end, count = places[UNITS], places[END], places[LAST_TOKEN]
    bounds = scratch.bounds[places[FIRST_BOUND] :]
    logits = scratch.logits[places[FIRST_LOGITS] :]
    learnt = views.characters
    has_units = units > 1
    at_unit = 0
    token = places[FIRST_TOKEN]
    at = places[BEGIN]
    while at < end:
        while token < count and (
            tokens[3, token] != PLACEHOLDER or tokens[1, token] <= at
        ):
            token += 1
        hidden = np.int64(tokens[0, token]) if token < count else end
        if at == hidden:
            at = np.int64(tokens[1, token])
            continue
        if classes[text[at]] & IS_SPACE:
            at += 1
            continue
        while has_units and at >= bounds[at_unit + 1]:
            close_unit(whole, unit, learnt, logits[at_unit + 1])
            at_unit += 1
        first = at
        while at < hidden and not classes[text[at]] & IS_SPACE:
            at += 1
        slot = slot_of(cache, views.lexicon.alphabet, learnt, text, first, at)
        rows, sums = cache.rows, cache.spare
        if slot < 0:
            rows = scratch.rows
            begin = np.int64(0)
            stop = find_ngrams(views.lexicon.alphabet, learnt, text, first, at, rows)
            weigh_all(learnt, rows, stop, sums)
        else:
            sums = cache.sums[slot]
            begin, stop = first_row(cache, slot), last_row(cache, slot)
        of_part = unit.sums if has_units else whole.sums
        for place in range(len(sums)):
            of_part[place] += sums[place]
        tally_all(whole, rows, begin, stop)
        if has_units:
            tally_all(unit, rows, begin, stop)
    if has_units:
        close_unit(whole, unit, learnt, logits[at_unit + 1])
    close_tally(whole, learnt, logits[0])
