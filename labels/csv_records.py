"""Splits lines into CSV records, so that a broken record costs only its first line.

A quotation mark that nobody closes makes all that follows one record. Such a record
is given up as soon as it shows (a mark that closes where no field ends, more fields
than the header has, 16 Mi characters, the end of the file); reading goes on at the
line after its first. A line is read again at most once for each column, so that a
file full of such marks takes no longer than its size asks for.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from labels.rows import Fault
from labels.text_lines import bad_byte

MOST_CHARACTERS: Final = 16 * 2**20
"""How long a record of several lines may be; a record of one line has no limit."""

# The C long of every platform holds it; the default of 131,072 is below our texts.
_FIELD_LIMIT: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one record and the line it begins on."""

    number: int
    fields: list[str]


class _RunOnError(Exception):
    """A quoted field has outgrown what a record may be."""


class _Feed:
    """Hands lines to csv; keeps those of an unfinished record, to take them back."""

    def __init__(self, lines: Iterator[str], *, delimiter: str) -> None:
        self.number = 1
        self.taken: list[str] = []
        self.width: int | None = None
        self._lines = lines
        self._delimiter = delimiter
        self._returned: deque[str] = deque()
        self._characters = 0
        self._fields = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if self.taken:
            self._check_growth(self.taken[-1])
        line = self._returned.popleft() if self._returned else next(self._lines)
        self.taken.append(line)
        return line

    def finish(self) -> int:
        """Forget the record's lines; return the number of the first."""
        first = self.number
        self.number += len(self.taken)
        self._forget()
        return first

    def give_back(self) -> int:
        """Take back all the record's lines but the first; return its number."""
        first = self.number
        self._returned.extendleft(reversed(self.taken[1:]))
        self.number += 1
        self._forget()
        return first

    def _forget(self) -> None:
        self.taken.clear()
        self._characters = self._fields = 0

    def _check_growth(self, line: str) -> None:
        """Count in a line that leaves a quoted field open; refuse one too many."""
        self._characters += len(line)
        if '"' in line:
            self._fields += self._count_fields(line)
        too_wide = self.width is not None and self._fields > self.width
        if too_wide or self._characters > MOST_CHARACTERS:
            raise _RunOnError

    def _count_fields(self, line: str) -> int:
        """Return how many fields begin on a line that leaves a quoted field open."""
        inside = len(self.taken) > 1
        closed = f'"{line}"' if inside else f'{line}"'
        fields = next(csv.reader([closed], delimiter=self._delimiter, strict=True))
        return len(fields) - inside


def read_records(
    lines: Iterator[str], *, delimiter: str = ","
) -> Iterator[Record | Fault]:
    """Yield each record, or the fault of its first line; blank lines are skipped.

    The first record is the header: every later one must have as many fields.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    feed = _Feed(lines, delimiter=delimiter)
    parsed = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        try:
            fields = next(parsed)
        except StopIteration:
            return
        except (csv.Error, _RunOnError):
            reason = "a quotation mark is stray or is never closed"
            yield Fault(feed.give_back(), reason)
            continue
        if not fields:
            feed.finish()
            continue
        yield _checked(fields, feed)


def _checked(fields: list[str], feed: _Feed) -> Record | Fault:
    feed.width = feed.width or len(fields)
    if len(fields) != feed.width:
        over = f" over {len(feed.taken)} lines" if len(feed.taken) > 1 else ""
        noun = "field" if len(fields) == 1 else "fields"
        reason = f"has {len(fields)} {noun}{over} where the header has {feed.width}"
        return Fault(feed.give_back(), reason)
    for offset, line in enumerate(feed.taken):
        bad = bad_byte(line)
        if bad:
            of_line = f" (line {feed.number + offset})" if offset else ""
            return Fault(feed.finish(), bad + of_line)
    return Record(feed.finish(), fields)
