"""Scores many comments at once, by compiled functions and, where need be, Python."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.comments import Comment
from model.artefact import Artefact
from model.kernel.answering import answer_all
from model.kernel.asking import Asked, new_asked
from model.kernel.characters import CharacterRegistry
from model.kernel.compiling import entry_of, without_extras
from model.kernel.counting import score_comments
from model.kernel.hashing import code_points
from model.kernel.memo import Memo, new_memo
from model.kernel.ngram_cache import NgramCache, new_cache
from model.kernel.reading import ASKED, LEFT
from model.kernel.scratch import Scratch, new_scratch
from model.kernel.tables import lay_out
from model.kernel.tally import Tally, new_tally
from model.quotations import find_quotations
from model.reader import Reader

# So many comments are read before the questions they raise are answered.
_CHUNK: Final = 256

# So many characters they have in all, unless one has more: then it is alone.
_CHARACTERS: Final = 1 << 15


@dataclass(frozen=True, slots=True)
class _Room:
    """What one thread works in."""

    memo: Memo
    cache: NgramCache
    whole: Tally
    unit: Tally
    asked: Asked
    scratch: Scratch


class Kernel:
    """A model laid out for compiled functions; safe to share between threads.

    Its tables are kept for the next start under ``key``, unless that is empty.
    """

    def __init__(self, artefact: Artefact, reader: Reader, key: str = "") -> None:
        self._reader = reader
        with without_extras():
            self._words, self._views = lay_out(artefact, reader, key)
        self._characters = CharacterRegistry()
        self._ngrams = max(len(view.keys) for view in artefact.views)
        self._labels = len(artefact.labels)
        self._local = threading.local()
        self._score_comments: Callable[..., None] = score_comments
        # Compiles, or loads what was compiled, and has the types of every table looked
        # at, once.
        with without_extras():
            self.logits([""])
        self._score_comments = entry_of(score_comments)

    def logits(
        self, comments: Sequence[Comment | str]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return logits, shape (comments, labels), and whether each hides something."""
        logits = np.empty((len(comments), self._labels))
        hidden = np.zeros(len(comments), np.bool_)
        texts = [one if isinstance(one, str) else one.text for one in comments]
        for chunk in _chunks(texts):
            self._score(comments[chunk], texts[chunk], logits[chunk], hidden[chunk])
        return logits, hidden

    def _score(
        self,
        comments: Sequence[Comment | str],
        texts: Sequence[str],
        logits: NDArray[np.float64],
        hidden: NDArray[np.bool_],
    ) -> None:
        joined = _Joined(texts)
        states = np.zeros(len(texts), np.int64)
        for place, text in enumerate(texts):
            if _may_quote(comments[place], text) and find_quotations(
                _as_comment(comments[place])
            ):
                states[place] = LEFT
        todo = np.flatnonzero(states == 0)
        while len(todo):
            room = self._run(joined, todo, False, states, hidden, logits)
            todo = todo[states[todo] == ASKED]
            if len(todo):
                answer_all(room.asked, room.memo, self._characters, self._reader)
        left = np.flatnonzero(states == LEFT).tolist()
        if left:
            chosen = [_as_comment(comments[place]) for place in left]
            logits[left], hidden[left] = self._read_by_python(chosen)

    def _read_by_python(
        self, comments: Sequence[Comment]
    ) -> tuple[NDArray[np.float64], list[bool]]:
        read = [self._reader.read(comment) for comment in comments]
        for one in read:
            self._characters.classify(one.text)
        logits = np.empty((len(read), self._labels))
        unused = np.zeros(len(read), np.int64), np.zeros(len(read), np.bool_)
        joined = _Joined([one.text for one in read])
        self._run(joined, np.arange(len(read)), True, *unused, logits)
        return logits, [one.is_obfuscated for one in read]

    def _run(
        self,
        joined: "_Joined",
        todo: NDArray[np.int64],
        are_read: bool,
        states: NDArray[np.int64],
        hidden: NDArray[np.bool_],
        logits: NDArray[np.float64],
    ) -> _Room:
        room = self._room()
        room.asked.counts[:] = 0
        scratch = room.scratch
        if len(joined.codes) > scratch.length:
            # Room for huge texts is not kept.
            scratch = new_scratch(len(joined.codes), _CHUNK, self._labels)
        self._score_comments(
            joined.codes,
            joined.offsets,
            todo,
            are_read,
            self._characters.tables,
            self._words,
            self._views,
            room.memo,
            scratch,
            room.cache,
            room.whole,
            room.unit,
            room.asked,
            states,
            hidden,
            logits,
        )
        return room

    def _room(self) -> _Room:
        found: _Room | None = getattr(self._local, "room", None)
        if found is None:
            found = _Room(
                new_memo(),
                new_cache(self._labels),
                new_tally(self._ngrams, self._labels),
                new_tally(self._ngrams, self._labels),
                new_asked(_CHUNK),
                new_scratch(_CHARACTERS, _CHUNK, self._labels),
            )
            self._local.room = found
        return found


def _chunks(texts: Sequence[str]) -> Iterator[slice]:
    first, characters = 0, 0
    for place, text in enumerate(texts):
        characters += len(text)
        if place > first and (characters > _CHARACTERS or place - first == _CHUNK):
            yield slice(first, place)
            first, characters = place, len(text)
    if texts:
        yield slice(first, len(texts))


class _Joined:
    """The code points of some texts, and where each begins."""

    def __init__(self, texts: Sequence[str]) -> None:
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        self.offsets = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(sizes, out=self.offsets[1:])
        self.codes = code_points("".join(texts))


def _may_quote(comment: Comment | str, text: str) -> bool:
    if ">" in text:
        return True
    return not isinstance(comment, str) and bool(
        comment.quotations or comment.parent_text
    )


def _as_comment(comment: Comment | str) -> Comment:
    return Comment("", comment) if isinstance(comment, str) else comment
