"""Scores many comments at once: read, counted and weighed by compiled functions."""

import threading
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.comments import Comment
from model.artefact import Artefact
from model.kernel.characters import CharacterRegistry
from model.kernel.counting import Tally, new_tally, score_all
from model.kernel.hashing import code_points
from model.kernel.ngram_cache import NgramCache, new_cache
from model.kernel.memo import CUT, DOUBTFUL, MEANING, SAFE, SPELT, Memo, new_memo, remember
from model.kernel.reading import ASKED, CHARACTER, LEFT, READ, Asked, no_questions, read_all
from model.kernel.scratch import Scratch, new_scratch
from model.kernel.tables import lay_out
from model.quotations import find_quotations
from model.reader import Reader
from model.respell import hides_in_leet, means_another

# So many characters are laid end to end at once: they fit the second-level cache.
_CHUNK_CHARACTERS: Final = 1 << 15

# Room for longer texts is made for one call.
_MOST_KEPT: Final = 1 << 14


class Kernel:
    """A model laid out for compiled functions; safe to share between threads."""

    def __init__(self, artefact: Artefact, reader: Reader) -> None:
        self._reader = reader
        self._speller = reader.speller
        self._words, self._views = lay_out(artefact, reader)
        self._characters = CharacterRegistry()
        self._ngrams = max(len(view.idf) for view in artefact.views)
        self._labels = len(artefact.labels)
        self._local = threading.local()

    def logits(
        self, comments: Sequence[Comment | str]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return logits, shape (comments, labels), and which comments hide something."""
        logits = np.empty((len(comments), self._labels))
        hidden = np.zeros(len(comments), np.bool_)
        first = 0
        while first < len(comments):
            last, characters = first, 0
            while last < len(comments) and (
                last == first or characters < _CHUNK_CHARACTERS
            ):
                comment = comments[last]
                text = comment if isinstance(comment, str) else comment.text
                characters += len(text)
                last += 1
            self._score(comments[first:last], logits[first:last], hidden[first:last])
            first = last
        return logits, hidden

    def _score(
        self,
        comments: Sequence[Comment | str],
        logits: NDArray[np.float64],
        hidden: NDArray[np.bool_],
    ) -> None:
        texts = [one if isinstance(one, str) else one.text for one in comments]
        raw = code_points("".join(texts))
        offsets = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=offsets[1:])
        states = np.zeros(len(texts), np.uint8)
        for place, comment in enumerate(comments):
            if not isinstance(comment, str) and _may_quote(comment) or (
                isinstance(comment, str) and ">" in comment
            ):
                if find_quotations(_as_comment(comment)):
                    states[place] = LEFT
        memo, *room = self._room()
        scratch = self._scratch(max(map(len, texts)))
        spans = np.zeros((len(texts), 2), np.int64)
        todo = np.flatnonzero(states == READ)
        while len(todo):
            asked = no_questions(len(todo))
            out = np.empty(2 * len(raw) + 256 * 8, np.uint32)
            read_all(
                raw, offsets, todo, self._characters.tables, self._words, memo, scratch, asked,
                out, spans, states,
            )
            done = todo[states[todo] == READ]
            if len(done):
                score_all(
                    out, spans, done, self._characters.tables.classes, self._views,
                    *room, scratch, logits,
                )
            todo = todo[states[todo] == ASKED]
            if len(todo):
                self._answer(asked, memo)
        left = np.flatnonzero(states == LEFT)
        if len(left):
            self._score_left([comments[place] for place in left], left, logits, hidden, room)

    def _score_left(self, comments, places, logits, hidden, room) -> None:
        read = [self._reader.read(_as_comment(comment)) for comment in comments]
        texts = [one.text for one in read]
        joined = "".join(texts)
        self._characters.classify(joined)
        ends = np.cumsum([0, *map(len, texts)])
        spans = np.column_stack([ends[:-1], ends[1:]])
        scratch = self._scratch(max(map(len, texts)))
        of_left = np.empty((len(texts), self._labels))
        score_all(
            code_points(joined), spans, np.arange(len(texts)),
            self._characters.tables.classes, self._views, *room, scratch, of_left,
        )
        logits[places] = of_left
        hidden[places] = [one.is_obfuscated for one in read]

    def _answer(self, asked: Asked, memo: Memo) -> None:
        for place in range(int(asked.count[0])):
            codes = asked.texts[place, : asked.sizes[place]]
            question = int(asked.questions[place])
            if question == CHARACTER:
                self._characters.learn(codes.tolist())
                continue
            token = "".join(map(chr, codes.tolist()))
            answer = DOUBTFUL if self._is_doubtful(question, token) else SAFE
            remember(memo, question, codes, 0, len(codes), answer)

    def _is_doubtful(self, question: int, token: str) -> bool:
        if question == MEANING:
            return means_another(token, self._speller)
        if question == SPELT:
            return hides_in_leet(token, self._speller)
        return self._speller.meant(token) is not None

    def _scratch(self, length: int) -> Scratch:
        """Return room for texts of this length; that for huge ones is not kept."""
        if length > _MOST_KEPT:
            return new_scratch(length, self._labels)
        if not hasattr(self._local, "scratch"):
            self._local.scratch = new_scratch(_MOST_KEPT, self._labels)
        return self._local.scratch

    def _room(self) -> tuple[Memo, NgramCache, Tally, Tally]:
        if not hasattr(self._local, "room"):
            self._local.room = (
                new_memo(),
                new_cache(self._labels),
                new_tally(self._ngrams, self._labels),
                new_tally(self._ngrams, self._labels),
            )
        return self._local.room


def _may_quote(comment: Comment) -> bool:
    return bool(comment.quotations or comment.parent_text or ">" in comment.text)


def _as_comment(comment: Comment | str) -> Comment:
    return Comment("", comment) if isinstance(comment, str) else comment
