"""Reads a comment as ``model.reader`` does, where little in it is hidden.

Most comments need no more than lower case, placeholders for names and addresses, and
a look at each token. Whatever might need more is left to Python: the tests here are
one-sided, so that what is read here is read as the reference reads it.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.addresses import find_placeholders
from model.kernel.apart import may_be_apart, may_be_cut
from model.kernel.asking import UNSETTLED, YES
from model.kernel.compiling import compiled
from model.kernel.folding import fold_text, knows_characters
from model.kernel.hashing import StringTable, find_string
from model.kernel.phrase_trie import PhraseTrie, longest_phrase
from model.kernel.repairs import reveal
from model.kernel.signs import is_in_leet
from model.kernel.stretched import is_stretched, shorten
from model.kernel.text import QUOTE
from model.kernel.tokens import MARK, tokenise

LEFT: Final = -1
"""Python must read the comment."""
ASKED: Final = -2
"""Something must be asked of Python first."""

_S: Final = ord("s")
_POSSESSIVE: Final = 2
_ROOM: Final = 64


class Words(NamedTuple):
    """What is known of words.

    Attributes:
        strings: every string that is looked up.
        flags: of each string, as ``model.kernel.spelling`` names them, uint8.
        costs: of each string as a piece of glued words, in nats.
        references: names by which kind they are.
        placeholders: what stands for each kind, as ids of strings, int32.
    """

    strings: StringTable
    flags: NDArray[np.uint8]
    costs: NDArray[np.float64]
    references: PhraseTrie
    placeholders: NDArray[np.int32]


@compiled
def read(raw, begin, end, characters, words, memo, scratch, asked, at, token):
    """Put a comment's text into ``scratch.texts``, and its tokens, from given places.

    Returns where the text ends, or ``LEFT`` or ``ASKED``; the token after the last;
    and whether something was hidden in it.
    """
    classes = characters.classes
    doubt = knows_characters(raw, begin, end, characters, asked)
    if doubt:
        return LEFT if doubt == YES else ASKED, 0, False
    found = find_placeholders(raw, begin, end, characters.states, words, scratch)
    if found < 0:
        return LEFT, 0, False
    doubt = is_in_leet(raw, begin, end, words, memo, scratch, asked, found)
    if doubt == YES:
        return LEFT, 0, False
    text, other = scratch.text, scratch.other_text
    size = fold_text(raw, begin, end, characters, scratch.found, found, text, 0)
    if size < 0 or may_be_apart(text, size, classes):
        return LEFT, 0, False
    if is_stretched(text, size):
        found_doubt, size = shorten(text, size, memo, asked, other)
        if found_doubt == YES:
            return LEFT, 0, False
        doubt = max(doubt, found_doubt)
        text, other = other, text
    found_doubt = may_be_cut(
        text, size, classes, words.strings, words.flags, memo, asked
    )
    if found_doubt == YES:
        return LEFT, 0, False
    doubt = max(doubt, found_doubt)
    found_doubt, size, hides = reveal(
        text, size, classes, words, memo, scratch, asked, other
    )
    if found_doubt == YES:
        return LEFT, 0, False
    if max(doubt, found_doubt) == UNSETTLED:
        return ASKED, 0, False
    tokens = scratch.tokens
    # Texts may grow: each that does not fit behind the others is read by Python, alone.
    if at + size > len(scratch.texts) or token + size > tokens.shape[1]:
        return LEFT, 0, False
    last = tokenise(other, 0, size, classes, words.strings, tokens, token)
    names = _find_names(other, words, scratch, token, last)
    stop = _type_names(other, size, words, scratch, names, scratch.texts, at)
    if stop < 0:
        return LEFT, 0, False
    if names:
        last = tokenise(scratch.texts, at, stop, classes, words.strings, tokens, token)
    else:
        for place in range(token, last):
            tokens[0, place] += at
            tokens[1, place] += at
    return stop, last, hides


@compiled
def _find_names(text, words, scratch, first_token, last_token):
    """Fill where names of the gazetteer begin and end, and their kinds."""
    places = scratch.words
    count = 0
    for token in range(first_token, last_token):
        if scratch.tokens[3, token] == MARK:
            continue
        begin = scratch.tokens[0, token]
        end = scratch.tokens[1, token]
        stop = end
        string = scratch.tokens[2, token]
        if end - begin > _POSSESSIVE and text[end - 1] == _S and text[end - 2] == QUOTE:
            stop = end - _POSSESSIVE
            string = find_string(words.strings, text, begin, stop)
        places[0, count] = begin
        places[1, count] = end
        places[2, count] = stop
        places[3, count] = string
        count += 1
    found = 0
    place = 0
    while place < count:
        last, kind = longest_phrase(
            words.references,
            words.strings,
            text,
            places[0],
            places[2],
            places[3],
            place,
            count,
        )
        if last < 0:
            place += 1
            continue
        scratch.found[found, 0] = places[0, place]
        scratch.found[found, 1] = places[1, last - 1]
        scratch.found[found, 2] = kind
        found += 1
        place = last
    return found


@compiled
def _type_names(text, end, words, scratch, names, out, at_out):
    """Write the text with names by their kind; return its end, -1 for lack of room."""
    size = at_out
    kept = 0
    room = len(out)
    strings = words.strings
    for name in range(names):
        if size + scratch.found[name, 0] - kept + _ROOM > room:
            return -1
        for at in range(kept, scratch.found[name, 0]):
            out[size] = text[at]
            size += 1
        kind = words.placeholders[scratch.found[name, 2]]
        for at in range(strings.offsets[kind], strings.offsets[kind + 1]):
            out[size] = strings.pool[at]
            size += 1
        kept = scratch.found[name, 1]
    if size + end - kept > room:
        return -1
    for at in range(kept, end):
        out[size] = text[at]
        size += 1
    return size
