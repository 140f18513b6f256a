"""Lays rows out as a table for the terminal."""

from collections.abc import Sequence


def lay_out(rows: Sequence[Sequence[str]], *, words: int = 1) -> str:
    """Line the columns up; the first ``words`` of them to the left, numbers right.

    >>> print(lay_out([("label", "n"), ("abuse", "12")]))
    label   n
    abuse  12
    """
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
