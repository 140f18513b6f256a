"""Gathers days into periods that a person can take in: days, weeks or months."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

DAY: Final = "day"
WEEK: Final = "week"
MONTH: Final = "month"

_MOST_DAYS: Final = 62
_MOST_WEEKS: Final = 104
_WEEK: Final = 7

Counts = NDArray[np.int64]


def unit_for(first: date, last: date) -> str:
    """Return the shortest period of which a span has no more than fit on a page.

    >>> unit_for(date(2013, 3, 4), date(2013, 3, 4))
    'day'
    """
    days = (last - first).days + 1
    if days <= _MOST_DAYS:
        return DAY
    return WEEK if days <= _MOST_WEEKS * _WEEK else MONTH


def periods(by_day: Mapping[date, Counts]) -> tuple[str, dict[date, Counts]]:
    """Return the unit and the counts of each period, by its first day, in order.

    Periods without a comment are there too. A week begins on Monday.
    """
    if not by_day:
        return DAY, {}
    first, last = min(by_day), max(by_day)
    unit = unit_for(first, last)
    nothing = np.zeros_like(by_day[first])
    counts = {day: nothing.copy() for day in _begins(first, last, unit)}
    for day in sorted(by_day):
        counts[_begin(day, unit)] += by_day[day]
    return unit, counts


def shown_period(begin: date, unit: str) -> str:
    """Return what a period is called.

    >>> shown_period(date(2013, 3, 1), "month"), shown_period(date(2013, 3, 4), "week")
    ('2013-03', '2013-03-04')
    """
    return begin.isoformat()[:7] if unit == MONTH else begin.isoformat()


def _begin(day: date, unit: str) -> date:
    if unit == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == MONTH else day


def _begins(first: date, last: date, unit: str) -> Iterator[date]:
    begin = _begin(first, unit)
    while begin <= last:
        yield begin
        # No month has over 31 days, nor do two have fewer than 59.
        step = {DAY: 1, WEEK: _WEEK}.get(unit, 31)
        begin = _begin(begin + timedelta(days=step), unit)
