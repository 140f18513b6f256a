"""Reads JSON as loosely as Google's servers: names unquoted, commas before ends."""

import json
import math
from typing import Any, Final, NoReturn

import pyjson5

from serve.bodies import DEEPEST, current_body, is_unwieldy
from serve.perspective.refusals import unreadable

_LONGEST_LENIENT: Final = 1024 * 1024


def read_lenient_json() -> Any:
    """Return what the body of this request says, whatever its Content-Type is.

    A body of nothing is an empty object. What is JSON is read as JSON; only the rest
    is read as JSON5, which has the liberties that Google's own examples take.

    Raises:
        PerspectiveError: if it is neither, or nests deeper than any request.
    """
    body = current_body()
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(f"byte {error.start} of the body is not UTF-8") from None
    if not text.strip():
        return {}
    if is_unwieldy(body):
        raise unreadable("the body nests too deep or holds too many values")
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except ValueError as error:
        if len(text) <= _LONGEST_LENIENT:
            return _read_json5(text, str(error))
        raise unreadable(f"{error}") from None


def _read_json5(text: str, fault: str) -> Any:
    try:
        said = pyjson5.decode(text, maxdepth=DEEPEST)
    except (pyjson5.Json5Exception, ValueError, OverflowError):
        raise unreadable(fault) from None
    if not _is_finite(said):
        raise unreadable("Infinity and NaN are no JSON values")
    return said


def _is_finite(said: Any) -> bool:
    if isinstance(said, dict):
        return all(map(_is_finite, said.values()))
    if isinstance(said, list):
        return all(map(_is_finite, said))
    return not isinstance(said, float) or math.isfinite(said)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")
