"""Comments from JSON lines: one object on each line."""

import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from labels.rows import Column, Fault, Naming, Row
from labels.text_lines import bad_byte, read_lines

MOST_LEVELS: Final = 200
"""How deep a line may be nested; far deeper ones cannot be written back."""

_INT64: Final = range(-(2**63), 2**63)
# The integers that a float holds exactly, so that one column can hold both.
_EXACT: Final = range(-(2**53), 2**53 + 1)
_LARGE: Final = "large"
_NAMES: Final[dict[type, str]] = {
    bool: "bool",
    int: "int64",
    float: "float64",
    str: "string",
}
# Control characters inside strings are not JSON, but they are somebody's comment.
_DECODER: Final = json.JSONDecoder(strict=False)


class JsonlComments:
    """The objects of a JSON-lines file; blank lines are skipped."""

    unit: Final = "line"
    total: Final = None

    def __init__(self, stream: BinaryIO, naming: Naming) -> None:
        self._stream = stream
        self._naming = naming

    def columns(self) -> Sequence[Column]:
        """Return every field that any row has, by reading the file once through.

        Objects, arrays and fields of several types become text. Call it before
        iterating, on a stream that can be sought.
        """
        begin = self._stream.tell()
        types: dict[str, set[str]] = {}
        for row in self:
            if isinstance(row, Row):
                for name, value in row.fields.items():
                    types.setdefault(name, set()).update(_type_names(value))
        self._stream.seek(begin)
        return [Column(name, _common(found)) for name, found in types.items()]

    def __iter__(self) -> Iterator[Row | Fault]:
        ordinal = 0
        for number, line in enumerate(read_lines(self._stream), start=1):
            if line.isspace():
                continue
            ordinal += 1
            yield self._row(number, ordinal, line)

    def _row(self, number: int, ordinal: int, line: str) -> Row | Fault:
        try:
            fields = _decoded(line)
        except RecursionError:
            return Fault(number, f"is nested deeper than {MOST_LEVELS} levels")
        except UnicodeError as error:
            return Fault(number, str(error))
        except json.JSONDecodeError as error:
            what = error.msg[:1].lower() + error.msg[1:]
            return Fault(number, f"is not JSON (column {error.colno}: {what})")
        except ValueError:
            return Fault(number, "holds a number of too many digits")
        if not isinstance(fields, dict):
            return Fault(number, "is not a JSON object")
        return self._naming.row(number, ordinal, fields, fields)


def _decoded(line: str) -> object:
    """Return the value on a line.

    Raises:
        RecursionError: if it is nested too deep to be written back.
        UnicodeError: if a byte of it is not UTF-8.
        ValueError: if it is not JSON, or holds a number of thousands of digits.
    """
    if reason := bad_byte(line):
        raise UnicodeError(reason)
    value: object = _DECODER.decode(line)
    if line.count("[") + line.count("{") > MOST_LEVELS and _is_deep(value):
        raise RecursionError
    return value


def _is_deep(value: object) -> bool:
    """Tell whether a value is nested deeper than allowed, without recursion."""
    level = [value]
    for _ in range(MOST_LEVELS):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return False
    return True


def _children(value: object) -> Sequence[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else ()


def _type_names(value: object) -> set[str]:
    if value is None:
        return set()
    if type(value) is int and value not in _EXACT:
        return {_LARGE if value in _INT64 else "string"}
    return {_NAMES.get(type(value), "string")}


def _common(types: set[str]) -> str:
    """Return the type that holds every value of a field unchanged."""
    if len(types) == 1 and types != {_LARGE}:
        return next(iter(types))
    if types and types <= {"int64", _LARGE}:
        return "int64"
    return "float64" if types == {"int64", "float64"} else "string"
