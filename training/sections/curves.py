"""Section 4: precision-recall and ROC curves; precision where abuse is rarer."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels import own
from labels.schema import LABELS
from training.alarms import PRAISE, precision_at
from training.sections.basis import FEWEST, TOO_FEW, Basis

BASE_RATES: Final = (0.001, 0.005, 0.01, 0.05)
_POINTS: Final = 61


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold does; shares in [0, 1]; precision None if nothing is flagged."""

    threshold: float
    recall: float
    false_positive_rate: float
    precision: float | None


@dataclass(frozen=True, slots=True)
class PrecisionAt:
    """Precision at a base rate, of the shipped thresholds; None for none shipped."""

    base_rate: float
    review: float | None
    hold: float | None


@dataclass(frozen=True, slots=True)
class LabelCurve:
    """One label's curve, on the rows and weights of the queue.

    ``points`` fall evenly along the curve; ``precisions`` follow from recall and
    false-positive rate by Bayes' rule.
    """

    label: str
    points: list[Point]
    precisions: list[PrecisionAt]
    not_judged: str | None = None


@dataclass(frozen=True, slots=True)
class Curves:
    """All curves, and how often public corpora look like praise of extremism.

    Attributes:
        labels: one curve each.
        corpus_comments: unseen comments of public corpora.
        corpus_alarms: how many of them are flagged as extremist praise.
    """

    labels: list[LabelCurve]
    corpus_comments: int
    corpus_alarms: int


def measure_curves(basis: Basis) -> Curves:
    """Draw every label's curve from the unseen rows."""
    corpora = basis.is_unseen & ~np.isin(basis.rows.sources, [own.SOURCE, *basis.yours])
    threshold = basis.threshold(LABELS[PRAISE])
    alarms = 0
    if threshold is not None:
        alarms = int((basis.scores[corpora, PRAISE] >= threshold).sum())
    return Curves(
        labels=[_curve(basis, column) for column in range(len(LABELS))],
        corpus_comments=int(corpora.sum()),
        corpus_alarms=alarms,
    )


@dataclass(frozen=True, slots=True)
class Rates:
    """Recall and false-positive rate of a label at any threshold, as a queue has them.

    Attributes:
        scores: of the rows, falling.
        hits: share of the ones at or above each score.
        alarms: share of the zeros, likewise.
    """

    scores: NDArray[np.float64]
    hits: NDArray[np.float64]
    alarms: NDArray[np.float64]

    def at(self, threshold: float) -> tuple[float, float]:
        """Return recall and false-positive rate."""
        count = int(np.searchsorted(-self.scores, -threshold, side="right"))
        if not count:
            return 0.0, 0.0
        return float(self.hits[count - 1]), float(self.alarms[count - 1])


def rates_of(basis: Basis, column: int) -> Rates | None:
    """Return the rates of a label; None where a class has fewer than ten rows."""
    weights = basis.weights[:, column]
    chosen = weights > 0
    labels = basis.labels[chosen, column]
    if min(np.sum(labels == 1), np.sum(labels == 0)) < FEWEST:
        return None
    scores = basis.scores[chosen, column]
    order = np.argsort(-scores, kind="stable")
    ordered = weights[chosen][order]
    is_one = labels[order] == 1
    hits, alarms = np.cumsum(ordered * is_one), np.cumsum(ordered * ~is_one)
    return Rates(scores[order], hits / hits[-1], alarms / alarms[-1])


def _curve(basis: Basis, column: int) -> LabelCurve:
    label = LABELS[column]
    rates = rates_of(basis, column)
    if rates is None:
        return LabelCurve(label, [], [], TOO_FEW)
    base_rate = basis.base_rate(label)
    # Even steps along the curve: in recall, and in the rate of false alarms.
    steps = np.linspace(0, 1, _POINTS // 2 + 1)
    places = np.concatenate(
        [np.searchsorted(rates.hits, steps), np.searchsorted(rates.alarms, steps)]
    )
    places = np.unique(np.minimum(places, len(rates.scores) - 1))
    points = [_point(rates, float(rates.scores[at]), base_rate) for at in places]
    shipped = basis.artefact.thresholds.get(label)
    precisions = [
        PrecisionAt(
            rate,
            *(
                None if at is None else _precision(*rates.at(at), rate)
                for at in ((shipped.review, shipped.hold) if shipped else (None, None))
            ),
        )
        for rate in BASE_RATES
    ]
    return LabelCurve(label, points, precisions)


def _point(rates: Rates, threshold: float, base_rate: float) -> Point:
    recall, alarms = rates.at(threshold)
    return Point(threshold, recall, alarms, _precision(recall, alarms, base_rate))


def _precision(recall: float, alarms: float, base_rate: float) -> float | None:
    found = precision_at(recall, alarms, base_rate)
    return None if np.isnan(found) else found
