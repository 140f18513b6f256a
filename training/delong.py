"""Compares two ROC-AUCs measured on the same rows (DeLong et al. 1988).

Computed by mid-ranks as Sun and Xu (2014) do, which takes a sort and not a comparison
of every positive with every negative.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

_Z_95: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class AucDifference:
    """The first AUC less the second, with its paired 95 % interval."""

    difference: float
    low: float
    high: float


def compare_aucs(
    labels: NDArray[np.int64], first: NDArray[np.float64], second: NDArray[np.float64]
) -> AucDifference:
    """Compare two scores of the same rows; ``labels`` is 1 or 0, both at least twice.

    Raises:
        ValueError: if a class has fewer than two rows.
    """
    if min(np.sum(labels == 1), np.sum(labels == 0)) < 2:  # noqa: PLR2004 - variance
        raise ValueError("an interval needs two rows of each class")
    ours, theirs = _placements(labels, first), _placements(labels, second)
    spread = _covariance(ours.of_positives, theirs.of_positives)
    spread = spread + _covariance(ours.of_negatives, theirs.of_negatives)
    variance = spread[0, 0] + spread[1, 1] - 2 * spread[0, 1]
    difference = ours.auc - theirs.auc
    margin = _Z_95 * float(np.sqrt(max(variance, 0.0)))
    return AucDifference(difference, difference - margin, difference + margin)


@dataclass(frozen=True, slots=True)
class _Placements:
    """An AUC, and for each row of a class the share of the other on its right side."""

    auc: float
    of_positives: NDArray[np.float64]
    of_negatives: NDArray[np.float64]


def _covariance(
    first: NDArray[np.float64], second: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the covariance of two means of the same rows, shape (2, 2)."""
    return np.asarray(np.cov(first, second) / len(first))


def _placements(labels: NDArray[np.int64], scores: NDArray[np.float64]) -> _Placements:
    positives, negatives = scores[labels == 1], scores[labels == 0]
    pooled = rankdata(np.concatenate([positives, negatives]))
    above = pooled[: len(positives)] - rankdata(positives)
    below = pooled[len(positives) :] - rankdata(negatives)
    of_positives = above / len(negatives)
    of_negatives = 1 - below / len(positives)
    return _Placements(float(of_positives.mean()), of_positives, of_negatives)
