"""The report on a model: every section, measured and put together."""

import math
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import TypeAdapter

from labels import own
from labels.corpora import bias_madlibs
from labels.corpora.registry import read_corpus
from labels.labelled import LabelledComment
from labels.labelled_files import read_labelled_file
from labels.own import read_tagged
from labels.suites import suite_files
from model.artefact import load_artefact
from model.reader import Reader
from model.scorer import Scorer
from training.bulk_scores import ScorerJudge
from training.evaluate import measure_judged
from training.report.masking import Masker
from training.report.shown_text import TextPolicy
from training.rows import Rows, gather
from training.sections.basis import make_basis
from training.sections.bias import Bias, measure_bias
from training.sections.calibration import CalibrationSection, measure_calibration
from training.sections.changes import Changes, measure_changes
from training.sections.curves import Curves, measure_curves
from training.sections.data import Data, describe_data
from training.sections.errors import Errors, measure_errors
from training.sections.evasion import EvasionSection, measure_evasion_section
from training.sections.evidence import EvidenceSection, measure_evidence
from training.sections.functions import (
    FunctionalSuites,
    judge_suites,
    read_any_suite,
)
from training.sections.identity import Identity, describe_identity
from training.sections.limits import Limits, describe_limits
from training.sections.marks import DEFAULT_MARKS, judge_marks, read_marks
from training.sections.people import People, measure_people
from training.sections.reached import collect_figures
from training.sections.review import Review, measure_review
from training.sections.size import Size, Speed, measure_size, measure_speed
from training.sections.slices import Slices, measure_slices
from training.sections.studies import (
    LearningCurve,
    TransferSection,
    describe_studies,
    read_studies,
)
from training.sections.verdict import Verdict, measure_verdict
from training.suite_check import check_suites, open_functions, sum_halves

SCHEMA: Final = "gavel-evaluation-report"
SCHEMA_VERSION: Final = 1
"""Rises when a field goes or changes its meaning; a new field does not raise it."""

