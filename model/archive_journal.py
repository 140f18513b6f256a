"""The journal of a run in parts: what was run, and which parts are on the disk.

It lies beside OUT in the hidden folder ``.OUT.partial``, with the parts. Its first line
says what was run, each other one stands for a part and is written once that is safe, so
a run that is killed loses no more than the part it was at.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from labels.output_files import OutputError, checked_target
from labels.rows import Fault
from model.archive_report import Report

Identity = Mapping[str, str | int | bool | None]
"""What must be the same for a run to be taken up, by the name a person knows it by."""

_FORMAT: Final = {"the format of the journal": 1}
_NAME: Final = "journal"


class Journal:
    """What is done of a run.

    Attributes:
        folder: where it lies.
        parts: the finished parts, in order.
        rows: how many rows of the input they deal with.
    """

    def __init__(self, folder: Path, file: BinaryIO) -> None:
        self.folder = folder
        self.parts: list[Path] = []
        self.rows = 0
        self._file = file
        self._last: dict[str, Any] = {}

    @property
    def next_part(self) -> Path:
        """Where the part that comes next belongs."""
        return self.folder / f"{len(self.parts) + 1:06}.part"

    def add(self, report: Report) -> None:
        """List the next part; ``report`` counts all that is done with it."""
        part = self.next_part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        entry = {
            "bytes": part.stat().st_size,
            "scored": report.scored,
            "left_out": report.left_out,
            "faults": [[fault.number, fault.reason] for fault in report.faults],
        }
        self._write(entry)
        self._count(entry)

    def begin(self, identity: Identity | None) -> None:
        """Empty the folder and write what is run."""
        self.parts, self.rows, self._last = [], 0, {}
        for path in self.folder.iterdir():
            if path.name != _NAME:
                path.unlink()
        self._file.truncate(0)
        self._write({**_FORMAT, **(identity or {})})

    def read(self) -> Identity | None:
        """Take up what an earlier run listed; return what that was, if anything.

        A line that was cut off, and a part that is not there, end it.
        """
        self._file.seek(0)
        lines = self._file.read().splitlines(keepends=True)
        entries = [_decoded(line) for line in lines]
        length = len(lines[0]) if lines else 0
        for line, entry in zip(lines[1:], entries[1:], strict=True):
            if entry is None or not _has_size(self.next_part, entry["bytes"]):
                break
            length += len(line)
            self._count(entry)
        self._file.truncate(length)
        return entries[0] if entries and self.parts else None

    def restore(self, report: Report) -> None:
        """Count in what an earlier run has done."""
        if self._last:
            report.scored = self._last["scored"]
            report.left_out = self._last["left_out"]
            report.faults = [Fault(*fault) for fault in self._last["faults"]]

    def discard(self) -> None:
        """Remove all that is kept."""
        self.parts = []
        shutil.rmtree(self.folder, ignore_errors=True)

    def _count(self, entry: dict[str, Any]) -> None:
        self.parts.append(self.next_part)
        self.rows = entry["scored"] + entry["left_out"]
        self._last = entry

    def _write(self, entry: Mapping[str, object]) -> None:
        self._file.write(json.dumps(entry).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


@contextmanager
def open_journal(
    target: Path,
    identity: Identity | None,
    *,
    resume: bool,
    tell: Callable[[str], None],
) -> Iterator[Journal]:
    """Open the journal of an output; nobody else can until it is closed.

    Raises:
        OutputError: if it cannot be made, another run has it, or ``resume`` is asked
            of a run that was another.
    """
    path = checked_target(target)
    folder = path.with_name(f".{path.name}.partial")
    try:
        folder.mkdir(exist_ok=True)
        file = (folder / _NAME).open("a+b")
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror}") from error
    with file:
        _lock(file, target)
        journal = Journal(folder, file)
        try:
            _begin(journal, identity, target, resume=resume, tell=tell)
            yield journal
        except BaseException:
            if not journal.parts:
                journal.discard()
            raise


def _begin(
    journal: Journal,
    identity: Identity | None,
    target: Path,
    *,
    resume: bool,
    tell: Callable[[str], None],
) -> None:
    """Take up what the journal holds, or empty it."""
    begun = journal.read()
    if resume and begun:
        _check_same(begun, {**_FORMAT, **(identity or {})}, target)
        tell(f"{journal.rows:,} rows are done already; going on from there")
        return
    if resume:
        tell(f"nothing to resume for {target}; starting from the beginning")
    elif begun:
        tell(f"discarded {journal.rows:,} finished rows; --resume keeps them")
    journal.begin(identity)


def _lock(file: BinaryIO, target: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The run that had it may have removed it meanwhile.
        is_there = os.path.samestat(Path(file.name).stat(), os.fstat(file.fileno()))
    except (BlockingIOError, FileNotFoundError):
        is_there = False
    if not is_there:
        raise OutputError(
            f"another run is writing {target}; let it end, or name another --output"
        )


def _check_same(begun: Identity, now: Identity, target: Path) -> None:
    for name in {**begun, **now}:
        if begun.get(name) != now.get(name):
            raise OutputError(
                f"cannot resume {target}: {name} was {begun.get(name)} when it was "
                f"begun and is {now.get(name)} now; leave out --resume to start anew"
            )


def _decoded(line: bytes) -> Any:
    """Return what a line holds, or None if it was cut off."""
    try:
        return json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None


def _has_size(part: Path, size: int) -> bool:
    return part.is_file() and part.stat().st_size == size
