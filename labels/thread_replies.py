"""Finds whom a comment of a thread answers, and which of its words are quoted."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from labels.comments import Comment

_LINE: Final = re.compile(r"[^\n]+")
# "@name:" alone on its line; the name may hold anything, a colon too.
_LINE_ADDRESS: Final = re.compile(
    r"@[ \t]*(?P<name>[^\n]{1,100}?)[ \t]*:[ \t]*(?=\n|$)"
)
_INLINE_ADDRESS: Final = re.compile(r"@[ \t]*(?P<name>[^\n:]{1,100}?)[ \t]*:")
_COLON: Final = re.compile(r"\s*[:,]")
_LONGEST_NAME: Final = 100
# Where the same line stands more often, the latest will do: a page that somebody
# flooded must not take time as the square of its comments.
_MOST_PLACES: Final = 20


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Address:
    name: str
    end: int


@dataclass(frozen=True, slots=True)
class _Quotation:
    """Lines at the head of a reply that stand in an earlier comment, ``parent``."""

    parent: int
    first: int
    length: int


class ReplyLinker:
    """Links comments, handed over in page order, to those they answer."""

    def __init__(self) -> None:
        self._comments: list[Comment] = []
        self._lines: list[list[_Line]] = []
        self._own_from: list[int] = []
        self._places: defaultdict[tuple[str, str | None], deque[tuple[int, int]]]
        self._places = defaultdict(partial(deque, maxlen=_MOST_PLACES))
        self._latest: dict[str, int] = {}

    def link(self, comment: Comment) -> Comment:
        """Return the comment with its parent and quotations.

        The parent is the earlier comment that is quoted, or else the latest by the
        author who is named. Lines are compared without regard to spacing.
        """
        address = self._address(comment.text)
        head = address.end if address else 0
        body = _lines(comment.text, head)
        linked, quoted = comment, 0
        if address:
            parent = self._latest.get(_key(address.name))
            quotation = self._quotation(body, address.name)
            if quotation:
                parent, quoted = quotation.parent, quotation.length
                span = (body[0].begin, body[quoted - 1].end)
                linked = replace(linked, quotations=(span,))
            linked = self._answering(linked, parent)
        self._remember(linked, body, quoted)
        return linked

    def _answering(self, comment: Comment, parent: int | None) -> Comment:
        if parent is None:
            return comment
        answered = self._comments[parent]
        return replace(comment, parent_id=answered.id, parent_text=answered.text)

    def _remember(self, comment: Comment, body: Sequence[_Line], quoted: int) -> None:
        number = len(self._comments)
        lines = _lines(comment.text, 0)
        head = len(lines) - len(body)
        self._comments.append(comment)
        self._lines.append(lines)
        self._own_from.append(head + quoted)
        for place, line in enumerate(lines):
            self._place(line.words, number, place)
        if body and body[0].words != lines[head].words:
            # "@name: words" on one line is quoted with its "@name:" or without.
            self._place(body[0].words, number, head)
        if comment.author:
            self._latest[_key(comment.author)] = number

    def _place(self, words: str, number: int, place: int) -> None:
        """Remember where words stand, among all authors and under their own."""
        author = self._comments[number].author
        self._places[words, None].append((number, place))
        if author:
            self._places[words, _key(author)].append((number, place))

    def _address(self, text: str) -> _Address | None:
        """Return the ``@name`` a text begins with, if there is one.

        Without a colon only an author of this page counts, for then nothing else
        tells where the name ends.
        """
        if not text.startswith("@"):
            return None
        found = _LINE_ADDRESS.match(text)
        if found:
            return _Address(found["name"], found.end())
        for end in range(min(len(text), _LONGEST_NAME), 1, -1):
            if _ends_word(text, end) and _key(text[1:end]) in self._latest:
                return _Address(text[1:end], _skip_colon(text, end))
        found = _INLINE_ADDRESS.match(text)
        return _Address(found["name"], found.end()) if found else None

    def _quotation(self, body: Sequence[_Line], name: str) -> _Quotation | None:
        """Return the likeliest origin of the lines that ``body`` begins with.

        The author who is named goes before others, a long quotation before a short
        one, an author's own words before words quoted there, late before early.
        """
        if not body:
            return None
        words, author = body[0].words, _key(name)
        by_author = self._places.get((words, author))
        places = by_author or self._places[words, None]
        longest = len(body)
        if not by_author and author in self._latest:
            # "@Rabia: I agree." is no quotation of somebody else who once agreed:
            # where Rabia has comments here, an answer must follow another's words.
            longest -= 1
        found = [
            _Quotation(parent, first, self._common_length(body, parent, first))
            for parent, first in places
        ]
        likely = (one for one in found if one.length <= longest)
        return max(likely, key=self._rank, default=None)

    def _common_length(self, body: Sequence[_Line], parent: int, first: int) -> int:
        length = 1
        theirs_after = self._lines[parent][first + 1 :]
        for mine, theirs in zip(body[1:], theirs_after, strict=False):
            if mine.words != theirs.words:
                break
            length += 1
        return length

    def _rank(self, quotation: _Quotation) -> tuple[int, bool, int]:
        is_own = quotation.first >= self._own_from[quotation.parent]
        return (quotation.length, is_own, quotation.parent)


def link_replies(comments: Iterable[Comment]) -> list[Comment]:
    """Return the comments of one page, each linked to the earlier one it answers.

    >>> first = Comment("1", "Talks with whom?", author="Hammad")
    >>> reply = Comment("2", "@Hammad: Talks with whom? All of them.")
    >>> link_replies([first, reply])[1].parent_id
    '1'
    """
    linker = ReplyLinker()
    return [linker.link(comment) for comment in comments]


def _lines(text: str, begin: int) -> list[_Line]:
    return [
        _Line(_squeezed(text[slice(*span)]), *span)
        for found in _LINE.finditer(text, begin)
        if (span := _trimmed(found)) is not None
    ]


def _trimmed(found: re.Match[str]) -> tuple[int, int] | None:
    line = found.group()
    begin = found.start() + len(line) - len(line.lstrip())
    end = found.start() + len(line.rstrip())
    return (begin, end) if begin < end else None


def _squeezed(words: str) -> str:
    return " ".join(words.split())


def _ends_word(text: str, end: int) -> bool:
    return not (text[end - 1 : end + 1].isalnum() and end < len(text))


def _skip_colon(text: str, begin: int) -> int:
    found = _COLON.match(text, begin)
    return found.end() if found else begin


def _key(name: str) -> str:
    return _squeezed(name).casefold()
