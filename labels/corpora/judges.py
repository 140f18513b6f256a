"""Says what the cells of a published row mean for our labels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from labels.corpora.tables import Cells

Shares = Mapping[str, float | None]
"""The share of annotators who gave a label; a label that is not named is unknown."""


class LeftOutError(Exception):
    """A row says nothing that we can use; the message is the reason, a few words."""


@dataclass(frozen=True, slots=True)
class Judge:
    """How a corpus is labelled.

    Attributes:
        columns: what ``shares`` looks at; a file without one of them is another file.
        shares: returns a row's shares, or raises ``LeftOutError``.
    """

    columns: tuple[str, ...]
    shares: Callable[[Cells], Shares]


def one_or_zero(label: str) -> dict[str, Shares]:
    """Return what a column means that holds 1 where ``label`` was given and else 0."""
    return {"1": {label: 1.0}, "0": {label: 0.0}}


def by_value(table: Mapping[str, Mapping[str, Shares | None]]) -> Judge:
    """Return the judge of a table: column, its values, what each of them means.

    A value that means None leaves its row out. Where several columns speak of one
    label the largest share counts.

    >>> judge = by_value({"cruel": one_or_zero("abuse"), "vile": one_or_zero("abuse")})
    >>> judge.shares({"cruel": "0", "vile": "1"})
    {'abuse': 1.0}
    """

    def shares(cells: Cells) -> Shares:
        found: dict[str, float | None] = {}
        for column, values in table.items():
            for label, share in _meaning(column, cells[column], values).items():
                found[label] = max(share or 0.0, found.get(label) or 0.0)
        return found

    return Judge(tuple(table), shares)


def _meaning(column: str, cell: str, values: Mapping[str, Shares | None]) -> Shares:
    value = cell.strip()
    if value not in values:
        raise unknown_label(column)
    meaning = values[value]
    if meaning is None:
        raise LeftOutError(f"{column} is {value}")
    return meaning


def unknown_label(column: str) -> LeftOutError:
    """Return the error for a value that the corpus's authors do not describe.

    It does not show the value: in a damaged row that may be somebody's words.
    """
    return LeftOutError(f"label unknown ({column})")
