"""Threads that answer requests, in lanes, so that slow work holds up no quick work."""

import logging
import threading
import time
import traceback
from collections.abc import Callable
from queue import SimpleQueue
from typing import Final

logger = logging.getLogger(__name__)

MOST_SECONDS: Final = 5.0
"""A request that waited longer is refused: whoever sent it has given up by then."""

Job = Callable[[float], None]
"""Work that is told how many seconds it waited."""


class Lane:
    """A few threads and a queue before them that never grows beyond ``most``.

    ``waiting`` and ``offer`` belong to one thread, that of the event loop; the
    threads of the lane only take.
    """

    def __init__(self, name: str, *, threads: int, most: int) -> None:
        self.name = name
        self.most = most
        self._jobs: SimpleQueue[tuple[float, Job]] = SimpleQueue()
        for number in range(threads):
            threading.Thread(
                target=self._work, name=f"{name}-{number}", daemon=True
            ).start()

    @property
    def waiting(self) -> int:
        """How many requests no thread has taken up yet; an estimate, never negative."""
        return self._jobs.qsize()

    def offer(self, job: Job) -> bool:
        """Queue a job; False if too many wait already."""
        if self._jobs.qsize() >= self.most:
            return False
        self._jobs.put((time.monotonic(), job))
        return True

    def _work(self) -> None:
        while True:
            queued_at, job = self._jobs.get()
            try:
                job(time.monotonic() - queued_at)
            except Exception as error:  # noqa: BLE001 - see below
                # A lane that lost its threads one by one would go silent. The error's
                # own message may quote a comment, so it is left out.
                frames = "".join(traceback.format_tb(error.__traceback__))
                kind = type(error).__name__
                logger.error(  # noqa: TRY400 - see above
                    "lane %s failed with %s\n%s", self.name, kind, frames
                )
