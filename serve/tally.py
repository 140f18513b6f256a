"""Counts what a worker does, where every other worker can read it."""

import threading
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from labels.schema import LABELS
from model.scorer import Score
from serve.shared_table import SharedTable

STATUSES: Final = (
    *(200, 201, 204, 304, 400, 401, 403, 404, 405, 408, 409, 413, 415, 429),
    *(500, 503),
)
OTHER: Final = "other"
"""Stands for an endpoint or a status that is none of those known at the start."""

BUCKETS: Final = (
    *(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
)
"""Upper bounds of the latency histogram, in seconds; above them is one more."""

CLASSES: Final = ("2xx", "3xx", "4xx", "5xx")
OVERLOADED: Final = "overloaded"
TOO_SLOW: Final = "too_slow"
TOO_LARGE: Final = "too_large"
REFUSALS: Final = (OVERLOADED, TOO_SLOW, TOO_LARGE)
ACTIONS: Final = ("allow", "review", "hold")
LANES: Final = ("quick", "bulk", "store", "operations")
RELOADS: Final = ("done", "failed")

Series = tuple[str, ...]
"""What a number is of: a name and the values of its labels."""

_FIXED: Final[tuple[Series, ...]] = (
    *(("refusals", reason) for reason in REFUSALS),
    *(("comments", action) for action in ACTIONS),
    *(("flagged", label, action) for label in LABELS for action in ACTIONS[1:]),
    *(("waiting", lane) for lane in LANES),
    *(("reloads", result) for result in RELOADS),
    ("reload_is_failing",),
    ("model_version",),
    ("respawns",),
)
_VERSION_BITS: Final = 52  # what a floating-point number holds whole


class Tally:
    """The numbers of one worker, and through ``total`` those of all.

    Which column a series has depends on nothing but the application's routes, so all
    workers agree. Every method may be called from any thread.
    """

    def __init__(self, table: SharedTable | None = None, row: int = 0) -> None:
        self._table = table if table is not None else SharedTable(1)
        self._row = self._table.row(row)
        self._lock = threading.Lock()
        self._columns: dict[Series, int] = {}
        self.endpoints: tuple[str, ...] = ()
        self._extend(_FIXED)

    def know_endpoints(self, endpoints: Iterable[str]) -> None:
        """Make room for what requests to these endpoints are counted in."""
        self.endpoints = (*sorted(set(endpoints)), OTHER)
        for endpoint in self.endpoints:
            self._extend(
                ("requests", endpoint, str(status)) for status in (*STATUSES, OTHER)
            )
            for status_class in CLASSES:
                self._extend(
                    ("seconds", endpoint, status_class, str(place))
                    for place in range(len(BUCKETS) + 1)
                )
                self._extend([("seconds_sum", endpoint, status_class)])

    def count_request(self, endpoint: str, status: int, seconds: float) -> None:
        """Count an answered request and how long it took, from whole to answered."""
        if ("requests", endpoint, OTHER) not in self._columns:
            endpoint = OTHER
        known = str(status) if status in STATUSES else OTHER
        status_class = f"{min(max(status // 100, 2), 5)}xx"
        place = str(bisect_left(BUCKETS, seconds))
        self._add(("requests", endpoint, known))
        self._add(("seconds", endpoint, status_class, place))
        self._add(("seconds_sum", endpoint, status_class), seconds)

    def count_scores(self, scores: Sequence[Score]) -> None:
        """Count comments by action, and what was flagged by label."""
        for score in scores:
            self._add(("comments", score.action))
            for label in score.reasons:
                self._add(("flagged", label, score.action))

    def count_refusal(self, reason: str) -> None:
        """Count a request that the gateway did not take in."""
        self._add(("refusals", reason))

    def count_reload(self, result: str) -> None:
        """Count an attempt to load another model, and remember how the last ended."""
        self._add(("reloads", result))
        self.set(("reload_is_failing",), float(result != "done"))

    def count_respawn(self) -> None:
        """Count a worker that took the place of a lost one."""
        self._add(("respawns",))

    def show_model(self, version: str) -> None:
        """Remember which model this worker scores with."""
        try:
            number = int(version, 16)
        except ValueError:
            number = 0
        is_exact = number < 2**_VERSION_BITS
        self.set(("model_version",), float(number + 1 if is_exact else 0))

    def model_versions(self) -> list[str]:
        """Return the version that each worker scores with, of those that told."""
        numbers = self._table.column(self._columns["model_version",])
        return [f"{int(number) - 1:012x}" for number in numbers if number]

    def set(self, series: Series, value: float) -> None:
        """Set a number of this worker."""
        self._row[self._columns[series]] = value

    def total(self, series: Series) -> float:
        """Return the sum over all workers."""
        return self._table.total(self._columns[series])

    def _add(self, series: Series, value: float = 1.0) -> None:
        column = self._columns.get(series)
        if column is not None:
            with self._lock:
                self._row[column] += value

    def _extend(self, series: Iterable[Series]) -> None:
        for one in series:
            self._columns[one] = len(self._columns)
