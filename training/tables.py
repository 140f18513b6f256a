"""Prints evaluations and thresholds as tables for the terminal."""

from collections.abc import Mapping, Sequence

from labels.text_tables import lay_out
from model.actions import Thresholds
from model.calibration import Calibration
from training.evaluate import TRAINED_ON, Evaluation
from training.metrics import Metrics
from training.suite_check import FunctionResult, open_functions, sum_halves

_HEADER = (
    "label",
    "source",
    "scores",
    "n",
    "positive",
    "AUC",
    "plain",
    "difference [95 %]",
    "AP",
    "F1",
    "P",
    "R",
    "at",
    "ECE",
)


def evaluation_table(evaluation: Evaluation) -> str:
    """Return one line for each label and source, under a header."""
    rows = [
        (cell.label, cell.source, cell.split, *_columns(cell.metrics))
        for cell in evaluation.cells
    ]
    return lay_out([_HEADER, *rows], words=3)


def suite_table(results: Sequence[FunctionResult]) -> str:
    """Return the share of cases passed by each half, then by open function."""
    halves = [("suite", "part", "expected", "functions", "cases", "passed")]
    halves += [
        (
            half.suite,
            "locked" if half.is_locked else "open",
            _answer(half.is_expected),
            str(half.functions),
            str(half.cases),
            f"{half.passed / half.cases:.1%}",
        )
        for half in sum_halves(results)
    ]
    functions = [("function", "label", "expected", "cases", "passed")]
    functions += [
        (
            one.function,
            one.label,
            _answer(one.is_expected),
            str(one.cases),
            f"{one.passed / one.cases:.0%}",
        )
        for one in open_functions(results)
    ]
    return f"{lay_out(halves, words=3)}\n\n{lay_out(functions, words=3)}"


def _answer(is_expected: bool) -> str:
    return "flagged" if is_expected else "left alone"


def evaluation_summary(evaluation: Evaluation) -> str:
    """Return how the model compares with plain TF-IDF, and what to mind."""
    compared = [cell for cell in evaluation.cells if cell.metrics.difference_high]
    worse = [
        f"{cell.label} on {cell.source}"
        for cell in compared
        if cell.metrics.difference_high is not None and cell.metrics.difference_high < 0
    ]
    lines = []
    mean = evaluation.mean_difference()
    if mean is not None:
        lines.append(
            f"AUC against plain TF-IDF + LR: {mean:+.4f} on average over "
            f"{len(compared)} cells; worse beyond the interval: "
            f"{', '.join(worse) or 'none'}"
        )
    if any(cell.split == TRAINED_ON for cell in evaluation.cells):
        lines.append(
            "rows 'trained on' flatter the model: its out-of-fold scores "
            "(evaluation.parquet) are not beside it"
        )
    return "\n".join(lines)


def _columns(metrics: Metrics) -> tuple[str, ...]:
    difference = "-"
    if metrics.difference is not None:
        difference = (
            f"{metrics.difference:+.3f} "
            f"[{metrics.difference_low:+.3f} {metrics.difference_high:+.3f}]"
        )
    return (
        f"{metrics.n:,}",
        f"{metrics.positives:,}",
        _number(metrics.roc_auc),
        _number(metrics.plain_roc_auc),
        difference,
        _number(metrics.average_precision),
        _number(metrics.f1),
        _number(metrics.precision),
        _number(metrics.recall),
        _number(metrics.threshold),
        _number(metrics.calibration_error),
    )


def threshold_table(
    calibrations: Mapping[str, Calibration], thresholds: Mapping[str, Thresholds]
) -> str:
    """Return each label's base rate and its thresholds for review and hold."""
    rows = [("label", "base rate", "review", "hold")]
    for label, calibration in calibrations.items():
        found = thresholds.get(label)
        rows.append(
            (
                label,
                _number(calibration.base_rate),
                _number(found.review) if found else "none of its own",
                _number(found.hold) if found else "",
            )
        )
    return lay_out(rows, words=3)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
