"""Section 6: whether a score is the share it claims to be, and where it is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.schema import LABELS
from training.metrics import calibration_error
from training.out_of_fold import check_calibration
from training.sections.basis import FEWEST, TOO_FEW, Basis
from training.sections.slicing import slices_of

_BINS: Final = 10
_SLICED_BY: Final = ("source", "length", "language style")


@dataclass(frozen=True, slots=True)
class Bin:
    """A tenth of the queue: its mean score, the share of ones, and its rows."""

    score: float
    share: float
    n: int


@dataclass(frozen=True, slots=True)
class SliceCalibration:
    """Calibration of a slice, at the slice's own base rate: no weights.

    Attributes:
        by: what it is a slice of.
        slice: its name.
        n: its rows that know the label.
        mean_score: of those rows.
        share: how many of them are 1; a model for a queue scores a slice by what it
            reads, and cannot know that a source is fuller of abuse than a queue.
        calibration_error: over ten bins; None for too few rows.
        brier: mean squared distance of score and label.
    """

    by: str
    slice: str
    n: int
    mean_score: float
    share: float
    calibration_error: float | None
    brier: float | None


@dataclass(frozen=True, slots=True)
class LabelCalibration:
    """One label's calibration.

    Attributes:
        label: the label.
        n: rows that stand for the queue.
        slope: 1 is right; below 1 scores are too far apart.
        intercept: in logits; 0 is right.
        brier: mean squared distance of score and label, at the queue's base rate.
        brier_skill: above 0 the scores say more than the base rate does.
        calibration_error: mean distance of score and share over ten bins.
        bins: for the reliability plot.
        slices: where it holds and where it does not.
        not_judged: why there are no figures; None if there are.
    """

    label: str
    n: int
    slope: float | None = None
    intercept: float | None = None
    brier: float | None = None
    brier_skill: float | None = None
    calibration_error: float | None = None
    bins: tuple[Bin, ...] = ()
    slices: tuple[SliceCalibration, ...] = ()
    not_judged: str | None = None


@dataclass(frozen=True, slots=True)
class CalibrationSection:
    """Calibration, label by label."""

    labels: list[LabelCalibration]


def measure_calibration(basis: Basis) -> CalibrationSection:
    """Check every label's scores on the queue, and slice by slice."""
    return CalibrationSection([_label(basis, column) for column in range(len(LABELS))])


def _label(basis: Basis, column: int) -> LabelCalibration:
    label = LABELS[column]
    chosen = basis.weights[:, column] > 0
    labels = basis.labels[chosen, column]
    scores, weights = basis.scores[chosen, column], basis.weights[chosen, column]
    n = len(labels)
    slices = tuple(_slices(basis, column))
    if min(int(labels.sum()), n - int(labels.sum())) < FEWEST:
        return LabelCalibration(label, n, slices=slices, not_judged=TOO_FEW)
    check = check_calibration(labels, scores, weights)
    bins = tuple(_bins(labels, scores, weights))
    return LabelCalibration(
        label=label,
        n=n,
        slope=check.slope,
        intercept=check.intercept,
        brier=float(weights @ (scores - labels) ** 2),
        brier_skill=check.brier_skill,
        calibration_error=_error(labels, scores, weights),
        bins=bins,
        slices=slices,
    )


def _places(
    scores: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the tenth of the weight that each row falls into, by its score."""
    order = np.argsort(scores, kind="stable")
    middles = np.cumsum(weights[order]) - weights[order] / 2
    places = np.empty(len(scores), dtype=np.int64)
    places[order] = np.minimum((middles * _BINS).astype(np.int64), _BINS - 1)
    return places


def _bins(
    labels: NDArray[np.int64],
    scores: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> Iterator[Bin]:
    places = _places(scores, weights)
    for place in range(_BINS):
        chosen = places == place
        total = weights[chosen].sum()
        if total > 0:
            yield Bin(
                float(weights[chosen] @ scores[chosen] / total),
                float(weights[chosen] @ labels[chosen] / total),
                int(chosen.sum()),
            )


def _error(
    labels: NDArray[np.int64],
    scores: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> float:
    gaps = weights * (scores - labels)
    binned = np.bincount(_places(scores, weights), gaps, minlength=_BINS)
    return float(np.abs(binned).sum())


def _slices(basis: Basis, column: int) -> Iterator[SliceCalibration]:
    known = basis.known(column)
    for by, name, is_in in slices_of(basis, _SLICED_BY):
        chosen = known & is_in
        n = int(chosen.sum())
        if not n:
            continue
        labels, scores = basis.labels[chosen, column], basis.scores[chosen, column]
        is_enough = n >= _BINS * FEWEST
        yield SliceCalibration(
            by=by,
            slice=name,
            n=n,
            mean_score=float(scores.mean()),
            share=float(labels.mean()),
            calibration_error=calibration_error(labels, scores) if is_enough else None,
            brier=float(np.mean((scores - labels) ** 2)) if is_enough else None,
        )
