"""Counts comments by author or thread in bounded memory, exactly."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from labels.output_files import OutputError
from model.actions import ACTIONS, HOLD, REVIEW

_REVIEW: Final = ACTIONS.index(REVIEW)
_HOLD: Final = ACTIONS.index(HOLD)
_MOST_HELD: Final = 50_000
_CACHE_KIB: Final = 16 * 1_024

_SCHEMA: Final = """
CREATE TABLE counts (
    name BLOB PRIMARY KEY, total INTEGER, review INTEGER, hold INTEGER
) WITHOUT ROWID"""
_ADD: Final = """
INSERT INTO counts VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
    total = total + excluded.total,
    review = review + excluded.review,
    hold = hold + excluded.hold"""
# Names as bytes, so that ties end the same everywhere.
_TOP: Final = """
SELECT name, total, review, hold FROM counts WHERE review + hold > 0
ORDER BY review + hold DESC, hold DESC, total, name LIMIT ?"""
_SIZES: Final = "SELECT count(*), sum(review + hold > 0) FROM counts"


@dataclass(frozen=True, slots=True)
class Group:
    """What one author or thread has: all comments, and those that ask for action."""

    name: str
    total: int
    review: int
    hold: int

    @property
    def asked(self) -> int:
        """How many ask for review or hold."""
        return self.review + self.hold


class GroupCounts:
    """Counts of each name; those of many names lie in a file that has no name.

    Exact, as no sketch would be: a moderator acts on them. The file is SQLite's own
    temporary one, which the system removes whatever ends the process.
    """

    def __init__(self, *, most_held: int = _MOST_HELD) -> None:
        self._most_held = most_held
        self._held: dict[str, list[int]] = {}
        self._connection: sqlite3.Connection | None = None
        self.named = 0
        self.unnamed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    def add(self, name: str | None, action: int) -> None:
        """Count a comment; ``action`` is a place in ``model.actions.ACTIONS``."""
        key = name.strip() if name else ""
        if not key:
            self.unnamed += 1
            return
        self.named += 1
        counts = self._held.get(key)
        if counts is None:
            if len(self._held) >= self._most_held:
                self._flush()
            counts = self._held[key] = [0, 0, 0]
        counts[0] += 1
        if action == _REVIEW:
            counts[1] += 1
        elif action == _HOLD:
            counts[2] += 1

    def top(self, most: int) -> list[Group]:
        """Return those with the most comments that ask for an action; none without."""
        with self._on_disk() as connection:
            return [
                Group(name.decode("utf-8", "surrogatepass"), total, review, hold)
                for name, total, review, hold in connection.execute(_TOP, (most,))
            ]

    def sizes(self) -> tuple[int, int]:
        """Return how many names there are, and how many of them ask for an action."""
        with self._on_disk() as connection:
            names, asking = connection.execute(_SIZES).fetchone()
            return names, asking or 0

    def _flush(self) -> None:
        with self._on_disk():
            pass

    @contextmanager
    def _on_disk(self) -> Iterator[sqlite3.Connection]:
        """Yield the table with every count in it."""
        try:
            if self._connection is None:
                self._connection = _open()
            # In order, since neighbours share a page of the file.
            rows = sorted(
                (name.encode("utf-8", "surrogatepass"), *counts)
                for name, counts in self._held.items()
            )
            self._connection.execute("BEGIN")
            self._connection.executemany(_ADD, rows)
            self._connection.execute("COMMIT")
            self._held.clear()
            yield self._connection
        except sqlite3.Error as error:
            raise OutputError(
                f"cannot count names in a file in {tempfile.gettempdir()}: {error}"
            ) from error


def _open() -> sqlite3.Connection:
    # A database without a name is a temporary file, in memory while it is small.
    connection = sqlite3.connect("", isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute(_SCHEMA)
    return connection
