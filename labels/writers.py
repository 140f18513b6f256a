"""Writes records as CSV, TSV, JSON lines or Parquet, as they come."""

import csv
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol, Self

from labels.cells import as_cell, to_json, without_surrogates
from labels.compressed import COMPRESSIONS, compressing, split_compression
from labels.output_files import OutputError, naming_file, replace_file
from labels.rows import Column

PARQUET: Final = "parquet"
"""The format whose records may come as columns."""

_JSONL: Final = "jsonl"
_COPY_BYTES: Final = 2**20

_ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": _JSONL,
    ".ndjson": _JSONL,
    ".parquet": PARQUET,
}
_WRITTEN_BY_CSV: Final = frozenset({str, int, float, type(None)})


class RecordWriter(Protocol):
    """Takes records one by one."""

    def write(self, record: Mapping[str, object]) -> None:
        """Write one record."""

    def flush(self) -> None:
        """Hand on what can be handed on before the end."""


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """What a path's endings say: a format of records, and what compresses it."""

    records: str
    compression: str | None = None

    @classmethod
    def of(cls, path: Path) -> Self:
        """Read the endings of a path.

        Raises:
            OutputError: if they stand for nothing that we write.
        """
        plain, compression = split_compression(path)
        records = _ENDINGS.get(plain.suffix.lower())
        if records is None:
            raise OutputError(
                f"the ending of {path.name} names no format; use one of "
                f"{', '.join(_ENDINGS)} (and {' or '.join(COMPRESSIONS)} after it)"
            )
        if records == PARQUET and compression:
            raise OutputError(
                f"{path.name} would be compressed twice, for Parquet is compressed "
                f"inside; leave out {compression}"
            )
        return cls(records, compression)


def needs_columns(target: Path | BinaryIO) -> bool:
    """Tell whether a path stands for a table, or for JSON lines as every stream does.

    Raises:
        OutputError: if the endings of the path stand for neither.
    """
    return isinstance(target, Path) and OutputFormat.of(target).records != _JSONL


@contextmanager
def open_writer(
    target: Path | BinaryIO, columns: Sequence[Column] = ()
) -> Iterator[RecordWriter]:
    """Open a path by its endings, or a stream as JSON lines, for writing.

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
    output_format = OutputFormat.of(target)
    with (
        replace_file(target) as stream,
        writing_part(stream, output_format, columns) as writer,
    ):
        yield writer


@contextmanager
def writing_part(
    stream: BinaryIO,
    output_format: OutputFormat,
    columns: Sequence[Column],
    *,
    is_first: bool = True,
) -> Iterator[RecordWriter]:
    """Yield what writes a file, or a part of one that ``join_parts`` makes whole.

    Only the first part of a file begins with the names of its columns.
    """
    with (
        compressing(stream, output_format.compression) as packed,
        _writing(packed, output_format.records, columns, is_first) as writer,
    ):
        yield writer


def join_parts(
    parts: Sequence[Path], stream: BinaryIO, output_format: OutputFormat
) -> None:
    """Write a file from its parts; one at a time is in memory, at most."""
    if output_format.records == PARQUET:
        from labels.parquet_writer import join_parquet  # noqa: PLC0415 - as below

        join_parquet(parts, stream)
        return
    for part in parts:
        with part.open("rb") as source:
            shutil.copyfileobj(source, stream, _COPY_BYTES)


@contextmanager
def _writing(
    stream: BinaryIO, records: str, columns: Sequence[Column], is_first: bool
) -> Iterator[RecordWriter]:
    match records:
        case "csv" | "tsv":
            delimiter = "," if records == "csv" else "\t"
            writer = CsvWriter(stream, columns, delimiter=delimiter)
            if is_first:
                writer.write_header()
            yield writer
        case "parquet":
            # Arrow takes a fifth of a second to load, which other formats spare.
            from labels.parquet_writer import writing_parquet  # noqa: PLC0415

            with writing_parquet(stream, columns) as parquet_writer:
                yield parquet_writer
        case _:
            yield JsonlWriter(stream)


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
    """Delimited text, as UTF-8; its header is written when it is asked for.

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

    def write_header(self) -> None:
        """Write the names of the columns."""
        self._writer.writerow(self._names)

    def write(self, record: Mapping[str, object]) -> None:
        """Write one row; a field that the record lacks is a blank cell."""
        cells = map(record.get, self._names)
        self._writer.writerow(
            [one if type(one) in _WRITTEN_BY_CSV else _as_cell(one) for one in cells]
        )

    def flush(self) -> None:
        """Flush the stream."""
        self._stream.flush()


def _as_cell(cell: object) -> str | None:
    if cell is True or cell is False:
        return "true" if cell else "false"
    return as_cell(cell)


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
