"""Tells the date line of a comment on a saved page from any other line."""

import re
from typing import Final

_MONTH: Final = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY: Final = (
    "(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?"
    r"|Sat(?:urday)?|Sun(?:day)?)\.?,?\s+"
)
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH_DAY: Final = rf"(?:{_MONTH}\s+{_DAY}|{_DAY}[\s-]+(?:of\s+)?{_MONTH})"
_DATE: Final = (
    rf"(?:{_MONTH_DAY}[,\s-]\s*\d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    r"|yesterday|today)"
)
_CLOCK: Final = (
    r"\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?"
    r"(?:\s*(?:Z|\(?[A-Z]{2,5}\)?|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?))?"
)
_BETWEEN: Final = r"(?:\s*(?:,|-|\u2013|\u2014|\||\u00b7|\bat\b|@|T)\s*|\s+)"
_AGO: Final = (
    r"(?:just\s+now|(?:about\s+|over\s+|almost\s+)?(?:\d+|an?|a\s+few)\s*"
    r"(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|mo|year|yr|[smhdwy])s?\s+ago)"
)
_DATE_LINE: Final = re.compile(
    rf"(?:(?:posted|published)\s+)?(?:on\s+)?(?:{_WEEKDAY})?"
    rf"(?:{_DATE}(?:{_BETWEEN}{_CLOCK})?|{_MONTH_DAY}{_BETWEEN}{_CLOCK}"
    rf"|{_CLOCK}{_BETWEEN}{_DATE}|{_AGO})\.?",
    re.IGNORECASE,
)
_RELATIVE_DAY: Final = re.compile(r"(?:yesterday|today)\.?", re.IGNORECASE)

# The longest that the pattern should ever see: no date is longer.
_LONGEST: Final = 60
# Pages in right-to-left scripts set these around dates; they have no width.
_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def is_date(line: str) -> bool:
    """Tell whether a line is a date, with or without a time of day, and no more.

    English forms, absolute or relative. A bare "today" is a word that people write
    in lists, so it needs a time of day.

    >>> [is_date(line) for line in ("Mar 4, 2013 - 6:12AM", "2 hours ago", "Today")]
    [True, True, False]
    """
    stripped = _INVISIBLE.sub("", line).strip()
    if len(stripped) > _LONGEST or _RELATIVE_DAY.fullmatch(stripped):
        return False
    return _DATE_LINE.fullmatch(stripped) is not None
