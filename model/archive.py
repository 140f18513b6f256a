"""Scores an archive of comments as it streams by, whatever its size."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from labels.rows import ColumnSource, CommentSource
from labels.writers import PARQUET, OutputFormat, needs_columns, open_writer
from model.archive_jobs import Scoring
from model.archive_journal import Identity
from model.archive_parts import open_parts
from model.archive_report import Report
from model.archive_rows import RowArchive

BATCH_ROWS: Final = 2_048
"""How many rows are scored at once: enough for speed, few enough to report often."""


class _Sink(Protocol):
    """Where scored batches go."""

    @property
    def writer(self) -> Any:
        """What writes the batch at hand."""

    def end_batch(self, rows: int, characters: int) -> None:
        """Say that a batch is written."""


def score_archive(
    comments: CommentSource,
    scoring: Scoring,
    target: Path | BinaryIO,
    *,
    explain: bool = False,
    batch_rows: int = BATCH_ROWS,
    identity: Identity | None = None,
    resume: bool = False,
    on_batch: Callable[[Report], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Report:
    """Score every comment and write it to ``target``, in order, a batch at a time.

    Args:
        comments: what to score.
        scoring: what to score with.
        target: a path, by its endings, or a stream for JSON lines.
        explain: add evidence, which only JSON lines can hold.
        batch_rows: how many rows are scored at once.
        identity: what must be the same for a run into a path to be taken up again;
            None if none can be.
        resume: take up the run that left its work beside the path.
        on_batch: is told of the report at the beginning and after each batch.
        tell: is told in a sentence what became of unfinished work.

    Raises:
        GavelError: if the input turns out damaged, the output cannot be written or a
            process that scores ends; a path is then left as it was.
    """
    report = Report(comments.unit)
    archive = _archive(comments, scoring, target, explain, batch_rows)
    with _opened(
        target,
        lambda path: open_parts(
            path, archive.columns, report, identity=identity, resume=resume, tell=tell
        ),
    ) as sink:
        on_batch(report)
        batches = archive.batches(skip=report.done)
        for batch, scored in scoring.in_order(batches, explain=explain):
            if batch.comments:
                archive.write(sink.writer, batch, scored)
            report.add(len(batch.comments), batch.faults)
            rows = len(batch.comments) + len(batch.faults)
            sink.end_batch(rows, batch.characters)
            on_batch(report)
    return report


def _archive(
    comments: CommentSource,
    scoring: Scoring,
    target: Path | BinaryIO,
    explain: bool,
    batch_rows: int,
) -> Any:
    """Return the way that leads from the input to the target."""
    is_columns = isinstance(target, Path) and OutputFormat.of(target).records == PARQUET
    if is_columns and isinstance(comments, ColumnSource):
        # Arrow takes a fifth of a second to load, which other formats spare.
        from model.archive_columns import ColumnArchive  # noqa: PLC0415

        return ColumnArchive(comments, scoring)
    is_table = needs_columns(target)
    return RowArchive(
        comments, scoring, is_table=is_table, explain=explain, batch_rows=batch_rows
    )


def _opened(
    target: Path | BinaryIO, open_path: Callable[[Path], AbstractContextManager[_Sink]]
) -> AbstractContextManager[_Sink]:
    return open_path(target) if isinstance(target, Path) else _open_stream(target)


@contextmanager
def _open_stream(stream: BinaryIO) -> Iterator[_Sink]:
    with open_writer(stream) as writer:
        yield _Stream(writer)


class _Stream:
    """A stream, which whoever reads it gets batch by batch."""

    def __init__(self, writer: Any) -> None:
        self.writer = writer

    def end_batch(self, rows: int, characters: int) -> None:
        del rows, characters
        self.writer.flush()
