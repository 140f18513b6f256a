"""Reads the files that corpora come as: CSV, TSV or JSON lines, plain or gzipped."""

import csv
import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from labels.errors import InputError

Cells = Mapping[str, str]
"""A row by the names of its columns."""

Line = tuple[int, dict[str, str] | None]
"""The number of the line a row ends on, and its cells; None for a broken row."""

# The longest comment of any corpus is far below this; csv's own limit of 128 KiB
# refuses whole files for one long comment.
_FIELD_LIMIT: Final = 1 << 24


def find_file(place: Path, *names: str) -> Path | None:
    """Return the first of ``names`` that a folder holds, plain or as ``.gz``.

    A place that is a file stands for a folder that holds nothing else.
    """
    if place.is_file():
        return place if place.name.removesuffix(".gz") in names else None
    for name in names:
        for candidate in (place / name, place / f"{name}.gz"):
            if candidate.is_file():
                return candidate
    return None


def read_table(
    path: Path,
    columns: Sequence[str],
    *,
    delimiter: str = ",",
    is_quoted: bool = True,
) -> Iterator[Line]:
    """Yield the rows of a table whose first line names its columns.

    A row is broken if it has too few or too many cells. Cells are what the file
    says, untouched. With ``is_quoted=False`` a quotation mark is an ordinary
    character.

    Raises:
        InputError: if the file cannot be read, or lacks one of ``columns``.
    """
    with _reading(path) as file:
        rows = _rows(file, delimiter, is_quoted=is_quoted)
        _, header = next(rows, (0, []))
        _check_columns(path, header, columns)
        for line, row in rows:
            yield line, _cells(header, row)


def read_tsv(path: Path, columns: Sequence[str]) -> Iterator[Line]:
    """Yield rows as ``read_table`` does, of a file separated by tabs, with quoting.

    Raises:
        InputError: if the file cannot be read, or lacks one of ``columns``.
    """
    return read_table(path, columns, delimiter="\t")


def read_raw_tsv(path: Path, columns: Sequence[str]) -> Iterator[Line]:
    """Yield rows as ``read_table`` does, of a file separated by tabs, unquoted.

    Raises:
        InputError: if the file cannot be read, or lacks one of ``columns``.
    """
    return read_table(path, columns, delimiter="\t", is_quoted=False)


def read_bare_tsv(path: Path, columns: Sequence[str]) -> Iterator[Line]:
    """Yield the rows of a file that names no columns: they are ``columns``, in order.

    Separated by tabs, unquoted. A first line that ends in the last column's name is
    a header that somebody added.

    Raises:
        InputError: if the file cannot be read, or its first line has fewer or more
            cells than there are columns.
    """
    with _reading(path) as file:
        for number, (line, row) in enumerate(_rows(file, "\t", is_quoted=False)):
            if number == 0 and len(row) != len(columns):
                raise InputError(
                    f"{path} has another form; expected {' and '.join(columns)} with "
                    f"a tab between, found {len(row)} cells in the first line"
                )
            if number > 0 or row[-1] != columns[-1]:
                yield line, _cells(columns, row)


def read_json_lines(path: Path, columns: Sequence[str]) -> Iterator[Line]:
    """Yield the objects of a file, one on each line; their values become text.

    A row is broken if it is no JSON object or lacks one of ``columns``.

    Raises:
        InputError: if the file cannot be read, or its first line lacks ``columns``.
    """
    with _reading(path) as file:
        for number, line in enumerate(file, start=1):
            cells = _object(line)
            if number == 1:
                _check_columns(path, list(cells), columns)
            yield number, cells if all(name in cells for name in columns) else None


@contextmanager
def _reading(path: Path) -> Iterator[TextIO]:
    """Open a file as text; say of which file it is that it cannot be read."""
    try:
        with _open(path) as file:
            yield file
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}") from error
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error) as error:
        # The text of an OSError begins with a number and names the path once more.
        told = getattr(error, "strerror", None) or error
        reason = "cut off" if isinstance(error, EOFError) else told
        raise InputError(f"{path} cannot be read: {reason}") from error


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _rows(
    file: TextIO, delimiter: str, *, is_quoted: bool
) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(
        file,
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE,
    )
    for row in reader:
        yield reader.line_num, row


def _cells(header: Sequence[str], row: Sequence[str]) -> dict[str, str] | None:
    return dict(zip(header, row, strict=True)) if len(row) == len(header) else None


def _object(line: str) -> dict[str, str]:
    """Return the object on a line as text; nothing if there is none."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: "" if value is None else str(value) for name, value in found.items()}


def _check_columns(path: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in header]
    if missing:
        raise InputError(
            f"{path} has no column {', '.join(missing)}; "
            f"expected {', '.join(columns)}, found {', '.join(header) or 'nothing'}"
        )
