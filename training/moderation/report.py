"""Makes a report of an archive: reads, counts, explains the worst, and writes."""

import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from labels.errors import InputError
from labels.output_files import OutputError, checked_target, replace_file
from labels.settings import load_settings
from model.archive_jobs import OneProcess
from model.artefact import Artefact
from model.bundled_model import artefact_of
from model.scorer import Scorer
from model.spelling import Speller
from training.moderation.archive import Archive, Columns, PlacedFault
from training.moderation.content import Choices, content
from training.moderation.judging import LateScorer, judged_batches
from training.moderation.page import page
from training.moderation.shown_comments import Showing, Texts
from training.moderation.tally import Tally, Wanted
from training.moderation.written_times import DayOrder
from training.report.masking import Masker

Progress = Callable[[int, int, int], None]
"""Takes comments counted so far, bytes read, and bytes there are."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for, as the command's options say it."""

    source: Path
    report: Path
    json: Path | None
    texts: str
    command: str
    text_column: str
    id_column: str
    time_column: str
    author_column: str
    thread_column: str
    day_order: str | None
    file_format: str | None
    model: Path | None
    worst: int
    top: int
    no_authors: bool

    @property
    def choices(self) -> Choices:
        """What to count, and how to show it."""
        order = DayOrder(self.day_order) if self.day_order else DayOrder.UNKNOWN
        wanted = Wanted(
            worst=self.worst,
            worst_of_label=min(self.worst, Wanted().worst_of_label),
            with_authors=not self.no_authors,
            day_order=order,
        )
        return Choices(wanted, self.top, Texts(self.texts), self.command)

    @property
    def archive(self) -> Archive:
        """The archive, yet to be read."""
        reading = {
            "text_column": self.text_column,
            "id_column": self.id_column,
            "file_format": self.file_format,
        }
        columns = Columns(self.time_column, self.author_column, self.thread_column)
        return Archive(self.source, reading, columns)


def write_report(
    asked: Request, progress: Progress = lambda *_: None
) -> tuple[Archive, list[PlacedFault], int]:
    """Write a report; return the archive as it was read, and what was left out.

    Page and JSON take the place of older ones when both are whole; an error or Ctrl-C
    before that leaves those as they were.

    Raises:
        GavelError: if the input cannot be read, nothing in it can be reported on, or
            an output cannot be written.
    """
    started = time.monotonic()
    archive, choices = asked.archive, asked.choices
    _check_outputs(asked, archive)
    artefact = artefact_of(
        load_settings({"model": asked.model}, only={"model", "gazetteer"})
    )
    scoring = OneProcess(LateScorer(artefact))
    with Tally(artefact.version, artefact.thresholds, choices.wanted) as tally:
        progress(0, 0, archive.size)
        for judged, faults in judged_batches(archive, scoring):
            tally.add(judged, faults)
            progress(tally.comments, archive.place, archive.size)
        _check_not_empty(asked.source, archive, tally)
        showing = _showing(artefact, choices)
        found = content(
            asked.source.name or asked.source.resolve().name,
            archive,
            tally,
            artefact=artefact,
            showing=showing,
            choices=choices,
        )
    seconds = time.monotonic() - started
    run = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "comments_per_second": round(tally.comments / seconds),
    }
    _write(asked, found, run)
    return archive, tally.faults, tally.left_out


def _showing(artefact: Artefact, choices: Choices) -> Showing:
    # Evidence is not compiled, and what compiles takes seconds to be ready.
    scorer = Scorer(artefact, is_compiled=False)
    masker = Masker(Speller(artefact.tables.known, artefact.tables.hidden))
    return Showing(scorer, masker, choices.texts, choices.wanted.with_authors)


def _write(asked: Request, found: Mapping[str, Any], run: Mapping[str, Any]) -> None:
    html = page(found, run)
    figures = json.dumps({**found, "run": run}, indent=1, ensure_ascii=False)
    with ExitStack() as stack:
        stack.enter_context(replace_file(asked.report)).write(html.encode())
        if asked.json:
            data = f"{figures}\n".encode(errors="replace")
            stack.enter_context(replace_file(asked.json)).write(data)


def _check_not_empty(source: Path, archive: Archive, tally: Tally) -> None:
    if tally.comments:
        return
    first = ""
    if archive.failures:
        first = archive.failures[0]
    elif tally.faults:
        fault = tally.faults[0]
        first = f"{fault.unit} {fault.number}: {fault.reason}"
    if not first:
        raise InputError(f"{source} holds no comment, so there is nothing to report")
    raise InputError(f"no row of {source} can be reported on; first of all, {first}")


def _check_outputs(asked: Request, archive: Archive) -> None:
    """Find out before the work whether the outputs can be written after it.

    Raises:
        OutputError: if one is an input, both are one, or a folder is absent or closed.
    """
    paths = [path for path in (asked.report, asked.json) if path]
    targets = [checked_target(path) for path in paths]
    if len(set(targets)) < len(targets):
        raise OutputError(f"--report and --json are both {asked.report}; name two")
    inputs = {path.resolve() for path in archive.paths}
    for path, target in zip(paths, targets, strict=True):
        if target in inputs or any(_is_same(target, one) for one in inputs):
            raise OutputError(f"{path} is the input itself; name another output")
        if not os.access(target.parent, os.W_OK):
            raise OutputError(
                f"cannot write {path}: its folder may not be written to; name another"
            )


def _is_same(target: Path, source: Path) -> bool:
    return target.exists() and source.exists() and target.samefile(source)