_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What is reported on, and how.

    Attributes:
        model: the folder of the model.
        own: the folder of our own comments and judgements.
        corpora: public corpora to judge on; None for none.
        files: labelled comments of the reader's own.
        suites: functional suites; ours where none is named.
        against: the folder of another model; None for none.
        unlabelled: recent comments without labels; None for none.
        pass_marks: the file of pass marks.
        comments_a_day: for the threshold tables.
        seconds_each: to review one comment.
        is_masked: whether words of abuse are masked in texts.
        has_texts: False leaves every text of a comment out.
        seed: of every draw.
        jobs: processes; figures do not depend on it.
        command: as it was called, less where files lie.
    """

    model: Path
    own: Path = own.DATA
    corpora: Path | None = None
    files: Sequence[Path] = ()
    suites: Sequence[Path] = ()
    against: Path | None = None
    unlabelled: Path | None = None
    pass_marks: Path = DEFAULT_MARKS
    comments_a_day: int = 10_000
    seconds_each: float = 15.0
    is_masked: bool = True
    has_texts: bool = True
    seed: int = 0
    jobs: int = 2
    command: str = "gavel evaluate"


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


STEPS: Final = 17
"""How many steps ``make_report`` announces."""


def make_report(
    options: ReportOptions, announce: Callable[[str], None] = lambda _: None
) -> Report:
    """Measure a model and put the report together; ``announce`` is told each step.

    Raises:
        ArtefactError: if a folder holds no model, or one that this Gavel cannot read.
        InputError: if a file cannot be read as what it should be.
        LabelError: if labels of a file are something else than labels.
    """
    return _Maker(options, announce).make()


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


@dataclass
class _Maker:
    """Measures section by section; each step is announced as it begins."""

    options: ReportOptions
    announce: Callable[[str], None]
    began: float = field(default_factory=time.monotonic)

    def make(self) -> Report:  # noqa: PLR0915 - one line for each section
        """Measure section after section, and put them together."""
        options = self.options
        self.announce("reading models, marks and suites")
        marks = read_marks(options.pass_marks)
        artefact = load_artefact(options.model)
        against = load_artefact(options.against) if options.against else None
        studies = read_studies(options.model, artefact.version)
        suites = [read_any_suite(path) for path in options.suites or suite_files()]
        cases = [case for suite in suites for case in suite.own]
        self.announce("reading comments")
        tagged = read_tagged(options.own)
        ours = [one.labelled for one in tagged]
        yours = [row for file in options.files for row in read_labelled_file(file)]
        rows = gather(options.corpora, [*ours, *yours])
        self.announce("scoring comments")
        scorer = Scorer(artefact)
        basis = make_basis(
            artefact, rows, tagged=tagged, yours=yours, seed=options.seed
        )
        policy = TextPolicy(
            options.has_texts,
            Masker(Reader(artefact.tables).speller) if options.is_masked else None,
        )
        judge = ScorerJudge(scorer, basis.lowest)
        self.announce("verdict")
        verdict = measure_verdict(basis, against, jobs=options.jobs)
        self.announce("data")
        data = describe_data(basis, [*ours, *yours], cases)
        self.announce("curves and thresholds")
        curves = measure_curves(basis)
        review = measure_review(
            basis,
            comments_a_day=options.comments_a_day,
            seconds_each=options.seconds_each,
        )
        self.announce("calibration")
        calibration = measure_calibration(basis)
        self.announce("slices")
        slices = measure_slices(basis)
        self.announce("bias")
        bias = measure_bias(basis, judge, _templates(options.corpora))
        self.announce("functional suites")
        functional = judge_suites(scorer, suites, policy.text)
        results = check_suites(scorer, cases)
        self.announce("evasion")
        evasion = measure_evasion_section(
            artefact,
            judge,
            ours,
            cases,
            _labelled(rows),
            seed=options.seed,
        )
        self.announce("evidence")
        evidence = measure_evidence(basis, scorer, options.corpora)
        self.announce("errors")
        errors = measure_errors(basis, scorer, policy)
        self.announce("people")
        people = measure_people(basis, options.own)
        self.announce("changes")
        changes = measure_changes(basis, against, options.unlabelled, policy)
        self.announce("size and speed")
        size = measure_size(basis)
        figures = collect_figures(
            verdict=verdict,
            curves=curves,
            bias=bias,
            results=results,
            evasion=evasion,
            size=size,
        )
        verdict.marks = judge_marks(marks, figures, options.pass_marks)
        verdict.marks_file = options.pass_marks.name
        transfer, learning_curve = describe_studies(studies)
        evaluation = measure_judged(artefact, rows, basis.judged).as_json()
        speed = measure_speed(scorer, rows.comments)
        self.announce("putting it together")
        return Report(
            schema=SCHEMA,
            schema_version=SCHEMA_VERSION,
            model=ModelName(artefact.name, artefact.version),
            run=self._run(speed),
            figures=figures,
            cells=evaluation["cells"],
            mean_difference=evaluation["mean_difference"],
            suites=[_as_dict(half) for half in sum_halves(results)],
            open_functions=[_as_dict(one) for one in open_functions(results)],
            sections=Sections(
                verdict=verdict,
                identity=describe_identity(basis, _files(options)),
                data=data,
                curves=curves,
                review=review,
                calibration=calibration,
                slices=slices,
                bias=bias,
                functional_suites=functional,
                evasion=evasion,
                transfer=transfer,
                evidence=evidence,
                errors=errors,
                people=people,
                learning_curve=learning_curve,
                changes=changes,
                size=size,
                limits=describe_limits(basis, functional, verdict.marks),
                reproduce=Reproduce(options.command, _REPRODUCE_NOTE),
            ),
        )

    def _run(self, speed: Speed) -> Run:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        # Linux counts kibibytes, macOS bytes.
        peak_bytes = peak if sys.platform == "darwin" else peak * 1024
        return Run(
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            seconds=time.monotonic() - self.began,
            peak_megabytes=peak_bytes / 1e6,
            jobs=self.options.jobs,
            speed=speed,
        )


_REPRODUCE_NOTE: Final = (
    "The same model, files, commit and library versions give the same bytes, but for "
    "the block about the run."
)


def _as_dict(result: Any) -> dict[str, Any]:
    return {name: getattr(result, name) for name in result.__dataclass_fields__}


def _files(options: ReportOptions) -> list[Path]:
    named = [*options.files, *(options.suites or suite_files()), options.pass_marks]
    if options.unlabelled:
        named.append(options.unlabelled)
    return named


def _templates(corpora: Path | None) -> Sequence[LabelledComment]:
    place = corpora / bias_madlibs.SOURCE if corpora else None
    if place is None or not place.is_dir():
        return []
    return read_corpus(bias_madlibs.SOURCE, place).rows


def _labelled(rows: Rows) -> list[LabelledComment]:
    """Return the rows of corpora and files as labelled comments again."""
    chosen = np.flatnonzero(rows.sources != own.SOURCE).tolist()
    return [
        LabelledComment(
            rows.comments[row],
            str(rows.sources[row]),
            tuple(None if math.isnan(s) else s for s in rows.shares[row].tolist()),
            rows.groups[row],
            bool(rows.is_held_out[row]),
        )
        for row in chosen
    ]
