"""Comments from a saved news page with a thread below the article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from labels.comments import Comment
from labels.errors import InputError
from labels.rows import Column, Fault, Row
from labels.text_lines import bad_byte, mend, read_lines
from labels.thread_dates import is_date
from labels.thread_replies import link_replies

_FIELDS: Final = ("id", "text", "author", "time", "thread", "parent_id")

# Typed marks (*, -) need a space; the others begin no word.
_BULLET: Final = re.compile(
    "[\\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*(?:[•·●▪◦‣]\\s*|[*-]\\s+)(?P<rest>.*)",
    re.DOTALL,
)
# The button below a comment, glued to its last word; "@Recommend" is a name.
_BUTTON: Final = re.compile(r"(?<=[^\s@])Recommend$")


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """A comment and the lines it takes on its page, from 1, ``last`` included."""

    comment: Comment
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Head:
    """The bullet and the date above a comment, by index; ``body`` is what follows."""

    bullet: int
    body: int
    author: str | None
    time: str


def is_thread(lines: Iterable[str]) -> bool:
    """Tell whether the lines are a thread page: a bullet is followed by a date.

    Reads no further than the first such place.
    """
    return next(_heads(lines), None) is not None


def parse_thread(lines: Sequence[str]) -> list[PlacedComment]:
    """Return the comments of a page in order, with ids from 1.

    The first line of the page names the thread. What stands above the first bullet,
    or no deeper than the bullets of a page whose comments are indented, is not part
    of a comment.
    """
    heads = list(_heads(lines))
    if not heads:
        return []
    before = (line.strip() for line in lines[: heads[0].bullet])
    thread = next(filter(None, before), None)
    ends = [head.bullet for head in heads[1:]] + [len(lines)]
    spans = list(zip(heads, ends, strict=True))
    is_indented = _is_indented(lines, spans)
    placed = []
    for number, (head, end) in enumerate(spans, start=1):
        last = _body_end(lines, head, end, is_indented=is_indented)
        text = _body_text(lines[head.body : last])
        comment = Comment(str(number), text, head.author, head.time, thread)
        placed.append(PlacedComment(comment, head.bullet + 1, last))
    linked = link_replies(one.comment for one in placed)
    return [
        PlacedComment(comment, one.first, one.last)
        for comment, one in zip(linked, placed, strict=True)
    ]


class ThreadComments:
    """The comments of a saved page, which is held in memory whole."""

    unit: Final = "line"

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Read the page.

        Raises:
            InputError: if no comment stands on it.
        """
        self._lines = list(read_lines(stream))
        self._comments = parse_thread([mend(line) for line in self._lines])
        if not self._comments:
            raise InputError(
                f"{name} holds no comment: on a thread page each begins with a bullet "
                "that is followed by a date; use --format lines for one on each line"
            )

    @property
    def total(self) -> int:
        """How many comments stand on the page."""
        return len(self._comments)

    def columns(self) -> Sequence[Column]:
        """Return the columns that a table of a thread has."""
        return [Column(name) for name in _FIELDS]

    def __iter__(self) -> Iterator[Row | Fault]:
        for placed in self._comments:
            yield self._fault(placed) or _row(placed)

    def _fault(self, placed: PlacedComment) -> Fault | None:
        for number in range(placed.first, placed.last + 1):
            if reason := bad_byte(self._lines[number - 1]):
                return Fault(number, reason)
        return None


def _row(placed: PlacedComment) -> Row:
    fields = {name: getattr(placed.comment, name) for name in _FIELDS}
    return Row(placed.first, placed.comment, fields)


def _heads(lines: Iterable[str]) -> Iterator[_Head]:
    """Yield the head of each comment; a bullet without a date heads nothing.

    The date stands on the bullet's own line where the author is missing, or else on
    the next line that is not blank.
    """
    waiting: tuple[int, str] | None = None
    for index, line in enumerate(lines):
        found = _BULLET.match(line)
        if found:
            rest = found["rest"].strip()
            waiting = None if is_date(rest) else (index, rest)
            if waiting is None:
                yield _Head(index, index + 1, None, rest)
        elif line.strip():
            if waiting and is_date(line):
                bullet, author = waiting
                yield _Head(bullet, index + 1, author or None, line.strip())
            waiting = None


def _is_indented(lines: Sequence[str], spans: Sequence[tuple[_Head, int]]) -> bool:
    """Tell whether most comments of the page stand deeper than their bullets."""
    deeper = 0
    for head, end in spans:
        body = filter(str.strip, lines[head.body : end])
        deeper += _indent(next(body, "")) > _indent(lines[head.bullet])
    return deeper * 2 > len(spans)


def _body_end(lines: Sequence[str], head: _Head, end: int, *, is_indented: bool) -> int:
    """Return the index after the comment's last line; the page's own lines follow."""
    bullet = _indent(lines[head.bullet])
    first = next(filter(str.strip, lines[head.body : end]), "")
    shallowest = bullet + 1 if is_indented else min(bullet, _indent(first))
    for index in range(head.body, end):
        if lines[index].strip() and _indent(lines[index]) < shallowest:
            return index
    return end


def _body_text(lines: Sequence[str]) -> str:
    text = "\n".join(line.strip() for line in lines).strip()
    return _BUTTON.sub("", text).rstrip()


def _indent(line: str) -> int:
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())
