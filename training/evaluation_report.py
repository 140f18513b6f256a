"""The report on a model: every section, measured and put together."""

import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from training.evaluate import measure_judged
from training.evaluation_data import (
    SCHEMA,
    SCHEMA_VERSION,
    ModelName,
    Report,
    Reproduce,
    Run,
    Sections,
)
from training.evaluation_inputs import (
    Inputs,
    ReportOptions,
    bias_templates,
    input_files,
    labelled_rows,
    read_inputs,
)
from training.sections.bias import measure_bias
from training.sections.calibration import measure_calibration
from training.sections.changes import measure_changes
from training.sections.curves import measure_curves
from training.sections.data import describe_data
from training.sections.errors import measure_errors
from training.sections.evasion import measure_evasion_section
from training.sections.evidence import measure_evidence
from training.sections.functions import judge_suites
from training.sections.identity import describe_identity
from training.sections.limits import describe_limits
from training.sections.marks import judge_marks
from training.sections.people import measure_people
from training.sections.reached import collect_figures
from training.sections.review import measure_review
from training.sections.size import measure_size, measure_speed
from training.sections.slices import measure_slices
from training.sections.studies import describe_studies
from training.sections.verdict import measure_verdict
from training.suite_check import check_suites, open_functions, sum_halves

STEPS: Final = 15
"""How many steps ``make_report`` announces."""

_REPRODUCE_NOTE: Final = (
    "The same model, files, commit and library versions give the same bytes, but for "
    "the block about the run."
)


def make_report(
    options: ReportOptions, announce: Callable[[str], None] = lambda _: None
) -> Report:
    """Measure a model and put the report together; ``announce`` is told each step.

    Raises:
        ArtefactError: if a folder holds no model, or one that this Gavel cannot read.
        InputError: if a file cannot be read as what it should be.
        LabelError: if labels of a file are something else than labels.
    """
    began = time.monotonic()
    inputs = read_inputs(options, announce)
    measured = _judge_scores(inputs, options, announce)
    measured |= _judge_texts(inputs, options, announce)
    results = check_suites(inputs.scorer, inputs.cases)
    figures = collect_figures(
        results=results,
        **{key: measured[key] for key in ("verdict", "curves", "bias", "evasion")},
        size=measured["size"],
    )
    marks = judge_marks(inputs.marks, figures, options.pass_marks)
    measured["verdict"].marks = marks
    measured["verdict"].marks_file = options.pass_marks.name
    transfer, learning_curve = describe_studies(inputs.studies)
    announce("putting it together")
    evaluation = measure_judged(inputs.artefact, inputs.rows, inputs.basis.judged)
    cells = evaluation.as_json()
    return Report(
        schema=SCHEMA,
        schema_version=SCHEMA_VERSION,
        model=ModelName(inputs.artefact.name, inputs.artefact.version),
        run=_run(inputs, options.jobs, began),
        figures=figures,
        cells=cells["cells"],
        mean_difference=cells["mean_difference"],
        suites=[_as_dict(half) for half in sum_halves(results)],
        open_functions=[_as_dict(one) for one in open_functions(results)],
        sections=Sections(
            **measured,
            identity=describe_identity(inputs.basis, input_files(options)),
            transfer=transfer,
            learning_curve=learning_curve,
            limits=describe_limits(inputs.basis, measured["functional_suites"], marks),
            reproduce=Reproduce(options.command, _REPRODUCE_NOTE),
        ),
    )


def _judge_scores(
    inputs: Inputs, options: ReportOptions, announce: Callable[[str], None]
) -> dict[str, Any]:
    """Measure the sections that need the comments' scores alone, by their names."""
    basis = inputs.basis
    announce("verdict")
    verdict = measure_verdict(basis, inputs.against, jobs=options.jobs)
    announce("data")
    data = describe_data(basis, [*inputs.ours, *inputs.yours], inputs.cases)
    announce("curves and thresholds")
    curves = measure_curves(basis)
    review = measure_review(
        basis,
        comments_a_day=options.comments_a_day,
        seconds_each=options.seconds_each,
    )
    announce("calibration")
    calibration = measure_calibration(basis)
    announce("slices")
    return {
        "verdict": verdict,
        "data": data,
        "curves": curves,
        "review": review,
        "calibration": calibration,
        "slices": measure_slices(basis),
        "people": measure_people(basis, options.own),
        "size": measure_size(basis),
    }


def _judge_texts(
    inputs: Inputs, options: ReportOptions, announce: Callable[[str], None]
) -> dict[str, Any]:
    """Measure the sections that score or show texts anew, by their names."""
    basis, scorer, policy = inputs.basis, inputs.scorer, inputs.policy
    announce("bias")
    bias = measure_bias(basis, inputs.judge, bias_templates(options.corpora))
    announce("functional suites")
    functional_suites = judge_suites(scorer, inputs.suites, policy.text)
    announce("evasion")
    evasion = measure_evasion_section(
        inputs.artefact,
        inputs.judge,
        inputs.ours,
        inputs.cases,
        labelled_rows(inputs.rows),
        seed=options.seed,
    )
    announce("evidence")
    evidence = measure_evidence(basis, scorer, options.corpora)
    announce("errors")
    errors = measure_errors(basis, scorer, policy)
    announce("changes")
    changes = measure_changes(basis, inputs.against, options.unlabelled, policy)
    return {
        "bias": bias,
        "functional_suites": functional_suites,
        "evasion": evasion,
        "evidence": evidence,
        "errors": errors,
        "changes": changes,
    }


def _run(inputs: Inputs, jobs: int, began: float) -> Run:
    speed = measure_speed(inputs.scorer, inputs.rows.comments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kibibytes, macOS bytes.
    peak_bytes = peak if sys.platform == "darwin" else peak * 1024
    return Run(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=time.monotonic() - began,
        peak_megabytes=peak_bytes / 1e6,
        jobs=jobs,
        speed=speed,
    )


def _as_dict(result: Any) -> dict[str, Any]:
    return {name: getattr(result, name) for name in result.__dataclass_fields__}
