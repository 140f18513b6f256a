"""Calibrates logits to probabilities at a stated base rate."""

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from model.calibration import Calibration
from training.base_rates import at_base_rate
from training.splits import FOLDS, HELD_OUT


def fit_calibration(
    logits: NDArray[np.float64],
    labels: NDArray[np.int64],
    weights: NDArray[np.float64],
    base_rate: float,
) -> Calibration:
    """Fit Platt's sigmoid on logits that their classifier did not see in training.

    A label without both classes keeps its logits and says so by a slope of 1.
    """
    known = (labels >= 0) & (weights > 0)
    scaled = at_base_rate(labels[known], weights[known], base_rate)
    if len(np.unique(labels[known])) < 2:  # noqa: PLR2004 - two classes
        return Calibration(1.0, 0.0, base_rate)
    # Weights of size 1 in the sum would leave nothing beside the tiny penalty.
    sigmoid = LogisticRegression(C=1e6, tol=1e-8, max_iter=1000)
    sigmoid.fit(logits[known, None], labels[known], sample_weight=scaled * known.sum())
    # Even a useless classifier must not turn the order of comments around.
    slope = max(float(sigmoid.coef_[0, 0]), 1e-3)
    return Calibration(slope, float(sigmoid.intercept_[0]), base_rate)


def cross_calibrate(
    logits: NDArray[np.float64],
    labels: NDArray[np.int64],
    weights: NDArray[np.float64],
    folds: NDArray[np.int64],
    base_rate: float,
) -> NDArray[np.float64]:
    """Return scores whose calibration did not see them, for one label.

    Each fold is calibrated by the other folds; held-out rows by all.
    """
    scores = np.zeros(len(logits))
    for fold in (*range(FOLDS), HELD_OUT):
        judged = folds == fold
        others = ~judged & (folds != HELD_OUT)
        calibration = fit_calibration(
            logits[others], labels[others], weights[others], base_rate
        )
        scores[judged] = calibration.scores(logits[judged])
    return scores
