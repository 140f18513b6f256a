"""Scores texts: reads each, counts its n-grams in every view, and weighs them."""

import numpy as np

from model.kernel.characters import IS_SPACE
from model.kernel.classes import count_classes
from model.kernel.compiling import compiled
from model.kernel.hashing import FNV_OFFSET, find_key, fnv, mix
from model.kernel.ngram_cache import entry_of, find_ngrams
from model.kernel.reading import read
from model.kernel.tally import close_tally, close_unit, count_one, tally_all, tally_one, weigh
from model.kernel.tokens import MARK, PLACEHOLDER, tokenise
from model.kernel.units import find_quoted, find_units
from model.ngram_keys import TOKEN_BITS
from model.units import MARGIN


@compiled
def score_comments(
    raw, offsets, todo, are_read, characters, words, views, memo, scratch, cache,
    whole, unit, asked, states, hidden, out,
):  # type: ignore[no-untyped-def]
    """Fill the logits of the comments ``todo``, and whether they hide something.

    ``are_read`` says that they are read texts already, and what they hide is known.
    ``states`` gets 0 for each that is done, else ``LEFT`` or ``ASKED``.
    """
    for comment in todo:
        begin, end = offsets[comment], offsets[comment + 1]
        text = raw
        if are_read:
            count = tokenise(
                raw, begin, end, characters.classes, words.strings, scratch.tokens
            )
        else:
            asked.count[1] = asked.count[0]
            size, count, is_other, hides = read(
                raw, begin, end, characters, words, memo, scratch, asked
            )
            states[comment] = min(size, 0)
            if size < 0:
                continue
            hidden[comment] = hides
            text = scratch.other_text if is_other else scratch.text
            begin, end = 0, size
        _score(
            text, begin, end, count, characters.classes, views, scratch, cache, whole,
            unit, out[comment],
        )


@compiled
def _score(
    text, begin, end, count, classes, views, scratch, cache, whole, unit, out
):  # type: ignore[no-untyped-def]
    """Fill the logits of the whole text, or of the sentence that is highest."""
    tokens, bounds, logits = scratch.tokens, scratch.bounds, scratch.logits
    quotations = find_quoted(text, begin, end, classes, scratch.quoted)
    units = find_units(text, begin, end, classes, scratch.quoted, quotations, bounds)
    logits[: units + 1] = 0.0
    _count_words(views, tokens, count, bounds, units, whole, unit, logits)
    _count_characters(
        views, cache, scratch, text, begin, end, classes, tokens, count, bounds, units,
        whole, unit, logits,
    )
    count_classes(
        views, text, tokens, count, quotations, units, whole, unit, scratch
    )
    for label in range(len(views.bias)):
        best = logits[0, label]
        if units > 1:
            for at_unit in range(1, units + 1):
                best = max(best, logits[at_unit, label] - MARGIN)
        out[label] = best + views.bias[label]


@compiled
def _count_words(views, tokens, count, bounds, units, whole, unit, logits):  # type: ignore[no-untyped-def]
    learnt = views.words
    has_units = units > 1
    at_unit = 0
    before = np.int64(-1)
    is_new_unit = True
    for place in range(count):
        if tokens[3, place] == MARK:
            continue
        while has_units and tokens[0, place] >= bounds[at_unit + 1]:
            close_unit(whole, unit, learnt, logits[at_unit + 1])
            at_unit += 1
            is_new_unit = True
        string = tokens[2, place]
        token = np.int64(views.tokens[string]) if string >= 0 else np.int64(-1)
        if token >= 0:
            row = find_key(learnt.keys, np.uint64(token + 1))
            if row >= 0:
                count_one(learnt, row, whole, unit, has_units)
            if before >= 0:
                key = np.uint64(before + 1) << np.uint64(TOKEN_BITS) | np.uint64(token + 1)
                row = find_key(learnt.keys, key)
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
def _count_characters(views, cache, scratch, text, begin, end, classes, tokens, count, bounds, units, whole, unit, logits):  # type: ignore[no-untyped-def]
    learnt = views.characters
    has_units = units > 1
    at_unit = 0
    token = 0
    at = begin
    while at < end:
        while token < count and (
            tokens[3, token] != PLACEHOLDER or tokens[1, token] <= at
        ):
            token += 1
        hidden = tokens[0, token] if token < count else end
        if at == hidden:
            at = tokens[1, token]
            continue
        if classes[text[at]] & IS_SPACE:
            at += 1
            continue
        while has_units and at >= bounds[at_unit + 1]:
            close_unit(whole, unit, learnt, logits[at_unit + 1])
            at_unit += 1
        first = at
        state = FNV_OFFSET
        while at < hidden and not classes[text[at]] & IS_SPACE:
            state = fnv(state, text[at])
            at += 1
        entry = entry_of(cache, views.alphabet, learnt, mix(state), text, first, at)
        if entry < 0:
            rows = scratch.rows
            found = find_ngrams(views.alphabet, learnt.keys, text, first, at, rows)
            for step in range(found):
                count_one(learnt, rows[step], whole, unit, has_units)
            continue
        if has_units:
            for place in range(len(unit.sums)):
                unit.sums[place] += cache.sums[entry, place]
        else:
            for place in range(len(whole.sums)):
                whole.sums[place] += cache.sums[entry, place]
        tally_all(whole, cache.rows, cache.starts[entry], cache.ends[entry])
        if has_units:
            tally_all(unit, cache.rows, cache.starts[entry], cache.ends[entry])
    if has_units:
        close_unit(whole, unit, learnt, logits[at_unit + 1])
    close_tally(whole, learnt, logits[0])
