"""What a report on a model holds: the plain data that page, JSON and card come of."""

import math
from dataclasses import dataclass
from typing import Any, Final

from pydantic import TypeAdapter

from training.sections.bias import Bias
from training.sections.calibration import CalibrationSection
from training.sections.changes import Changes
from training.sections.curves import Curves
from training.sections.data import Data
from training.sections.errors import Errors
from training.sections.evasion import EvasionSection
from training.sections.evidence import EvidenceSection
from training.sections.functions import FunctionalSuites
from training.sections.identity import Identity
from training.sections.limits import Limits
from training.sections.people import People
from training.sections.review import Review
from training.sections.size import Size, Speed
from training.sections.slices import Slices
from training.sections.studies import LearningCurve, TransferSection
from training.sections.verdict import Verdict

SCHEMA: Final = "gavel-evaluation-report"
SCHEMA_VERSION: Final = 1
"""Rises when a field goes or changes its meaning; a new field does not raise it."""

_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Run:
    """What differs from run to run, and nothing else does.

    Attributes:
        date: when the report was made, in UTC.
        seconds: that it took.
        peak_megabytes: most memory that this process held.
        jobs: processes.
        speed: of scoring.
    """

    date: str
    seconds: float
    peak_megabytes: float
    jobs: int
    speed: Speed


@dataclass(frozen=True, slots=True)
class ModelName:
    """Which model the report is about."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Reproduce:
    """Section 19: the command, with the names of files; their hashes are in identity.

    Attributes:
        command: as it was called.
        note: what else the same bytes need.
    """

    command: str
    note: str


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of the report, in its order."""

    verdict: Verdict
    identity: Identity
    data: Data
    curves: Curves
    review: Review
    calibration: CalibrationSection
    slices: Slices
    bias: Bias
    functional_suites: FunctionalSuites
    evasion: EvasionSection
    transfer: TransferSection
    evidence: EvidenceSection
    errors: Errors
    people: People
    learning_curve: LearningCurve
    changes: Changes
    size: Size
    limits: Limits
    reproduce: Reproduce


@dataclass(frozen=True, slots=True)
class Report:
    """The report, as its JSON has it.

    Attributes:
        schema: always ``gavel-evaluation-report``.
        schema_version: rises when a field goes or changes its meaning.
        model: what it is about.
        run: what differs from run to run.
        figures: those that a pass mark may be set on, by key; None if not measured.
        cells: each label on each source, as ``gavel evaluate`` prints them.
        mean_difference: of the cells' ROC-AUC and plain TF-IDF's; None without it.
        suites: sums of our suites' halves.
        open_functions: functions of ours that may be read.
        sections: everything else.
    """

    schema: str
    schema_version: int
    model: ModelName
    run: Run
    figures: dict[str, float | None]
    cells: list[dict[str, Any]]
    mean_difference: float | None
    suites: list[dict[str, Any]]
    open_functions: list[dict[str, Any]]
    sections: Sections


def as_plain(report: Report) -> dict[str, Any]:
    """Return the report as JSON has it: page and model card are written from it too.

    Figures keep six significant digits; what is not finite is None.
    """
    plain = TypeAdapter(Report).dump_python(report, mode="json")
    rounded: dict[str, Any] = _rounded(plain)
    return rounded


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return value
