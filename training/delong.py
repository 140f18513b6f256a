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
    aucs, of_positives, of_negatives = zip(
        _placements(labels, first), _placements(labels, second), strict=True
    )
    spread = np.cov(np.array(of_positives)) / len(of_positives[0])
    spread = spread + np.cov(np.array(of_negatives)) / len(of_negatives[0])
    variance = spread[0, 0] + spread[1, 1] - 2 * spread[0, 1]
    difference = float(aucs[0] - aucs[1])
    margin = _Z_95 * float(np.sqrt(max(variance, 0.0)))
    return AucDifference(difference, difference - margin, difference + margin)


def _placements(
    labels: NDArray[np.int64], scores: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Return the AUC, and for each row the share of the other class it outranks."""
    positives, negatives = scores[labels == 1], scores[labels == 0]
    pooled = rankdata(np.concatenate([positives, negatives]))
    above = pooled[: len(positives)] - rankdata(positives)
    below = pooled[len(positives) :] - rankdata(negatives)
    of_positives = above / len(negatives)
    of_negatives = 1 - below / len(positives)
    return float(of_positives.mean()), of_positives, of_negatives
