"""Counts the n-grams of a text in every view and weighs them, in one pass each."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.characters import IS_ALNUM, IS_SPACE
from model.kernel.compiling import compiled
from model.kernel.hashing import (
    FNV_OFFSET,
    KeyTable,
    StringTable,
    find_key,
    find_string,
    fnv,
    mix,
)
from model.kernel.ngram_cache import entry_of, find_ngrams, weigh
from model.kernel.phrase_trie import PhraseTrie, longest_phrase
from model.kernel.reading import word_end
from model.marks import NEGATED_WORDS, REPORTED_WORDS
from model.ngram_keys import (
    MARK_BITS,
    NEXT,
    NEXT_BUT_ONE,
    PAIR,
    SINGLE,
    TOGETHER,
    TOKEN_BITS,
    TRIPLE,
)
from model.units import FEWEST_WORDS, MARGIN

# Kinds of tokens.
_WORD: Final = 0
_PLACEHOLDER: Final = 1
_SHOUT: Final = 2
_MARK: Final = 3

# Kinds of classes.
PLAIN: Final = 0
NEGATION: Final = 1
SPEECH: Final = 2

_LESS, _QUOTE, _DOUBLE, _NEWLINE, _DOT = (ord(one) for one in "<'\"\n.")
_BANG, _QUESTION, _SEMICOLON, _BLANK = (ord(one) for one in "!?; ")
_MARKS: Final = tuple(ord(one) for one in '.,;:()\n"')
_ENDS_SCOPE: Final = tuple(ord(one) for one in ".;:()\n")

_FEWEST_QUOTED: Final = 2
_MOST_QUOTED: Final = 600
_MOST_SINGLE_QUOTED: Final = 300
_MOST_INNER: Final = 8

_LOGS: Final = 1 + np.log(np.maximum(np.arange(1024), 1))


class Learnt(NamedTuple):
    """What was learnt of one view, as in ``model.features.ViewWeights``.

    Attributes:
        keys: of its n-grams.
        weights: a column for each label, then idf.
    """

    keys: KeyTable
    weights: NDArray[np.float32]


class Views(NamedTuple):
    """What counting looks up.

    Attributes:
        strings: every string that is looked up.
        words, characters, classes: what was learnt of each view.
        tokens: for each string its number as a token of the words view, else -1.
        marks: likewise as a mark of the classes view.
        alphabet: for each code point its number as a character of an n-gram, else 0.
        phrases: the lexicon's phrases, by class.
        scoped: the marks of each class: plain, negated, reported, quoted; -1 for
            one that is in no n-gram.
        kinds: of each class: ``PLAIN``, ``NEGATION`` or ``SPEECH``.
        placeholder_classes: for each string the class it is as a placeholder, else -1.
        shouts: the marks of ! and ?.
        ends_phrase: whether a string is a word of a phrase, but its first.
        bias: of each label.
    """

    strings: StringTable
    words: Learnt
    characters: Learnt
    classes: Learnt
    tokens: NDArray[np.int32]
    marks: NDArray[np.int32]
    alphabet: NDArray[np.uint16]
    phrases: PhraseTrie
    scoped: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    placeholder_classes: NDArray[np.int32]
    shouts: NDArray[np.int32]
    ends_phrase: NDArray[np.bool_]
    bias: NDArray[np.float64]


class Tally(NamedTuple):
    """Room to count the n-grams of one part of a text in; all zeros between two.

    Every occurrence adds ``idf * weight`` to the sums, as if it were the only one;
    what sublinear counting takes away again is worked out at the end, for the few
    n-grams that occur twice.

    Attributes:
        counts: of each n-gram of the largest view.
        touched: those with a count.
        repeated: those with a count of two or more.
        sizes: how many are touched, how many repeated.
        sums: of each label, and of the squares of idf.
    """

    counts: NDArray[np.int32]
    touched: NDArray[np.int32]
    repeated: NDArray[np.int32]
    sizes: NDArray[np.int64]
    sums: NDArray[np.float64]


def new_tally(ngrams: int, labels: int) -> Tally:
    """Return room for a view of so many n-grams."""
    arrays = (np.zeros(ngrams + 1, np.int32) for _ in range(3))
    return Tally(*arrays, np.zeros(2, np.int64), np.zeros(labels + 1))


@compiled
def _tally(tally, row):  # type: ignore[no-untyped-def]
    """Count one occurrence; its weight is added elsewhere."""
    count = tally.counts[row]
    tally.counts[row] = count + 1
    if count == 0:
        tally.touched[tally.sizes[0]] = row
        tally.sizes[0] += 1
    elif count == 1:
        tally.repeated[tally.sizes[1]] = row
        tally.sizes[1] += 1


@compiled
def _close(tally, learnt, logits):  # type: ignore[no-untyped-def]
    """Add what a part of the text weighs to its logits, and forget it.

    A value is (1 + ln tf) * idf, scaled to unit length over the view.
    """
    labels = len(logits)
    sums = tally.sums
    for step in range(tally.sizes[1]):
        row = tally.repeated[step]
        count = np.int64(tally.counts[row])
        idf = np.float64(learnt.weights[row, labels])
        log = _LOGS[count] if count < len(_LOGS) else 1 + np.log(count)
        for label in range(labels):
            sums[label] += (log - count) * idf * learnt.weights[row, label]
        sums[labels] += (log * log - count) * idf * idf
    if tally.sizes[0]:
        length = np.sqrt(sums[labels])
        for label in range(labels):
            logits[label] += sums[label] / length
    for step in range(tally.sizes[0]):
        tally.counts[tally.touched[step]] = 0
    tally.sizes[:] = 0
    sums[:] = 0.0


@compiled
def _close_unit(whole, unit, learnt, logits):  # type: ignore[no-untyped-def]
    """Close a unit, whose sums the whole text shares."""
    for place in range(len(unit.sums)):
        whole.sums[place] += unit.sums[place]
    _close(unit, learnt, logits)


@compiled
def _count(learnt, row, whole, unit, has_units):  # type: ignore[no-untyped-def]
    """Count and weigh an occurrence inside a unit."""
    _tally(whole, row)
    if has_units:
        _tally(unit, row)
        weigh(learnt, row, unit.sums)
    else:
        weigh(learnt, row, whole.sums)


@compiled
def _tokenise(text, begin, end, classes, strings, tokens):  # type: ignore[no-untyped-def]
    """Fill rows of begin, end, string id and kind; return how many tokens there are."""
    count = 0
    at = begin
    while at < end:
        last = word_end(text, at, end, classes)
        kind = _WORD
        one = text[at]
        if last == at:
            if one not in _MARKS:
                at += 1
                continue
            last = at + 1
            kind = _MARK
        elif one == _LESS:
            kind = _PLACEHOLDER
        elif one == _BANG or one == _QUESTION:
            kind = _SHOUT
        tokens[0, count] = at
        tokens[1, count] = last
        tokens[2, count] = (
            -1 if kind == _MARK else find_string(strings, text, at, last)
        )
        tokens[3, count] = kind
        count += 1
        at = last
    return count


@compiled
def _find_quoted(text, begin, end, classes, quoted):  # type: ignore[no-untyped-def]
    """Fill rows of begin and end as ``model.marks.quoted_spans`` finds them."""
    count = 0
    at = begin
    while at < end:
        one = text[at]
        last = -1
        if one == _DOUBLE:
            place = at + 1
            while place < end and text[place] != _DOUBLE and text[place] != _NEWLINE:
                place += 1
            inner = place - at - 1
            if (
                place < end
                and text[place] == _DOUBLE
                and _FEWEST_QUOTED <= inner <= _MOST_QUOTED
            ):
                last = place + 1
        elif one == _QUOTE and (at == begin or not _is_word(classes, text[at - 1])):
            fewest = _FEWEST_QUOTED
            place = at
            for _ in range(_MOST_INNER + 1):
                start = place + 1
                place = start
                while place < end and text[place] != _QUOTE and text[place] != _NEWLINE:
                    place += 1
                inner = place - start
                if (
                    place == end
                    or text[place] != _QUOTE
                    or not fewest <= inner <= _MOST_SINGLE_QUOTED
                ):
                    break
                fewest = 0
                if place + 1 == end or not _is_word(classes, text[place + 1]):
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
def _is_word(classes, code_point):  # type: ignore[no-untyped-def]
    return classes[code_point] & IS_ALNUM != 0 or code_point == _UNDERSCORE


_UNDERSCORE: Final = ord("_")


@compiled
def _find_units(text, begin, end, classes, quoted, quotations, bounds):  # type: ignore[no-untyped-def]
    """Fill where units begin, as ``model.units.find_sentences``; return how many.

    ``bounds`` gets one more: where the last one ends. A text of one sentence has one.
    """
    bounds[0] = begin
    count = 1
    words = 0
    following = 0
    in_word = False
    at = begin
    while at < end:
        one = text[at]
        is_space = classes[one] & IS_SPACE != 0
        if not is_space and not in_word:
            words += 1
        in_word = not is_space
        last = at
        if one == _NEWLINE:
            while last < end and text[last] == _NEWLINE:
                last += 1
        elif one == _DOT or one == _BANG or one == _QUESTION:
            while last < end and (
                text[last] == _DOT or text[last] == _BANG or text[last] == _QUESTION
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
            bounds[count] = last
            count += 1
            words = 0
            in_word = False
        at = last
    if count > 1 and words < FEWEST_WORDS:
        count -= 1
    bounds[count] = end
    return count


@compiled
def _count_words(views, tokens, count, bounds, units, whole, unit, logits):  # type: ignore[no-untyped-def]
    learnt = views.words
    has_units = units > 1
    at_unit = 0
    before = np.int64(-1)
    is_new_unit = True
    for place in range(count):
        if tokens[3, place] == _MARK:
            continue
        while has_units and tokens[0, place] >= bounds[at_unit + 1]:
            _close_unit(whole, unit, learnt, logits[at_unit + 1])
            at_unit += 1
            is_new_unit = True
        string = tokens[2, place]
        token = np.int64(views.tokens[string]) if string >= 0 else np.int64(-1)
        if token >= 0:
            row = find_key(learnt.keys, np.uint64(token + 1))
            if row >= 0:
                _count(learnt, row, whole, unit, has_units)
            if before >= 0:
                key = np.uint64(before + 1) << np.uint64(TOKEN_BITS) | np.uint64(token + 1)
                row = find_key(learnt.keys, key)
                if row >= 0 and has_units and is_new_unit:
                    # A pair across two sentences is in neither.
                    _tally(whole, row)
                    weigh(learnt, row, whole.sums)
                elif row >= 0:
                    _count(learnt, row, whole, unit, has_units)
        before = token
        is_new_unit = False
    if has_units:
        _close_unit(whole, unit, learnt, logits[at_unit + 1])
    _close(whole, learnt, logits[0])


@compiled
def _count_characters(views, cache, scratch, text, begin, end, classes, tokens, count, bounds, units, whole, unit, logits):  # type: ignore[no-untyped-def]
    learnt = views.characters
    has_units = units > 1
    at_unit = 0
    token = 0
    at = begin
    while at < end:
        while token < count and (
            tokens[3, token] != _PLACEHOLDER or tokens[1, token] <= at
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
            _close_unit(whole, unit, learnt, logits[at_unit + 1])
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
                _count(learnt, rows[step], whole, unit, has_units)
            continue
        if has_units:
            for place in range(len(unit.sums)):
                unit.sums[place] += cache.sums[entry, place]
        else:
            for place in range(len(whole.sums)):
                whole.sums[place] += cache.sums[entry, place]
        for step in range(cache.starts[entry], cache.ends[entry]):
            row = cache.rows[step]
            _tally(whole, row)
            if has_units:
                _tally(unit, row)
    if has_units:
        _close_unit(whole, unit, learnt, logits[at_unit + 1])
    _close(whole, learnt, logits[0])


@compiled
def _class_key(kind, one, other, third):  # type: ignore[no-untyped-def]
    bits = np.uint64(MARK_BITS)
    key = np.uint64(kind) << (np.uint64(3) * bits)
    key |= np.uint64(one + 1) << (np.uint64(2) * bits)
    return key | np.uint64(other + 1) << bits | np.uint64(third + 1)


@compiled
def _count_ngram(views, kind, one, other, third, whole, unit, into):  # type: ignore[no-untyped-def]
    row = find_key(views.classes.keys, _class_key(kind, one, other, third))
    if row < 0:
        return
    if into & INTO_WHOLE:
        _tally(whole, row)
        if not into & INTO_UNIT:
            weigh(views.classes, row, whole.sums)
    if into & INTO_UNIT:
        _tally(unit, row)
        weigh(views.classes, row, unit.sums)


INTO_WHOLE: Final = 1
INTO_UNIT: Final = 2


@compiled
def _count_sentence(views, marks, are_classes, size, distinct, whole, unit, into):  # type: ignore[no-untyped-def]
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
                    _count_ngram(views, NEXT_BUT_ONE, before_that, mark, -1, whole, unit, into)
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
                _count_ngram(views, TRIPLE, marks[place - 2], one, other, whole, unit, into)


@compiled
def _count_marks(views, text, tokens, first, last, quoted, quotations, marks, are_classes, distinct, whole, unit, into):  # type: ignore[no-untyped-def]
    """Count a stretch of tokens as marks, sentence by sentence."""
    following = 0
    negated = 0
    reported = 0
    size = 0
    place = first
    while place < last:
        begin = tokens[0, place]
        kind = tokens[3, place]
        next_place = place + 1
        found_class = np.int64(-1)
        if kind != _MARK:
            stop, payload = longest_phrase(
                views.phrases,
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
        if kind == _SHOUT:
            mark = np.int64(views.shouts[0 if text[begin] == _BANG else 1])
            negated = 0
            reported = 0
            ends = True
        elif kind == _PLACEHOLDER or found_class >= 0:
            if found_class < 0:
                string = tokens[2, place]
                if string >= 0:
                    found_class = np.int64(views.placeholder_classes[string])
            while following < quotations and quoted[1, following] <= begin:
                following += 1
            is_quoted = following < quotations and quoted[0, following] <= begin
            category = views.kinds[found_class] if found_class >= 0 else PLAIN
            if category == PLAIN:
                scope = 0
                if is_quoted:
                    scope = 3
                elif negated:
                    scope = 1
                elif reported:
                    scope = 2
                if found_class >= 0:
                    mark = np.int64(views.scoped[found_class, scope])
                negated = max(0, negated - 1)
                reported = max(0, reported - 1)
            else:
                mark = np.int64(views.scoped[found_class, 0])
                if not is_quoted and category == NEGATION:
                    negated = NEGATED_WORDS
                elif not is_quoted:
                    reported = REPORTED_WORDS
        elif kind == _WORD:
            is_class = False
            string = tokens[2, place]
            if string >= 0:
                mark = np.int64(views.marks[string])
            negated = max(0, negated - 1)
            reported = max(0, reported - 1)
        else:
            is_mark = False
            one = text[begin]
            if one in _ENDS_SCOPE:
                negated = 0
                reported = 0
            ends = one == _DOT or one == _SEMICOLON or one == _NEWLINE
        if is_mark:
            marks[size] = mark
            are_classes[size] = is_class
            size += 1
        if ends and size:
            _count_sentence(views, marks, are_classes, size, distinct, whole, unit, into)
            size = 0
        place = next_place
    if size:
        _count_sentence(views, marks, are_classes, size, distinct, whole, unit, into)


@compiled
def _count_classes(views, text, tokens, count, quoted, quotations, bounds, units, whole, unit, logits, marks, are_classes, distinct):  # type: ignore[no-untyped-def]
    learnt = views.classes
    if units == 1:
        _count_marks(
            views, text, tokens, 0, count, quoted, quotations, marks,
            are_classes, distinct, whole, unit, INTO_WHOLE,
        )
        _close(whole, learnt, logits[0])
        return
    # Sentences of a unit are those of the whole text, but where a phrase ends in a
    # mark that would end one: then the two are counted apart.
    is_crossed = False
    for place in range(count):
        string = tokens[2, place]
        if tokens[3, place] == _SHOUT and string >= 0:
            is_crossed = is_crossed or views.ends_phrase[string]
    if is_crossed:
        _count_marks(
            views, text, tokens, 0, count, quoted, quotations, marks,
            are_classes, distinct, whole, unit, INTO_WHOLE,
        )
    into = INTO_UNIT if is_crossed else INTO_UNIT | INTO_WHOLE
    first = 0
    for at_unit in range(units):
        last = first
        while last < count and tokens[0, last] < bounds[at_unit + 1]:
            last += 1
        _count_marks(
            views, text, tokens, first, last, quoted, quotations, marks,
            are_classes, distinct, whole, unit, into,
        )
        if is_crossed:
            _close(unit, learnt, logits[at_unit + 1])
        else:
            _close_unit(whole, unit, learnt, logits[at_unit + 1])
        first = last
    _close(whole, learnt, logits[0])


@compiled
def score_all(text, spans, todo, classes, views, cache, whole, unit, scratch, out):  # type: ignore[no-untyped-def]
    """Fill the logits of each text: of the whole, or of the sentence that is highest."""
    labels = len(views.bias)
    tokens, quoted, bounds = scratch.tokens, scratch.quoted, scratch.bounds
    marks, are_classes = scratch.marks, scratch.are_classes
    distinct, logits = scratch.distinct, scratch.logits
    for comment in todo:
        begin, end = spans[comment, 0], spans[comment, 1]
        count = _tokenise(text, begin, end, classes, views.strings, tokens)
        quotations = _find_quoted(text, begin, end, classes, quoted)
        units = _find_units(text, begin, end, classes, quoted, quotations, bounds)
        logits[: units + 1] = 0.0
        _count_words(views, tokens, count, bounds, units, whole, unit, logits)
        _count_characters(
            views, cache, scratch, text, begin, end, classes, tokens, count, bounds, units,
            whole, unit, logits,
        )
        _count_classes(
            views, text, tokens, count, quoted, quotations, bounds, units, whole, unit,
            logits, marks, are_classes, distinct,
        )
        for label in range(labels):
            best = logits[0, label]
            if units > 1:
                for at_unit in range(1, units + 1):
                    best = max(best, logits[at_unit, label] - MARGIN)
            out[comment, label] = best + views.bias[label]
