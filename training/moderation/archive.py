"""Reads an archive, a file or a folder of them, as rows to score or with scores."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from labels.errors import InputError
from labels.foreign_values import to_plain
from labels.jsonl import JsonlComments
from labels.readers import has_known_ending, open_comments, open_input
from labels.rows import CommentSource, Fault, Row, known_text
from labels.schema import LABELS
from model.archive import BATCH_ROWS
from model.archive_jobs import Batch
from training.moderation.stated_scores import (
    ScoredColumns,
    Stated,
    StatedScoreError,
    stated_in_object,
)

TIME: Final = "time"
AUTHOR: Final = "author"
THREAD: Final = "thread"

# As in scoring: a batch of megabyte texts ends sooner.
_BATCH_CHARACTERS: Final = 4 * 2**20

_Stating = Callable[[Mapping[str, object]], Stated | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold the time, the author and the thread of a comment."""

    time: str = TIME
    author: str = AUTHOR
    thread: str = THREAD

    def named(self) -> list[tuple[str, str]]:
        """Return option and column of each that somebody chose."""
        pairs = ((TIME, self.time), (AUTHOR, self.author), (THREAD, self.thread))
        return [(option, column) for option, column in pairs if option != column]


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row, where it stands, and what its file says of its score, if anything."""

    part: int
    row: Row
    time: str | None
    author: str | None
    thread: str | None
    stated: Stated | None


@dataclass(frozen=True, slots=True)
class PlacedFault:
    """A row that was left out, as in ``labels.rows.Fault``, and which file it is in."""

    part: int
    unit: str
    number: int
    reason: str


@dataclass(slots=True)
class Chunk:
    """Some rows in input order, and the faults among them."""

    rows: list[PlacedRow] = field(default_factory=list)
    faults: list[PlacedFault] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many rows of the input these are."""
        return len(self.rows) + len(self.faults)


class Archive:
    """An archive that is read once, front to back.

    Attributes:
        paths: its files, in order.
        units: what the numbers of rows count in each, once it is opened.
        size: bytes of all files.
        place: how many of these bytes are read, for a bar.
        failures: a sentence for each file of a folder that could not be read, or not
            to its end; the rows before are counted.
        is_labelled: a file has columns called like labels that are no scores.
    """

    def __init__(
        self, source: Path, reading: Mapping[str, Any], columns: Columns
    ) -> None:
        """List the files of a folder.

        Raises:
            InputError: if the source is a folder with none.
        """
        self.paths = _files(source)
        self.units: list[str] = []
        self.size = sum(path.stat().st_size for path in self.paths if path.exists())
        self.place = 0
        self.failures: list[str] = []
        self.is_labelled = False
        self._is_folder = source.is_dir()
        self._reading = reading
        self._columns = columns
        self._never_seen = dict(columns.named())

    def batches(self) -> Iterator[Batch[Chunk]]:
        """Yield all rows, in batches of bounded size; to score are those unscored.

        Raises:
            InputError: if the only file cannot be read to its end, or no file has a
                column that was asked for.
        """
        before = 0
        for part, path in enumerate(self.paths):
            try:
                yield from self._batches_of(part, path, before)
            except InputError as error:
                if not self._is_folder:
                    raise
                self.failures.append(_naming(path.name, str(error)))
            before += path.stat().st_size
        for option, column in self._never_seen.items():
            raise InputError(
                f"no comment has a field {column!r}: say which one holds the {option} "
                f"with --{option}-column, or leave it out"
            )

    def _batches_of(self, part: int, path: Path, before: int) -> Iterator[Batch[Chunk]]:
        with (
            open_input(path) as stream,
            open_comments(stream, **self._reading) as comments,
        ):
            self.units.append(comments.unit)
            stating = self._stating(comments, path.name)
            for rows, chunk in self._chunks(part, comments, stating):
                self.place = before + _read(path, stream, comments, rows)
                yield _batch(chunk)

    def _chunks(
        self, part: int, comments: CommentSource, stating: _Stating
    ) -> Iterator[tuple[int, Chunk]]:
        """Yield how many rows are read, and the last of them in a bounded chunk."""
        chunk, characters, rows = Chunk(), 0, 0
        try:
            for rows, item in enumerate(comments, start=1):
                placed = self._placed(part, item, stating)
                if isinstance(placed, PlacedFault):
                    chunk.faults.append(placed)
                else:
                    chunk.rows.append(placed)
                    characters += len(placed.row.comment.text)
                if chunk.size >= BATCH_ROWS or characters >= _BATCH_CHARACTERS:
                    yield rows, chunk
                    chunk, characters = Chunk(), 0
        except InputError:
            # Cut off: in a folder what stands before still counts.
            yield rows, chunk
            raise
        if chunk.size:
            yield rows, chunk

    def _stating(self, comments: CommentSource, name: str) -> _Stating:
        """Return what finds the scores of a row."""
        if isinstance(comments, JsonlComments):
            return stated_in_object
        names = [column.name for column in comments.columns()]
        for option, column in self._columns.named():
            if column not in names:
                raise InputError(
                    f"{name} has no column {column!r}: say which one holds the "
                    f"{option} with --{option}-column, or leave it out"
                )
        columns = ScoredColumns.among(names)
        self.is_labelled |= columns is None and not set(LABELS).isdisjoint(names)
        return columns.read if columns else lambda _: None

    def _placed(
        self, part: int, item: Row | Fault, stating: _Stating
    ) -> PlacedRow | PlacedFault:
        unit = self.units[-1]
        if isinstance(item, Fault):
            return PlacedFault(part, unit, item.number, item.reason)
        try:
            stated = stating(item.fields)
        except StatedScoreError as error:
            return PlacedFault(part, unit, item.number, str(error))
        return PlacedRow(
            part,
            item,
            self._value(TIME, self._columns.time, item),
            self._value(AUTHOR, self._columns.author, item),
            self._value(THREAD, self._columns.thread, item),
            stated,
        )

    def _value(self, option: str, column: str, row: Row) -> str | None:
        if option == column:
            value: str | None = getattr(row.comment, option)
            return value
        if column in row.fields:
            self._never_seen.pop(option, None)
        return known_text(to_plain(row.fields.get(column)))


def _files(source: Path) -> list[Path]:
    if not source.is_dir():
        return [source]
    files = sorted(
        path
        for path in source.iterdir()
        # Engines leave such beside their parts, and so do we.
        if not path.name.startswith((".", "_"))
        and has_known_ending(path)
        and path.is_file()
    )
    if not files:
        raise InputError(
            f"{source} holds no file of comments; they end in .csv, .tsv, .jsonl, "
            ".parquet or .txt"
        )
    return files


def _batch(chunk: Chunk) -> Batch[Chunk]:
    unscored = [one.row.comment for one in chunk.rows if one.stated is None]
    return Batch(chunk, list(unscored), [])


def _read(path: Path, stream: BinaryIO, comments: CommentSource, rows: int) -> int:
    """Return how many bytes of a file are behind its reader."""
    if comments.total:  # Parquet is read here and there
        return path.stat().st_size * rows // comments.total
    return stream.tell()


def _naming(name: str, sentence: str) -> str:
    return sentence if name in sentence else f"{name}: {sentence}"
