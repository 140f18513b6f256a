"""Writes an output in parts, so that a run that was killed can be taken up again.

Put together at the end the parts are the output, byte for byte the same whether or not
the run was ever interrupted; until then they take as much room on disk as it will.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from labels.errors import InputError
from labels.output_files import naming_file, replace_file
from labels.rows import Column
from labels.writers import OutputFormat, join_parts, writing_part
from model.archive_journal import Identity, Journal, open_journal
from model.archive_report import Report

PART_ROWS: Final = 16_384
"""How many rows a part has, those left out included."""

_PART_CHARACTERS: Final = 64 * 2**20


@contextmanager
def open_parts(
    target: Path,
    columns: Sequence[Column],
    report: Report,
    *,
    identity: Identity | None = None,
    resume: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator["Parts"]:
    """Yield what writes ``target``, which is replaced when the block ends well.

    If the block fails the finished parts stay, unless nobody could take them up: the
    input is damaged, or is none that can be read twice.

    Args:
        target: a path, by its endings.
        columns: those of a table.
        report: counts what is done; parts of an earlier run are counted in.
        identity: what must be the same for a run to be taken up; None if none can be.
        resume: take up an earlier run rather than discard what is left of it.
        tell: is told in a sentence what became of unfinished work.

    Raises:
        OutputError: if ``target`` cannot be written, another run is writing it, or
            the earlier run was another.
    """
    with (
        naming_file(str(target)),
        open_journal(target, identity, resume=resume, tell=tell) as journal,
    ):
        journal.restore(report)
        parts = Parts(target, columns, journal, report)
        try:
            with parts.closing():
                yield parts
            parts.join()
        except BaseException as error:
            if identity is None or isinstance(error, InputError):
                journal.discard()
            elif journal.parts:
                tell(
                    f"{journal.rows:,} rows are done and kept in {journal.folder}; the "
                    "same command with --resume goes on from there"
                )
            raise
        journal.discard()


class Parts:
    """The parts of one output, written one after another."""

    def __init__(
        self, target: Path, columns: Sequence[Column], journal: Journal, report: Report
    ) -> None:
        self._target = target
        self._format = OutputFormat.of(target)
        self._columns = columns
        self._journal = journal
        self._report = report
        self._part = ExitStack()
        self._writer: Any = None
        self._rows = self._characters = 0

    @property
    def writer(self) -> Any:
        """What writes the part at hand."""
        if self._writer is None:
            self._begin()
        return self._writer

    def end_batch(self, rows: int, characters: int) -> None:
        """Finish the part at hand once it holds enough."""
        self._rows += rows
        self._characters += characters
        if self._rows >= PART_ROWS or self._characters >= _PART_CHARACTERS:
            self._finish()

    def join(self) -> None:
        """Put the whole in its place."""
        draft = self._journal.folder / "whole"
        draft.unlink(missing_ok=True)
        with replace_file(self._target, draft=draft) as whole:
            join_parts(self._journal.parts, whole, self._format)

    @contextmanager
    def closing(self) -> Iterator[None]:
        """Finish the last part when the block ends well, else leave it off."""
        with self._part:
            yield
            # No row at all makes a part too: the header of a table.
            if self._rows or not self._journal.parts:
                self._finish()

    def _finish(self) -> None:
        if self._writer is None:
            self._begin()
        self._part.close()
        self._writer = None
        self._rows = self._characters = 0
        self._journal.add(self._report)

    def _begin(self) -> None:
        stream = self._part.enter_context(self._journal.next_part.open("wb"))
        is_first = not self._journal.parts
        self._writer = self._part.enter_context(
            writing_part(stream, self._format, self._columns, is_first=is_first)
        )
