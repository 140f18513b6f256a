"""Values of types that JSON lacks (dates, decimals, bytes), said in JSON's types.

They come from Parquet as Arrow arrays of length one, which need no import of Arrow
here: whoever holds one has loaded it.
"""

import base64
import datetime
from typing import Any


def to_plain(value: Any) -> object:
    r"""Return a value as JSON has it; what JSON has already comes back as it is.

    Dates and times become ISO 8601, bytes become the UTF-8 they hold or else Base64,
    anything else its own words.

    >>> to_plain(datetime.date(2013, 3, 4)), to_plain(b"valley"), to_plain(b"\xff")
    ('2013-03-04', 'valley', '/w==')
    """
    if value is None or isinstance(value, str | int | float | list | dict):
        return value
    if hasattr(value, "to_pylist"):
        return to_plain(_only_value(value))
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return _bytes_as_text(value)
    return str(value)


def _only_value(array: Any) -> object:
    try:
        value = array.to_pylist()[0]
    except ValueError:
        # Python's datetime has no nanoseconds; Arrow's own words do.
        return array.cast("string").to_pylist()[0]
    return _without_pandas(value, array)


def _without_pandas(value: Any, array: Any) -> object:
    """Return what Arrow answers where pandas is not installed: the same everywhere."""
    if getattr(value, "nanosecond", 0) or getattr(value, "nanoseconds", 0):
        return array.cast("string").to_pylist()[0]
    if hasattr(value, "to_pytimedelta"):
        return value.to_pytimedelta()
    return value


def _bytes_as_text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return base64.b64encode(value).decode()
