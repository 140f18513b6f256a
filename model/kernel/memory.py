"""Memory for tables that are read at random: in pages of two megabytes where it can be.

A look-up in a table of many megabytes costs more for the address than for the cell,
if every four kilobytes have an address of their own.
"""

import mmap
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_HUGE: Final = 2 << 20
_LINE: Final = 64


class Arena:
    """A stretch of memory that arrays are copied into; it is as long as they live."""

    def __init__(self, size: int) -> None:
        memory = mmap.mmap(-1, size + _HUGE)
        if hasattr(mmap, "MADV_HUGEPAGE"):
            memory.madvise(mmap.MADV_HUGEPAGE)
        self._bytes = np.frombuffer(memory, np.uint8)
        self._used = -self._bytes.ctypes.data % _HUGE

    def copied(self, value: Any) -> Any:
        """Return an array, or a tuple of such, that lies here; other values stay.

        A read-only array stays read-only.
        """
        if isinstance(value, tuple):
            copies = map(self.copied, value)
            return type(value)(*copies) if hasattr(value, "_fields") else tuple(copies)
        if not isinstance(value, np.ndarray):
            return value
        return self._copy(value)

    def _copy(self, array: NDArray[Any]) -> NDArray[Any]:
        first, last = self._used, self._used + array.nbytes
        copy = self._bytes[first:last].view(array.dtype).reshape(array.shape)
        copy[...] = array
        copy.flags.writeable = array.flags.writeable
        self._used = -(-last // _LINE) * _LINE
        return copy


def size_of(value: Any) -> int:
    """Return how much room a value takes in an arena."""
    if isinstance(value, tuple):
        return sum(map(size_of, value))
    return value.nbytes + _LINE if isinstance(value, np.ndarray) else 0


def in_huge_pages(value: Any) -> Any:
    """Return a tuple of arrays, copied into an arena of its own."""
    return Arena(size_of(value)).copied(value)
