"""Finds what is wrong with a table of comments, row by row and between rows."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from labels.rows import Fault
from labels.table_rows import BROKEN, CommentRow, Lines, row_faults


def comment_faults(lines: Lines, judged: Collection[str]) -> Iterator[Fault]:
    """Yield every fault of ``comments.csv``.

    ``judged`` holds the ids of the comments that somebody judged.
    """
    ids: set[str] = set()
    for line, row in lines:
        if row is None:
            yield Fault(line, BROKEN)
            continue
        for reason in row_faults(CommentRow, row):
            yield Fault(line, reason)
        if row["id"] in ids:
            yield Fault(line, f"id {row['id']!r} was used before")
        elif row["id"] not in judged:
            yield Fault(line, f"comment {row['id']!r} has no judgement")
        ids.add(row["id"])
    yield from _lonely_pairs(lines)
    yield from _torn("pair", "pair_id", lines)
    yield from _torn("batch", "batch", lines)


def _lonely_pairs(lines: Lines) -> Iterator[Fault]:
    for pair, members in _by("pair_id", lines).items():
        if len(members) == 1:
            yield Fault(members[0][0], f"pair {pair!r} has no second comment")


def _torn(noun: str, column: str, lines: Lines) -> Iterator[Fault]:
    """Yield a fault where a group first stands in another split than it began in.

    A model that has seen one half of such a group knows the other half.
    """
    for group, members in _by(column, lines).items():
        _, begun = members[0]
        for line, split in members:
            if split != begun:
                reason = f"{noun} {group!r} is in {split} here and in {begun} before"
                yield Fault(line, reason)
                break


def _by(column: str, lines: Lines) -> dict[str, list[tuple[int, str]]]:
    """Return the line and split of the rows that share a value, blanks aside."""
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line, row in lines:
        if row is not None and row[column]:
            groups[row[column]].append((line, row["split"]))
    return groups
