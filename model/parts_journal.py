"""What a run over a folder of parts has finished, so that another can go on from it."""

import errno
import fcntl
import json
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from labels.output_files import OutputError, remove_drafts
from labels.rows import Fault
from model.archive_report import Report
from model.parts import PartOutcome, PartsJob

NAME: Final = ".gavel-parts.jsonl"
"""The journal's file in the folder of the scored parts: a line that says how they were
scored, then a line for each part that is whole."""

# What a shared file system without locks answers.
_NO_LOCKS: Final = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}


Stamp = list[int]
"""What changes whenever somebody writes a file anew: its size in bytes and when."""


class PartsJournal:
    """The parts that are finished, and a file that is told of each one more.

    A part counts as finished once its line is written; one that was moved into place
    just before a kill is scored again, so no row that was left out goes unlisted.

    Attributes:
        run: a token that stands in the file alone: who knows it sees this folder.
        finished: what came of the parts that an earlier run finished.
    """

    def __init__(self, file: BinaryIO, run: str, stamps: Mapping[str, Stamp]) -> None:
        self.run = run
        self.finished: dict[str, PartOutcome] = {}
        self._file = file
        self._stamps = stamps

    def add(self, outcome: PartOutcome) -> None:
        """Note that a part is finished; a failed one is not, and is tried again."""
        if outcome.report:
            line = {"part": outcome.name, "input": self._stamps[outcome.name]}
            _append(self._file, line | _as_json(outcome.report))


@contextmanager
def open_journal(
    job: PartsJob, names: Collection[str], *, resume: bool
) -> Iterator[PartsJournal]:
    """Open the journal of the folder that the parts go to, and keep other runs out.

    Args:
        job: what is done to the parts.
        names: the parts there are to score.
        resume: keep the parts that an earlier run finished.

    Raises:
        OutputError: if parts are there and are not to be kept, or were scored in
            another way or from other input, or if another run is at work.
    """
    path = job.target / NAME
    present = {name for name in names if (job.target / name).exists()}
    if present and not (resume and path.exists()):
        raise _not_ours(job.target, present, resume=resume)
    stamps = {name: _stamp(job.source / name) for name in names}
    with path.open("a+b") as file:
        _lock(file, job.target)
        # Killed processes left them; with the lock in hand nobody else writes here.
        remove_drafts(job.target)
        try:
            header, lines = _read(file) if resume else ({}, [])
            header = _checked(job, header, present) or _begin(file, job)
            journal = PartsJournal(file, header["run"], stamps)
            for line in lines:
                if line["part"] in present:
                    kept = _kept(job, line, stamps)
                    journal.finished[kept.name] = kept
        except (ValueError, LookupError, TypeError) as error:
            raise OutputError(
                f"{path} is damaged; remove it and the parts beside it, or name "
                "another --output"
            ) from error
        try:
            yield journal
        finally:
            remove_drafts(job.target)


def sees_journal(folder: Path, run: str) -> bool:
    """Tell whether this process sees the folder that a run on another machine means."""
    try:
        with (folder / NAME).open("rb") as file:
            return bool(json.loads(file.readline())["run"] == run)
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _header(job: PartsJob) -> dict[str, Any]:
    return {
        "model": job.model.version,
        **dict(sorted(job.reading.items())),
        "explain": job.explain,
    }


def _lock(file: BinaryIO, folder: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OutputError(
            f"another run writes to {folder}; wait for it or name another --output"
        ) from error
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise


def _read(file: BinaryIO) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the header and the lines; a last line that was cut off is dropped."""
    file.seek(0)
    whole, _, _ = file.read().rpartition(b"\n")
    lines = whole.splitlines(keepends=True)
    file.truncate(len(whole) + 1 if lines else 0)
    records = [json.loads(line) for line in lines]
    return (records[0], records[1:]) if records else ({}, [])


def _begin(file: BinaryIO, job: PartsJob) -> dict[str, Any]:
    header = _header(job) | {"run": secrets.token_hex(8)}
    file.truncate(0)
    _append(file, header)
    return header


def _checked(
    job: PartsJob, header: dict[str, Any], present: Collection[str]
) -> dict[str, Any]:
    ours = _header(job)
    if present and not header:
        raise _not_ours(job.target, present, resume=True)
    differing = [key for key in ours if header and header[key] != ours[key]]
    if differing:
        told = ", ".join(
            f"{key} {header[key]} and not {ours[key]}" for key in differing
        )
        raise OutputError(
            f"the parts in {job.target} were scored with {told}; resume with the same "
            "or name another --output"
        )
    return header


def _append(file: BinaryIO, line: Mapping[str, object]) -> None:
    file.write(json.dumps(line).encode() + b"\n")
    file.flush()


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "unit": report.unit,
        "scored": report.scored,
        "left_out": report.left_out,
        "faults": [[fault.number, fault.reason] for fault in report.faults],
    }


def _kept(
    job: PartsJob, line: Mapping[str, Any], stamps: Mapping[str, Stamp]
) -> PartOutcome:
    name = line["part"]
    if line["input"] != stamps[name]:
        raise OutputError(
            f"{job.source / name} changed after it was scored; remove "
            f"{job.target / name} to score it again"
        )
    faults = [Fault(number, reason) for number, reason in line["faults"]]
    report = Report(line["unit"], line["scored"], line["left_out"], faults)
    return PartOutcome(name, report)


def _not_ours(folder: Path, present: Collection[str], *, resume: bool) -> OutputError:
    more = f" and {len(present) - 1:,} more" if len(present) > 1 else ""
    whose = ", and no earlier run says how they were scored" if resume else ""
    remedy = "" if resume else "add --resume to keep what an earlier run finished, or "
    return OutputError(
        f"{folder} already holds {min(present)}{more}{whose}; {remedy}name another "
        "--output"
    )
