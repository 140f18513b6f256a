"""Judges the out-of-fold scores that training leaves: calibration, and against plain.

Rows that no fit may see are left out: what is said here is of the five folds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.linear_model import LogisticRegression

from labels.schema import LABELS
from training.base_rates import at_base_rate, even_sources
from training.delong import AucDifference, compare_aucs
from training.evaluation_table import EvaluationTable
from training.splits import HELD_OUT
from training.targets import CHOSEN_BY

FEWEST_FOR_BINS: Final = 2_000
FEWEST_POSITIVES: Final = 50
_BINS: Final = 10
_FEWEST_OF_A_CLASS: Final = 2
# A score of exactly 0 or 1 has no logit.
_EDGE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class CalibrationCheck:
    """How far a label's scores are the shares they claim to be.

    Attributes:
        n: how many rows know the label.
        slope: of the logistic regression of the label on the score's logit (Cox
            1958); 1 is right, below 1 the scores are too far apart.
        intercept: of the same, in logits; 0 is right.
        brier_skill: 1 less the Brier score over that of the base rate alone; above 0
            the scores say more than the base rate does.
        bin_error: mean distance of score and share over ten bins of equal weight;
            None where fewer than ``FEWEST_FOR_BINS`` rows know the label.
    """

    n: int
    slope: float
    intercept: float
    brier_skill: float
    bin_error: float | None


def check_calibrations(
    table: EvaluationTable, base_rates: Mapping[str, float]
) -> dict[str, CalibrationCheck]:
    """Check each label at the base rate that its calibration assumes.

    Rows are weighted as calibration weights them: sources alike within a class, and
    no corpus on a label that it was gathered by. A label without two rows of both
    classes is left out.
    """
    checks = {}
    for column, label in enumerate(LABELS):
        chosen = _known(table, column)
        sources = table.sources
        gathered = [source for source, by in CHOSEN_BY.items() if label in by]
        if not np.isin(sources[chosen], gathered).all():
            chosen &= ~np.isin(sources, gathered)
        labels = table.labels[chosen, column]
        if _fewest_of_a_class(labels) >= _FEWEST_OF_A_CLASS:
            weights = even_sources(labels, sources[chosen])
            weights = at_base_rate(labels, weights, base_rates[label])
            checks[label] = check_calibration(
                labels, table.scores[chosen, column], weights
            )
    return checks


def check_calibration(
    labels: NDArray[np.int64],
    scores: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> CalibrationCheck:
    """Check one label's scores; ``weights`` state the base rate and sum to 1."""
    logits = logit(np.clip(scores, _EDGE, 1 - _EDGE))[:, None]
    # A fit without a penalty worth the name, on weights of about 1 each.
    regression = LogisticRegression(C=1e6, tol=1e-8, max_iter=1000)
    regression.fit(logits, labels, sample_weight=weights * len(labels))
    rate = float(weights @ labels)
    return CalibrationCheck(
        n=len(labels),
        slope=float(regression.coef_[0, 0]),
        intercept=float(regression.intercept_[0]),
        brier_skill=1 - float(weights @ (scores - labels) ** 2) / (rate * (1 - rate)),
        bin_error=(
            _bin_error(labels, scores, weights)
            if len(labels) >= FEWEST_FOR_BINS
            else None
        ),
    )


def _bin_error(
    labels: NDArray[np.int64],
    scores: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> float:
    order = np.argsort(scores, kind="stable")
    middles = np.cumsum(weights[order]) - weights[order] / 2
    bins = np.minimum((middles * _BINS).astype(np.int64), _BINS - 1)
    gaps = (weights * (scores - labels))[order]
    return float(np.abs(np.bincount(bins, gaps, minlength=_BINS)).sum())


@dataclass(frozen=True, slots=True)
class AgainstPlain:
    """A label's ROC-AUC less that of plain TF-IDF and logistic regression.

    Attributes:
        pooled: over the rows of all sources together.
        mean: over the sources in ``by_source``; its interval takes them for
            independent of one another. None if there is no such source.
        by_source: each source with at least ``FEWEST_POSITIVES`` positives.
    """

    pooled: AucDifference
    mean: AucDifference | None
    by_source: Mapping[str, AucDifference]


def compare_with_plain(table: EvaluationTable) -> dict[str, AgainstPlain]:
    """Compare every label that has two rows of both classes, out of fold.

    Scores of either model are comparable over sources and folds, since no model is
    told the source: pooling is fair to both.
    """
    compared = {}
    for column, label in enumerate(LABELS):
        known = _known(table, column)
        if _fewest_of_a_class(table.labels[known, column]) < _FEWEST_OF_A_CLASS:
            continue
        by_source = {}
        for source in dict.fromkeys(table.sources[known].tolist()):
            chosen = known & (table.sources == source)
            labels = table.labels[chosen, column]
            is_large = labels.sum() >= FEWEST_POSITIVES
            if is_large and _fewest_of_a_class(labels) >= _FEWEST_OF_A_CLASS:
                by_source[source] = _compare(table, chosen, column)
        compared[label] = AgainstPlain(
            pooled=_compare(table, known, column),
            mean=mean_difference(list(by_source.values())) if by_source else None,
            by_source=by_source,
        )
    return compared


def mean_difference(differences: list[AucDifference]) -> AucDifference:
    """Return the mean of differences that are independent of one another.

    >>> sure = AucDifference(0.25, 0.25, 0.25)
    >>> mean_difference([sure, AucDifference(0.75, 0.5, 1.0)])
    AucDifference(difference=0.5, low=0.375, high=0.625)
    """
    mean = float(np.mean([one.difference for one in differences]))
    margins = [(one.high - one.low) / 2 for one in differences]
    margin = float(np.sqrt(np.sum(np.square(margins)))) / len(differences)
    return AucDifference(mean, mean - margin, mean + margin)


def _compare(
    table: EvaluationTable, chosen: NDArray[np.bool_], column: int
) -> AucDifference:
    return compare_aucs(
        table.labels[chosen, column],
        table.scores[chosen, column],
        table.plain[chosen, column],
    )


def _known(table: EvaluationTable, column: int) -> NDArray[np.bool_]:
    is_known = table.labels[:, column] >= 0
    return np.asarray(is_known & (table.folds != HELD_OUT))


def _fewest_of_a_class(labels: NDArray[np.int64]) -> int:
    return int(min(np.sum(labels == 1), np.sum(labels == 0)))
