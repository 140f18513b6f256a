"""How well the scores of one label on one set of rows agree with what people said."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score

from training.delong import compare_aucs

_BINS = 10


@dataclass(frozen=True, slots=True)
class Metrics:
    """One cell of the evaluation; None where the rows cannot say.

    Attributes:
        n: how many rows know the label.
        positives: how many of them are 1.
        roc_auc: in [0, 1].
        average_precision: in [0, 1].
        threshold: the score from which a comment counts as flagged.
        f1: at the threshold, like ``precision`` and ``recall``.
        precision: None if nothing is flagged.
        recall: None if nothing is positive.
        calibration_error: mean distance between score and share of positives, over
            ten bins of equal size, at the rows' own base rate.
        plain_roc_auc: that of plain TF-IDF and logistic regression on the same rows.
        difference: ``roc_auc`` less ``plain_roc_auc``.
        difference_low: lower end of the paired 95 % interval of the difference.
        difference_high: upper end.
    """

    n: int
    positives: int
    threshold: float
    roc_auc: float | None = None
    average_precision: float | None = None
    f1: float | None = None
    precision: float | None = None
    recall: float | None = None
    calibration_error: float | None = None
    plain_roc_auc: float | None = None
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None


def measure(
    labels: NDArray[np.int64],
    scores: NDArray[np.float64],
    plain: NDArray[np.float64] | None,
    threshold: float,
) -> Metrics:
    """Measure one label's scores against labels of 1 or 0, shape (rows,).

    ``plain`` holds the plain model's scores, where there are any.
    """
    positives = int(labels.sum())
    found: dict[str, float | None] = {}
    if 0 < positives < len(labels):
        found["roc_auc"] = float(roc_auc_score(labels, scores))
        found["average_precision"] = float(average_precision_score(labels, scores))
    if plain is not None and 1 < positives < len(labels) - 1:
        compared = compare_aucs(labels, scores, plain)
        found["plain_roc_auc"] = float(roc_auc_score(labels, plain))
        found["difference"] = compared.difference
        found["difference_low"] = compared.low
        found["difference_high"] = compared.high
    if len(labels):
        found["calibration_error"] = calibration_error(labels, scores)
    return Metrics(
        n=len(labels),
        positives=positives,
        threshold=threshold,
        **found,
        **_at_threshold(labels, scores >= threshold),
    )


def _at_threshold(
    labels: NDArray[np.int64], is_flagged: NDArray[np.bool_]
) -> dict[str, float | None]:
    hits = int(labels[is_flagged].sum())
    flagged, positives = int(is_flagged.sum()), int(labels.sum())
    total = flagged + positives
    return {
        "precision": hits / flagged if flagged else None,
        "recall": hits / positives if positives else None,
        "f1": 2 * hits / total if total else None,
    }


def calibration_error(labels: NDArray[np.int64], scores: NDArray[np.float64]) -> float:
    """Return the expected calibration error over ten bins of equal size.

    Equal size and not equal width, so that no bin rests on a few rows (Nixon et al.
    2019).

    >>> calibration_error(np.array([0, 1]), np.array([0.0, 0.5]))
    0.25
    """
    order = np.argsort(scores, kind="stable")
    bins = np.array_split(order, _BINS)
    return float(
        sum(
            len(rows) * abs(scores[rows].mean() - labels[rows].mean())
            for rows in bins
            if len(rows)
        )
        / len(labels)
    )
