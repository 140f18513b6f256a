"""Opens a file of comments in any of the formats that are read."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from labels.compressed import COMPRESSIONS, decompressed, split_compression
from labels.csv_rows import CsvComments
from labels.errors import InputError
from labels.jsonl import JsonlComments
from labels.output_files import naming_file
from labels.plain_lines import LineComments
from labels.rows import DEFAULT_ID_COLUMN, DEFAULT_TEXT_COLUMN, CommentSource, Naming
from labels.text_lines import read_lines
from labels.threads import ThreadComments, is_thread

FORMATS: Final = ("csv", "tsv", "jsonl", "parquet", "lines", "thread")
"""What ``file_format`` may be."""

# Either lines or a thread; what stands in the file decides.
_TEXT: Final = "text"
_ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".txt": _TEXT,
}


@contextmanager
def open_comments(
    source: Path | BinaryIO,
    *,
    file_format: str | None = None,
    text_column: str = DEFAULT_TEXT_COLUMN,
    id_column: str = DEFAULT_ID_COLUMN,
    with_columns: bool = False,
) -> Iterator[CommentSource]:
    """Open a file, or a stream that its owner closes, as comments.

    Everything but a thread page streams: rows are read as they are asked for.

    Args:
        source: a path, or a file opened for bytes; one without a name is lines, one
            whose name ends in ``.gz`` or ``.zst`` is decompressed as it is read.
        file_format: one of ``FORMATS``; without it the ending decides, and a ``.txt``
            file is a thread page if a bullet in it is followed by a date.
        text_column: the column or field with the words of the comment.
        id_column: the one that names it; without it ids are ordinals from 1.
        with_columns: say so if ``columns()`` will be asked for: a stream that cannot
            be sought, such as a pipe, is then copied to a temporary file if need be.

    Raises:
        InputError: if the file is absent, cannot be read as its format, or has no
            text column.
    """
    with ExitStack() as stack:
        stream = (
            stack.enter_context(open_input(source))
            if isinstance(source, Path)
            else source
        )
        name = _file_name(stream)
        plain, compression = split_compression(Path(name)) if name else (None, None)
        chosen = file_format or (_format_by_ending(plain) if plain else "lines")
        if name and compression:
            _refuse_packed_twice(name, chosen, compression)
            stream = decompressed(stream, name, compression)
        if chosen in {"parquet", _TEXT} or (chosen == "jsonl" and with_columns):
            stream = _seekable(stream, stack)
        naming = Naming(text_column, id_column)
        yield _source(stream, chosen, name or "standard input", naming)


def has_known_ending(path: Path) -> bool:
    """Tell whether the ending of a path names a format, whatever compresses it."""
    plain, _ = split_compression(path)
    return plain.suffix.lower() in _ENDINGS


@contextmanager
def open_input(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading.

    Raises:
        InputError: if it is absent, a folder, or may not be read.
    """
    try:
        stream = path.open("rb")
    except IsADirectoryError:
        raise InputError(f"{path} is a folder; name a file in it") from None
    except FileNotFoundError:
        raise InputError(f"there is no file {path}") from None
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    with stream:
        yield stream


def _source(
    stream: BinaryIO, file_format: str, name: str, naming: Naming
) -> CommentSource:
    if file_format == _TEXT:
        file_format = _sniffed(stream)
    match file_format:
        case "csv" | "tsv":
            delimiter = "," if file_format == "csv" else "\t"
            return CsvComments(stream, name, naming, delimiter=delimiter)
        case "jsonl":
            return JsonlComments(stream, naming)
        case "parquet":
            # Arrow takes a fifth of a second to load, which other formats spare.
            from labels.parquet import ParquetComments  # noqa: PLC0415

            return ParquetComments(stream, name, naming)
        case "thread":
            return ThreadComments(stream, name)
        case "lines":
            return LineComments(stream)
    raise InputError(f"{file_format!r} is no format; choose from {', '.join(FORMATS)}")


def _format_by_ending(path: Path) -> str:
    chosen = _ENDINGS.get(path.suffix.lower())
    if chosen is None:
        raise InputError(
            f"the ending of {path.name} names no format; rename it to one of "
            f"{', '.join(_ENDINGS)} (and {' or '.join(COMPRESSIONS)} after it) or say "
            f"--format {'|'.join(FORMATS)}"
        )
    return chosen


def _refuse_packed_twice(name: str, file_format: str, compression: str) -> None:
    if file_format == "parquet":
        raise InputError(
            f"{name} is Parquet, which is compressed inside and cannot be read through "
            f"{compression}; unpack it first"
        )


def _sniffed(stream: BinaryIO) -> str:
    begin = stream.tell()
    is_page = is_thread(read_lines(stream))
    stream.seek(begin)
    return "thread" if is_page else "lines"


def _seekable(stream: BinaryIO, stack: ExitStack) -> BinaryIO:
    if stream.seekable():
        return stream
    copy = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    with naming_file(f"a copy of the input into {tempfile.gettempdir()}"):
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
    return copy


def _file_name(stream: BinaryIO) -> str | None:
    """Return the path a stream was opened by; a pipe or standard input has none."""
    name = getattr(stream, "name", None)
    return name if isinstance(name, str) and name != "<stdin>" else None
