"""Counts requests in windows of time: in memory, or in Redis for several machines."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from math import ceil
from threading import Lock
from typing import Final, Protocol

from limits import RateLimitItem, parse
from limits.storage import RedisStorage

from labels.settings import Settings

logger = logging.getLogger(__name__)

_MOST_NAMES: Final = 100_000
_REDIS_SECONDS: Final = 0.25
_PAUSE_SECONDS: Final = 5.0
_EXPOSED_LIMIT: Final = "6000/minute"


@dataclass(frozen=True, slots=True)
class Window:
    """How far a caller is in the present window.

    Attributes:
        limit: the most requests in a window.
        count: the requests so far, this one among them.
        seconds: how long the window goes on.
    """

    limit: int
    count: int
    seconds: int

    @property
    def remaining(self) -> int:
        """How many more requests the window has."""
        return max(0, self.limit - self.count)

    @property
    def is_over(self) -> bool:
        """Whether this request is one too many."""
        return self.count > self.limit


class Counter(Protocol):
    """Counts the requests of whoever has a name."""

    def hit(self, name: str) -> Window:
        """Count a request and return the window that it falls into."""


class MemoryCounter:
    """Counts in this process; every thread shares it.

    The clock is one that nobody sets: where the machine's own jumps, no window gets
    longer. Names beyond the bound push the oldest windows out.
    """

    def __init__(
        self, item: RateLimitItem, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the limit, and a clock in seconds that never goes back."""
        self._limit, self._length = item.amount, item.get_expiry()
        self._clock = clock
        self._windows: dict[str, tuple[float, int]] = {}
        self._lock = Lock()

    def hit(self, name: str) -> Window:
        """Count a request and return the window that it falls into."""
        now = self._clock()
        with self._lock:
            end, count = self._windows.get(name, (now, 0))
            if end <= now:
                end, count = now + self._length, 0
                self._windows.pop(name, None)
                self._make_room(now)
            count += 1
            self._windows[name] = (end, count)
        return Window(self._limit, count, ceil(end - now))

    def _make_room(self, now: float) -> None:
        if len(self._windows) < _MOST_NAMES:
            return
        self._windows = {
            name: window for name, window in self._windows.items() if window[0] > now
        }
        excess = len(self._windows) - _MOST_NAMES // 2
        for name in list(islice(self._windows, max(0, excess))):
            del self._windows[name]


class RedisCounter:
    """Counts in Redis, for all workers and machines that share it.

    While Redis does not answer, each process counts for itself.
    """

    def __init__(self, item: RateLimitItem, url: str) -> None:
        """Take the limit and where Redis is; it is not asked yet."""
        self._item = item
        import_module("redis")  # or limits says less clearly what is missing
        self._storage = RedisStorage(
            url,
            socket_timeout=_REDIS_SECONDS,
            socket_connect_timeout=_REDIS_SECONDS,
            wrap_exceptions=True,
        )
        self._alone = MemoryCounter(item)
        self._down_until = 0.0

    def hit(self, name: str) -> Window:
        """Count a request and return the window that it falls into."""
        if time.monotonic() >= self._down_until:
            try:
                return self._ask(name)
            except Exception as error:  # noqa: BLE001 - a limit never stops the service
                self._down_until = time.monotonic() + _PAUSE_SECONDS
                kind = type(error).__name__
                logger.error("each worker counts requests for itself: %s", kind)  # noqa: TRY400
        return self._alone.hit(name)

    def _ask(self, name: str) -> Window:
        key = self._item.key_for(name)
        count = self._storage.incr(key, self._item.get_expiry())
        seconds = ceil(self._storage.get_expiry(key) - time.time())
        # Redis may be on a machine whose clock is another.
        bounded = min(max(seconds, 1), self._item.get_expiry())
        return Window(self._item.amount, count, bounded)


def make_counter(settings: Settings) -> Counter | None:
    """Return what counts by the settings; None where nothing is limited."""
    limit = settings.rate_limit
    if limit is None:
        limit = _EXPOSED_LIMIT if settings.is_exposed else "off"
    if limit == "off":
        return None
    item = parse(limit)
    if settings.rate_limit_storage == "memory":
        return MemoryCounter(item)
    return RedisCounter(item, settings.rate_limit_storage)
