"""Finds what is wrong with a functional suite."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from labels.rows import Fault
from labels.suites import LOCKED, OPEN
from labels.table_rows import BROKEN, Lines, SuiteRow, row_faults

_HEADER: Final = 1


def suite_faults(lines: Lines) -> Iterator[Fault]:
    """Yield every fault of one suite."""
    ids: set[str] = set()
    parts: dict[str, str] = {}
    for line, row in lines:
        if row is None:
            yield Fault(line, BROKEN)
            continue
        for reason in row_faults(SuiteRow, row):
            yield Fault(line, reason)
        if row["id"] in ids:
            yield Fault(line, f"id {row['id']!r} was used before")
        ids.add(row["id"])
        function, part = row["function"], row["part"]
        if parts.setdefault(function, part) != part:
            begun = parts[function]
            reason = f"function {function!r} is {part} here and {begun} before"
            yield Fault(line, reason)
    yield from _half_faults(Counter(parts.values()))


def _half_faults(functions: Counter[str]) -> Iterator[Fault]:
    """Yield a fault if the open half and the locked one are no halves."""
    is_open, is_locked = functions[OPEN], functions[LOCKED]
    if abs(is_open - is_locked) > 1:
        yield Fault(
            _HEADER,
            f"{is_open} functions are {OPEN} and {is_locked} {LOCKED}; "
            "they should be half and half",
        )
