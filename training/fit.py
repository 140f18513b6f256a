"""Fits one logistic regression for each label, on all rows and on all but each fold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from model.units import MARGIN
from training.base_rates import at_base_rate
from training.counts import Counts, fit_idf, weigh
from training.splits import FOLDS, HELD_OUT
from training.targets import Targets
from training.view_counts import Sentences


@dataclass(frozen=True, slots=True)
class Regression:
    """How the logistic regressions are fitted.

    Attributes:
        inverse_strength: scikit-learn's ``C``; smaller values shrink weights more.
        is_balanced: whether both classes of a label weigh the same.
        scales: how much each view counts before the penalty: the smaller, the more
            its weights are shrunk. Weights are given back for features of length 1.
    """

    inverse_strength: float
    is_balanced: bool
    scales: Sequence[float]


# DECISIONS.md has the ablation.
OURS: Final = Regression(0.7, is_balanced=False, scales=(1.0, 1.3, 0.8))
PLAIN: Final = Regression(2.0, is_balanced=True, scales=(1.0, 1.0))


@dataclass(frozen=True, slots=True)
class Fit:
    """The classifiers fitted on all rows, and what the folds say of rows unseen.

    Attributes:
        idfs: one array for each view.
        weights: coefficients, shape (features, labels).
        bias: intercepts, shape (labels,).
        logits: for every row from a fit that did not see it, shape (rows, labels);
            those of the decisive unit where sentences are scored.
    """

    idfs: Sequence[NDArray[np.float64]]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    logits: NDArray[np.float64]


def fit(
    counts: Sequence[Counts],
    targets: Targets,
    folds: NDArray[np.int64],
    regression: Regression,
    *,
    seed: int,
    jobs: int,
    sentences: Sentences | None = None,
    advance: Iterable[int] = range(FOLDS + 1),
) -> Fit:
    """Fit every label on all rows and, for honest scores, on all but each fold.

    Held-out rows get their logits from the fit on all rows, which never includes
    them. ``advance`` counts the rounds, so that a caller may show them.
    """
    shares = targets.shares
    logits = np.zeros(shares.shape)
    is_last: NDArray[np.bool_] = folds == HELD_OUT
    for fold in advance:
        is_judged = folds == fold if fold < FOLDS else is_last
        is_fitted = ~is_judged & ~is_last
        idfs = [fit_idf(counted, is_fitted) for counted in counts]
        matrices = [counted.matrix for counted in counts]
        features = weigh(matrices, idfs, regression.scales)
        fitted = joblib.Parallel(n_jobs=jobs)(
            joblib.delayed(_fit_label)(
                features,
                np.where(is_fitted, shares[:, column], np.nan),
                targets.weights[:, column],
                regression,
                seed,
            )
            for column in range(shares.shape[1])
        )
        weights = np.column_stack([coefficients for coefficients, _ in fitted])
        bias = np.array([intercept for _, intercept in fitted])
        logits[is_judged] = features[is_judged] @ weights + bias
        if sentences is not None and is_judged[sentences.owners].any():
            chosen = is_judged[sentences.owners]
            units = [matrix[chosen] for matrix in sentences.matrices]
            of_units = weigh(units, idfs, regression.scales) @ weights + bias
            np.maximum.at(logits, sentences.owners[chosen], of_units - MARGIN)
    sizes = [counted.matrix.shape[1] for counted in counts]
    scales = np.repeat(regression.scales, sizes)
    return Fit(idfs, weights * scales[:, None], bias, logits)


def _fit_label(
    features: csr_matrix,
    shares: NDArray[np.float64],
    weights: NDArray[np.float64],
    regression: Regression,
    seed: int,
) -> tuple[NDArray[np.float64], float]:
    """Return one label's coefficients and intercept from the rows that know it."""
    # A row with a share between 0 and 1 stands on both sides, with a part of its
    # weight on each: the cross-entropy of a soft label.
    ones, zeros = np.flatnonzero(shares > 0), np.flatnonzero(shares < 1)
    rows = np.concatenate([ones, zeros])
    labels = np.repeat([1, 0], [len(ones), len(zeros)])
    if not len(ones) or not len(zeros):
        # Nothing to tell apart: every comment gets the one class there is.
        return np.zeros(features.shape[1]), 1.0 if len(ones) else -1.0
    weight = np.concatenate(
        [weights[ones] * shares[ones], weights[zeros] * (1 - shares[zeros])]
    )
    if regression.is_balanced:
        weight = at_base_rate(labels, weight, 0.5) * weight.sum()
    # liblinear's dual solver is the fastest for many features and few rows; its
    # order of coordinates is random, hence the seed.
    classifier = LogisticRegression(
        C=regression.inverse_strength,
        solver="liblinear",
        dual=True,
        tol=0.01,
        max_iter=1000,
        random_state=seed,
    )
    classifier.fit(features[rows], labels, sample_weight=weight)
    return classifier.coef_[0], float(classifier.intercept_[0])
