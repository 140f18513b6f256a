"""Answers what compiled functions ask, by the functions that the reference uses."""

from typing import Final

import numpy as np

from model.kernel.asking import CHARACTER, Asked
from model.kernel.characters import CharacterRegistry
from model.kernel.hashing import code_points
from model.kernel.memo import (
    CUT,
    DOUBTFUL,
    LONGEST,
    MEANING,
    REPLACED,
    SAFE,
    SPELT,
    Memo,
    remember,
)
from model.reader import Reader
from model.respell import hides_in_leet, meaning_of
from model.spelling import Speller
from model.squeeze import stays_stretched

_NOTHING: Final = np.empty(0, np.uint32)

_Answer = tuple[int, int, int, str, bool]
"""What is said of a token, which part of it is replaced, by what, and whether the
token hid that."""


def answer_all(
    asked: Asked, memo: Memo, characters: CharacterRegistry, reader: Reader
) -> None:
    """Enter an answer to every question in the memo, or among the characters."""
    for place in range(int(asked.counts[0])):
        codes = asked.texts[place, : asked.sizes[place]]
        question = int(asked.questions[place])
        if question == CHARACTER:
            characters.learn(codes.tolist())
            continue
        token = "".join(map(chr, codes.tolist()))
        answer, begin, end, new, hides = _answer(question, token, reader.speller)
        # A memo's arrays are not copied: what is passed must be of one type.
        remember(
            memo,
            question,
            codes,
            answer,
            begin,
            end,
            code_points(new).copy() if new else _NOTHING,
            hides,
        )


def _answer(question: int, token: str, speller: Speller) -> _Answer:
    if question == MEANING:
        edit = meaning_of(token, speller)
        if edit is None:
            return _is(SAFE)
        begin, end, meaning = edit
        return _replaced(begin, end, meaning, speller.hides(token[begin:end], meaning))
    if question == SPELT:
        return _is(DOUBTFUL if hides_in_leet(token, speller) else SAFE)
    if question == CUT:
        return _is(SAFE if speller.meant(token) is None else DOUBTFUL)
    if stays_stretched(token):
        return _is(SAFE)
    return _replaced(0, len(token), speller.squeezed(token), is_hidden=False)


def _is(answer: int) -> _Answer:
    return answer, 0, 0, "", False


def _replaced(begin: int, end: int, meaning: str, is_hidden: bool) -> _Answer:
    if len(meaning) > LONGEST:
        return _is(DOUBTFUL)
    return REPLACED, begin, end, meaning, is_hidden
