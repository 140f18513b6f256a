"""Does what is left to do when a process ends, be it a worker or one by itself."""

from collections.abc import Callable
from multiprocessing.util import Finalize
from typing import Final

_EARLY: Final = 10


def at_end(finish: Callable[[], None]) -> None:
    """Call ``finish`` when this process ends in good order.

    ``atexit`` would not do: a process that ``multiprocessing`` forked, as workers are,
    ends without it.
    """
    Finalize(None, finish, exitpriority=_EARLY)
