"""Cuts a folded text into words, placeholders, shouts and marks."""

from typing import Final

from model.kernel.compiling import compiled
from model.kernel.hashing import find_string
from model.kernel.text import (
    BANG,
    GREATER,
    LESS,
    QUESTION,
    QUOTE,
    is_alnum,
    is_word,
)

# Kinds of tokens.
WORD: Final = 0
PLACEHOLDER: Final = 1
SHOUT: Final = 2
MARK: Final = 3

# As in model/marks.py.
_MARKS: Final = tuple(map(ord, '.,;:()\n"'))


@compiled
def word_end(text, at, end, classes):
    r"""Return where the word, placeholder or shout that begins here ends; else ``at``.

    As the pattern of ``model.views``: ``<\w+>``, letters and digits with inner
    apostrophes, or a run of exclamation and question marks.
    """
    one = text[at]
    if one == LESS:
        last = at + 1
        while last < end and (is_word(classes, text[last])):
            last += 1
        if last > at + 1 and last < end and text[last] == GREATER:
            return last + 1
        return at
    if one == BANG or one == QUESTION:
        last = at + 1
        while last < end and (text[last] == BANG or text[last] == QUESTION):
            last += 1
        return last
    last = at
    while last < end and is_alnum(classes, text[last]):
        last += 1
    if last == at:
        return at
    while last + 1 < end and text[last] == QUOTE and is_alnum(classes, text[last + 1]):
        last += 2
        while last < end and is_alnum(classes, text[last]):
            last += 1
    return last


@compiled
def tokenise(text, begin, end, classes, strings, tokens, first):
    """Fill columns of begin, end, string id and kind; return the one after the last."""
    count = first
    at = begin
    while at < end:
        last = word_end(text, at, end, classes)
        kind = WORD
        one = text[at]
        if last == at:
            if one not in _MARKS:
                at += 1
                continue
            last = at + 1
            kind = MARK
        elif one == LESS:
            kind = PLACEHOLDER
        elif one == BANG or one == QUESTION:
            kind = SHOUT
        tokens[0, count] = at
        tokens[1, count] = last
        tokens[2, count] = -1 if kind == MARK else find_string(strings, text, at, last)
        tokens[3, count] = kind
        count += 1
        at = last
    return count
