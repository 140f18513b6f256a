"""Turns values into what a cell or a line of an output file can hold."""

import json
import math
import re
from collections.abc import Mapping
from typing import Final

from labels.foreign_values import to_plain

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, default=to_plain
)


def to_json(value: object) -> str:
    """Return a value as JSON on one line, in Unicode; surrogates stay as they are.

    >>> to_json({"score": 0.5, "ratio": float("nan")})
    '{"score": 0.5, "ratio": null}'
    """
    try:
        return _ENCODER.encode(value)
    except ValueError:
        return _ENCODER.encode(_finite(value))


def as_cell(value: object) -> str | None:
    """Return a value as the text of a cell: a string as it is, all else as JSON."""
    plain = to_plain(value)
    if plain is None or isinstance(plain, str):
        return plain
    if isinstance(plain, float):
        return repr(plain)
    return to_json(plain)


def without_surrogates(text: str) -> str:
    """Return a text with U+FFFD for each lone surrogate."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def _finite(value: object) -> object:
    """Return a value with null for each number that JSON lacks."""
    plain = to_plain(value)
    if isinstance(plain, float) and not math.isfinite(plain):
        return None
    if isinstance(plain, Mapping):
        return {name: _finite(item) for name, item in plain.items()}
    if isinstance(plain, list):
        return [_finite(item) for item in plain]
    return plain
