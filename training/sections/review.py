"""Section 5: what each threshold costs in review, and the bands to work with."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from labels.schema import LABELS
from training.sections.basis import TOO_FEW, Basis
from training.sections.curves import Rates, rates_of
from training.thresholds import (
    HOLD_PRECISION,
    REVIEW_PRECISION,
    UnreachablePrecisionError,
    threshold_for_precision,
)

_STEPS: Final = tuple(step / 20 for step in range(1, 20))
_PER: Final = 1_000


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """What one threshold does, at the base rate of the queue.

    Attributes:
        threshold: flagged from this score on.
        kind: ``review`` or ``hold`` for a shipped one, else blank.
        precision: share of what is flagged that is rightly flagged; None of nothing.
        recall: share of what should be flagged that is.
        false_positive_rate: share of the others that is flagged.
        flagged_per_1000: comments of a thousand that are sent to review.
        minutes_a_day: to read those of a day's comments.
    """

    threshold: float
    kind: str
    precision: float | None
    recall: float
    false_positive_rate: float
    flagged_per_1000: float
    minutes_a_day: float


@dataclass(frozen=True, slots=True)
class Band:
    """A band of action: the shipped threshold, and what these rows recommend."""

    action: str
    precision: float
    shipped: float | None
    recommended: float | None


@dataclass(frozen=True, slots=True)
class LabelReview:
    """One label's thresholds."""

    label: str
    base_rate: float
    rows: list[ThresholdRow]
    bands: list[Band]
    not_judged: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """The threshold tables, and what they assume of a day's work."""

    comments_a_day: int
    seconds_each: float
    labels: list[LabelReview]


def measure_review(basis: Basis, *, comments_a_day: int, seconds_each: float) -> Review:
    """Measure every label at twenty thresholds and at those it ships with."""
    minutes = comments_a_day / _PER * seconds_each / 60
    return Review(
        comments_a_day,
        seconds_each,
        [_label(basis, column, minutes) for column in range(len(LABELS))],
    )


def _label(basis: Basis, column: int, minutes: float) -> LabelReview:
    label = LABELS[column]
    base_rate = basis.base_rate(label)
    rates = rates_of(basis, column)
    if rates is None:
        return LabelReview(label, base_rate, [], [], TOO_FEW)
    shipped = basis.artefact.thresholds.get(label)
    named = {
        value: kind
        for kind, value in (
            ("hold", shipped.hold if shipped else None),
            ("review", shipped.review if shipped else None),
        )
        if value is not None
    }
    rows = [
        _row(rates, at, named.get(at, ""), base_rate, minutes)
        for at in sorted({*_STEPS, *named})
    ]
    bands = [
        Band(action, precision, at, _recommended(basis, column, precision))
        for action, precision, at in (
            ("review", REVIEW_PRECISION, shipped.review if shipped else None),
            ("hold", HOLD_PRECISION, shipped.hold if shipped else None),
        )
    ]
    return LabelReview(label, base_rate, rows, bands)


def _row(
    rates: Rates, threshold: float, kind: str, base_rate: float, minutes: float
) -> ThresholdRow:
    recall, alarms = rates.at(threshold)
    hits = recall * base_rate
    flagged = hits + alarms * (1 - base_rate)
    return ThresholdRow(
        threshold=threshold,
        kind=kind,
        precision=hits / flagged if flagged > 0 else None,
        recall=recall,
        false_positive_rate=alarms,
        flagged_per_1000=_PER * flagged,
        minutes_a_day=_PER * flagged * minutes,
    )


def _recommended(basis: Basis, column: int, precision: float) -> float | None:
    chosen = basis.weights[:, column] > 0
    try:
        return threshold_for_precision(
            np.asarray(basis.labels[chosen, column]),
            basis.scores[chosen, column],
            basis.weights[chosen, column],
            precision=precision,
        )
    except UnreachablePrecisionError:
        return None
