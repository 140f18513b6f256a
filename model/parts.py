"""A folder of parts: which files are parts, how one is scored, what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from labels.errors import GavelError, InputError
from labels.output_files import OutputError
from labels.readers import open_comments
from labels.settings import Settings
from labels.writers import needs_columns
from model.archive import score_archive
from model.archive_jobs import OneProcess
from model.archive_report import LISTED_FAULTS, Report
from model.bundled_model import scorer_of
from model.scorer import Scorer

# Engines leave such files beside their parts (_SUCCESS, .part-0.csv.crc), and so do we.
_HIDDEN: Final = (".", "_")


class ModelDiffersError(GavelError):
    """A machine loads another model than the one that the run began with."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which model scores, told so that another process can load the same.

    Attributes:
        settings: the folder of the model and the operator's gazetteer, as absolute
            paths; no folder is the model that this process' Gavel comes with.
        version: what the loaded model's version must be.
    """

    settings: Settings
    version: str

    def load(self) -> Scorer:
        """Load the model.

        Raises:
            ModelDiffersError: if it is another version.
            GavelError: if it cannot be loaded.
        """
        scorer = scorer_of(self.settings)
        if scorer.version != self.version:
            folder = self.settings.model or "the promoted or bundled model"
            raise ModelDiffersError(
                f"{folder} has version {scorer.version} here and {self.version} where "
                "the run began; install the same Gavel and the same model on both"
            )
        return scorer


@dataclass(frozen=True, slots=True)
class PartsJob:
    """What is done to every part of a folder, by whichever process.

    Attributes:
        source: the folder of the parts, an absolute path.
        target: the folder that gets a scored part of the same name for each.
        model: what scores them.
        reading: the options of ``labels.readers.open_comments``.
        explain: add evidence, which only JSON lines can hold.
    """

    source: Path
    target: Path
    model: ModelChoice
    reading: Mapping[str, Any]
    explain: bool = False


@dataclass(frozen=True, slots=True)
class PartOutcome:
    """What came of a part: a report once it is written, else why it is not."""

    name: str
    report: Report | None
    failure: str = ""


def is_part(path: Path) -> bool:
    """Tell whether a file is one that can be read and written, by its ending."""
    hidden = path.name.startswith(_HIDDEN)
    return not hidden and _has_ending(path) and path.is_file()


def list_parts(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of a folder's parts, and of what a person may take for one.

    Raises:
        InputError: if there is no part.
    """
    paths = [path for path in folder.iterdir() if not path.name.startswith(".")]
    parts = sorted(path.name for path in paths if is_part(path))
    if not parts:
        raise InputError(
            f"{folder} holds no part; parts end in .csv, .tsv, .jsonl or .parquet"
        )
    # Of names with a _ only those that look like parts: an engine's are many.
    told = [path for path in paths if _has_ending(path) or path.name[0] != "_"]
    return parts, sorted({path.name for path in told} - set(parts))


def _has_ending(path: Path) -> bool:
    try:
        # Whatever can be written can be read.
        needs_columns(path)
    except OutputError:
        return False
    return True


def score_part(job: PartsJob, name: str, scorer: Scorer) -> PartOutcome:
    """Score one part; its file appears whole or not at all.

    A part that cannot be read or written has a failure and raises nothing, for the
    others do not depend on it.
    """
    target = job.target / name
    with_columns = needs_columns(target)
    try:
        with open_comments(
            job.source / name, with_columns=with_columns, **job.reading
        ) as comments:
            report = score_archive(
                comments, OneProcess(scorer), target, explain=job.explain
            )
    except GavelError as error:
        return PartOutcome(name, None, _naming(name, str(error)))
    except OSError as error:
        reason = f"reading or writing failed: {error.strerror or error}"
        return PartOutcome(name, None, _naming(name, reason))
    return PartOutcome(name, report)


def _naming(name: str, sentence: str) -> str:
    return sentence if name in sentence else f"{name}: {sentence}"


def summary(outcomes: Iterable[PartOutcome], target: Path) -> list[str]:
    """Return what a person should read of the parts, in the order of their names.

    Rows that were left out come first, at most ``LISTED_FAULTS`` of them, then every
    part that failed, then the counts and where the parts are.
    """
    ordered = sorted(outcomes, key=lambda one: one.name)
    written = [(one.name, one.report) for one in ordered if one.report]
    failures = [one.failure for one in ordered if not one.report]
    faults = [
        f"{name}, {report.unit} {fault.number}: {fault.reason}"
        for name, report in written
        for fault in report.faults
    ]
    scored = sum(report.scored for _, report in written)
    left_out = sum(report.left_out for _, report in written)
    listed = faults[:LISTED_FAULTS]
    if left_out > len(listed):
        listed.append(f"… and {left_out - len(listed):,} more")
    counts = f"scored {_counted(scored, 'row')} of {_counted(len(written), 'part')}"
    if left_out or failures:
        counts += f", left out {_counted(left_out, 'row')}"
    if failures:
        counts += f"; {_counted(len(failures), 'part')} failed"
    wrote = f"wrote {_counted(len(written), 'part')} to {target}"
    return [*listed, *failures, counts, wrote]


def is_whole(outcomes: Iterable[PartOutcome]) -> bool:
    """Tell whether every part was written and no row was left out."""
    return all(one.report and not one.report.left_out for one in outcomes)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
