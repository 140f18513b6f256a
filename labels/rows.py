"""What reading a file of comments yields: rows, faults, and the columns they have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, runtime_checkable

from labels.comments import Comment
from labels.errors import InputError

DEFAULT_TEXT_COLUMN: Final = "text"
DEFAULT_ID_COLUMN: Final = "id"

PARENT_TEXT: Final = "parent_text"
OPTIONAL: Final = ("author", "time", "thread", "parent_id", PARENT_TEXT)
"""Columns that say more of a comment, where a file has them."""

# A record of a million fields must not make a line of a million names.
_MOST_NAMES: Final = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A comment beside everything its file holds of it.

    Attributes:
        number: where it stands: the line it begins on (a header is line 1), or the
            row number where a file has no lines.
        comment: what is scored.
        fields: every field of the input, text and id too, unchanged and in order.
            One of a type that JSON lacks is an Arrow array of length one.
    """

    number: int
    comment: Comment
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that was left out: its number, counted as in ``Row``, and one clause."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``type`` is an Arrow type, or the name of one."""

    name: str
    type: object = "string"


class CommentSource(Protocol):
    """An opened file of comments; iterate it once, row by row, in input order."""

    @property
    def unit(self) -> str:
        """What the numbers of its rows count: ``line`` or ``row``."""

    @property
    def total(self) -> int | None:
        """How many rows there are, where that is known before they are read."""

    def columns(self) -> Sequence[Column]:
        """Return every column that its rows may have; may read the file through."""

    def __iter__(self) -> Iterator[Row | Fault]:
        """Yield each row, or the fault that stands in its place."""


@runtime_checkable
class ColumnSource(CommentSource, Protocol):
    """A source that has its rows as columns too."""

    @property
    def text_column(self) -> str:
        """Which column holds the comments."""

    def record_batches(self, *, skip: int = 0) -> Iterator[tuple[Any, list[Fault]]]:
        """Yield Arrow record batches of the rows after ``skip``, and their faults."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Which columns hold the text and the id of a comment."""

    text: str = DEFAULT_TEXT_COLUMN
    id: str = DEFAULT_ID_COLUMN

    def check(self, columns: Sequence[str], name: str) -> None:
        """Check the header of the file called ``name``.

        An absent id column is an error only where somebody asked for it by name.

        Raises:
            InputError: if the text column is absent or a column occurs twice.
        """
        twice = [column for column in columns if columns.count(column) > 1]
        if twice:
            raise InputError(
                f"{name} has two columns called {twice[0]!r}; rename one of them"
            )
        if self.text not in columns:
            raise InputError(
                f"{name} has no column {self.text!r}; it has {_listed(columns)}: say "
                "which one holds the comments with --text-column"
            )
        if self.id not in columns and self.id != DEFAULT_ID_COLUMN:
            raise InputError(
                f"{name} has no column {self.id!r}; it has {_listed(columns)}: say "
                "which one names the comments with --id-column, or leave it out"
            )

    def row(
        self,
        number: int,
        ordinal: int,
        fields: Mapping[str, object],
        known: Mapping[str, object],
    ) -> Row | Fault:
        """Return the row that the fields make, or what is wrong with them.

        Args:
            number: where the row stands in its file.
            ordinal: the id of a comment that has none.
            fields: what the row carries on to the output.
            known: the same, but for values that JSON lacks in columns we know.
        """
        text = known.get(self.text)
        if not isinstance(text, str):
            return Fault(number, self._text_fault(known))
        comment_id = known.get(self.id)
        if isinstance(comment_id, bool | dict | list):
            return Fault(number, f"{self.id!r} is neither a string nor a number")
        is_numbered = comment_id is None or comment_id == ""
        known_id = str(ordinal if is_numbered else comment_id)
        rest: dict[str, Any] = {
            name: known_text(known[name]) for name in OPTIONAL if name in known
        }
        return Row(number, Comment(known_id, text, **rest), fields)

    def _text_fault(self, values: Mapping[str, object]) -> str:
        if self.text not in values:
            return f"has no field {self.text!r}; it has {_listed(list(values))}"
        if values[self.text] is None:
            return f"{self.text!r} is null"
        return f"{self.text!r} is not a string"


def known_text(value: object) -> str | None:
    """Return what is known, as text; a blank cell, like a null, says nothing."""
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int | float) else None


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name) for name in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return (f"{shown} and {more:,} more" if more > 0 else shown) or "none"
