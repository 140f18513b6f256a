"""Reads the day out of a time as it was written; no zone is invented or undone."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum
from typing import Final

_MONTH_NAMES: Final = "jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec"
_MONTHS: Final = {
    name: number for number, name in enumerate(_MONTH_NAMES.split(","), start=1)
}
_NAME: Final = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY: Final = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>\d{4})\b"
_CLOCK: Final = r"\d{1,2}:\d{2}(?::\d{2})?\s+(?:[+-]\d{4}\s+|[A-Z]{3,4}\s+)?"

_YEAR_FIRST: Final = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)"
)
_COMPACT: Final = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T\d{4,6}(?:Z|[+-]\d{2,4})?)?"
)
_NAMED: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_NAME}\s+{_DAY}\b,?\s+{_YEAR}",
        rf"{_DAY}[\s-]+(?:of\s+)?{_NAME},?[\s-]+{_YEAR}",
        rf"\b{_NAME}\s+{_DAY}\s+{_CLOCK}{_YEAR}",
    )
)
_YEAR_LAST: Final = re.compile(
    r"(?<!\d)(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)"
    r"(?P<year>\d{4})(?!\d)"
)
# Ten digits are seconds, thirteen milliseconds since 1970, from 2001 on.
_UNIX: Final = re.compile(r"(?P<seconds>\d{10})(?:\d{3})?(?:\.\d+)?")
_RELATIVE: Final = re.compile(
    r"\bago\b|\byesterday\b|\btoday\b|\bjust now\b", re.IGNORECASE
)
_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

# No date is longer; what is longer is something else, and is not searched.
_LONGEST: Final = 80
# Before there was a web, and after anybody reads this: a fault of whoever wrote it.
_YEARS: Final = range(1970, 2100)
_MONTHS_OF_YEAR: Final = 12


class Unread(Enum):
    """Why no day is known of a time; the value is what a person is told."""

    UNREADABLE = "unreadable"
    AMBIGUOUS = "day or month first, as in 03/04/2013"
    RELATIVE = "relative, such as 2 hours ago"


class DayOrder(Enum):
    """What stands first in a date such as 03/04/2013."""

    UNKNOWN = "unknown"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def day_of(written: str, order: DayOrder = DayOrder.UNKNOWN) -> date | Unread:
    """Return the day that a time names, as it stands there.

    Year first (ISO 8601 and its like), months by their English names, or seconds or
    milliseconds since 1970, whose day is that in UTC. A date in digits with the year
    last is read where a number over 12 tells day from month, and else by ``order``.

    >>> day_of("Mar 4, 2013 - 6:12AM"), day_of("03/04/2013") is Unread.AMBIGUOUS
    (datetime.date(2013, 3, 4), True)
    """
    text = _INVISIBLE.sub("", written).strip()
    if len(text) > _LONGEST:
        return Unread.UNREADABLE
    for read in _READERS:
        found = read(text)
        if found is not None:
            return found
    if last := _YEAR_LAST.search(text):
        return _year_last(last, order)
    return Unread.RELATIVE if _RELATIVE.search(text) else Unread.UNREADABLE


def _year_first(text: str) -> date | Unread | None:
    found = _YEAR_FIRST.match(text) or _COMPACT.fullmatch(text)
    if found is None:
        return None
    return _date(found["year"], found["month"], found["day"])


def _unix(text: str) -> date | Unread | None:
    found = _UNIX.fullmatch(text)
    if found is None:
        return None
    return datetime.fromtimestamp(int(found["seconds"]), UTC).date()


def _named(text: str) -> date | Unread | None:
    for form in _NAMED:
        if found := form.search(text):
            month = _MONTHS[found["name"][:3].lower()]
            return _date(found["year"], month, found["day"])
    return None


def _year_last(found: re.Match[str], order: DayOrder) -> date | Unread:
    one, two = int(found["one"]), int(found["two"])
    is_told = one == two or max(one, two) > _MONTHS_OF_YEAR
    if not is_told and order is DayOrder.UNKNOWN:
        return Unread.AMBIGUOUS
    is_day_first = one > two if is_told else order is DayOrder.DAY_FIRST
    day, month = (one, two) if is_day_first else (two, one)
    return _date(found["year"], month, day)


def _date(year: str | int, month: str | int, day: str | int) -> date | Unread:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return Unread.UNREADABLE
    return found if found.year in _YEARS else Unread.UNREADABLE


_READERS: Final[tuple[Callable[[str], date | Unread | None], ...]] = (
    _year_first,
    _unix,
    _named,
)
