"""Reads the tables that corpora come as: CSV or TSV, plain or gzipped."""

import csv
import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from labels.errors import InputError

# The longest comment of any corpus is far below this; csv's own limit of 128 KiB
# refuses whole files for one long comment.
_FIELD_LIMIT = 1 << 24


def find_file(folder: Path, *names: str) -> Path | None:
    """Return the first of ``names`` that the folder holds, plain or as ``.gz``."""
    for name in names:
        for candidate in (folder / name, folder / f"{name}.gz"):
            if candidate.is_file():
                return candidate
    return None


def read_table(
    path: Path, columns: Sequence[str], *, is_quoted_csv: bool = True
) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Yield each row's line number and its cells; None for a row that is broken.

    A row is broken if it has too few or too many cells. Cells are what the file
    says, untouched. With ``is_quoted_csv=False`` the file is read as tab-separated
    values in which a quotation mark is an ordinary character.

    Raises:
        InputError: if the file cannot be read, or lacks one of ``columns``.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        with _open(path) as file:
            reader = (
                csv.reader(file)
                if is_quoted_csv
                else csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            )
            header = next(reader, [])
            _check_columns(path, header, columns)
            for row in reader:
                is_whole = len(row) == len(header)
                cells = dict(zip(header, row, strict=True)) if is_whole else None
                yield reader.line_num, cells
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        reason = "cut off" if isinstance(error, EOFError) else error
        raise InputError(f"{path} cannot be read: {reason}") from error


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _check_columns(path: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in header]
    if missing:
        raise InputError(
            f"{path} has no column {', '.join(missing)}; "
            f"expected {', '.join(columns)}, found {', '.join(header) or 'nothing'}"
        )
