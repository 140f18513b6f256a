"""Writes records as CSV, TSV, JSON lines or Parquet, as they come."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from labels.cells import as_cell, to_json, without_surrogates
from labels.output_files import OutputError, naming_file, replace_file
from labels.rows import Column

_JSONL: Final = "jsonl"

_ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": _JSONL,
    ".ndjson": _JSONL,
    ".parquet": "parquet",
}
_WRITTEN_BY_CSV: Final = frozenset({str, int, float, type(None)})


class RecordWriter(Protocol):
    """Takes records one by one."""

    def write(self, record: Mapping[str, object]) -> None:
        """Write one record."""

    def flush(self) -> None:
        """Hand on what can be handed on before the end."""


def needs_columns(target: Path | BinaryIO) -> bool:
    """Tell whether a path stands for a table, or for JSON lines as every stream does.

    Raises:
        OutputError: if the ending of the path stands for neither.
    """
    return isinstance(target, Path) and _format(target) != _JSONL


@contextmanager
def open_writer(
    target: Path | BinaryIO, columns: Sequence[Column] = ()
) -> Iterator[RecordWriter]:
    """Open a path by its ending, or a stream as JSON lines, for writing.

    A path is replaced when the block ends well, and only then. ``columns`` are those
    of the table, in order; JSON lines need none.

    Raises:
        OutputError: if the path cannot be written, or its ending names no format.
    """
    if not isinstance(target, Path):
        with naming_file("standard output"):
            yield JsonlWriter(target)
            target.flush()
        return
    with (
        replace_file(target) as stream,
        _writing(stream, _format(target), columns) as writer,
    ):
        yield writer


@contextmanager
def _writing(
    stream: BinaryIO, file_format: str, columns: Sequence[Column]
) -> Iterator[RecordWriter]:
    match file_format:
        case "csv":
            yield CsvWriter(stream, columns)
        case "tsv":
            yield CsvWriter(stream, columns, delimiter="\t")
        case "parquet":
            # Arrow takes a fifth of a second to load, which other formats spare.
            from labels.parquet_writer import writing_parquet  # noqa: PLC0415

            with writing_parquet(stream, columns) as writer:
                yield writer
        case _:
            yield JsonlWriter(stream)


def _format(path: Path) -> str:
    chosen = _ENDINGS.get(path.suffix.lower())
    if chosen is None:
        raise OutputError(
            f"the ending of {path.name} names no format; use one of "
            f"{', '.join(_ENDINGS)}"
        )
    return chosen


class JsonlWriter:
    """One JSON object on each line, as UTF-8.

    A lone surrogate, which UTF-8 cannot hold, is written as its JSON escape; a number
    that JSON lacks (NaN, infinity) as null.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, record: Mapping[str, object]) -> None:
        """Write one object."""
        line = to_json(record)
        self._stream.write(line.encode(errors="backslashreplace") + b"\n")

    def flush(self) -> None:
        """Flush the stream."""
        self._stream.flush()


class CsvWriter:
    """Delimited text, as UTF-8, with a header.

    Cells are written as they came: one that begins with ``=``, ``+``, ``-`` or ``@``
    stays so, for the input's columns are unchanged. A spreadsheet may take it for a
    formula; open such files as text. A lone surrogate becomes U+FFFD.
    """

    def __init__(
        self, stream: BinaryIO, columns: Sequence[Column], *, delimiter: str = ","
    ) -> None:
        self._stream = stream
        self._names = [column.name for column in columns]
        self._writer = csv.writer(_EncodedLines(stream), delimiter=delimiter)
        self._writer.writerow(self._names)

    def write(self, record: Mapping[str, object]) -> None:
        """Write one row; a field that the record lacks is a blank cell."""
        cells = map(record.get, self._names)
        self._writer.writerow(
            [cell if type(cell) in _WRITTEN_BY_CSV else as_cell(cell) for cell in cells]
        )

    def flush(self) -> None:
        """Flush the stream."""
        self._stream.flush()


class _EncodedLines:
    """Takes lines from csv and writes them as UTF-8, ended by a line feed.

    csv quotes a lone carriage return only if the line end holds one, so it is told to
    end lines with CRLF.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, line: str) -> None:
        text = without_surrogates(line.removesuffix("\r\n"))
        self._stream.write(text.encode() + b"\n")
