"""Numbers that every worker adds to in a row of its own, and any of them can sum."""

import mmap
from collections.abc import MutableSequence, Sequence
from typing import Final, cast

_COLUMNS: Final = 16_384
_ITEM_BYTES: Final = 8


class SharedTable:
    """Rows of floating-point numbers in memory that outlives any worker.

    It is made before the workers are forked. A worker that takes the place of a lost
    one goes on with its row, so that no count ever falls. Pages that nobody writes to
    take no memory.
    """

    def __init__(self, rows: int) -> None:
        memory = mmap.mmap(-1, rows * _COLUMNS * _ITEM_BYTES)
        whole = memoryview(memory).cast("d")
        self._rows = [
            whole[row * _COLUMNS : (row + 1) * _COLUMNS] for row in range(rows)
        ]

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, number: int) -> MutableSequence[float]:
        """Return one row, to read and to write."""
        return cast("MutableSequence[float]", self._rows[number])

    def column(self, number: int) -> Sequence[float]:
        """Return what every row has in one column."""
        return [row[number] for row in self._rows]

    def total(self, number: int) -> float:
        """Return the sum of a column."""
        return sum(self.column(number))
