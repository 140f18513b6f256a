"""Figures of one label's scores with their 95 % bootstrap intervals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from training.sections.basis import FEWEST

RESAMPLES: Final = 200
PRECISE: Final = 0.9
"""The precision at which recall is stated."""

_INTERVAL: Final = (2.5, 97.5)
_BINS: Final = 10
_COMPARED: Final = ("roc_auc", "average_precision")
_TINY: Final = 1e-300

# The precision of fewer flagged rows is luck, as in ``training.thresholds``.
_FEWEST_FLAGGED: Final = 20

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and its 95 % interval; None where it cannot be said."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


NOTHING: Final = Interval()
"""Stands for a figure that cannot be said."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows that know a label; ``weights`` are those of a queue, or all the same.

    Attributes:
        labels: 1 or 0, shape (rows,).
        scores: in [0, 1], same shape.
        weights: same shape, above 0.
        base_rate: the share of ones that every resample is weighted to; None to
            leave it as it falls.
    """

    labels: NDArray[np.int64]
    scores: Array
    weights: Array
    base_rate: float | None = None

    @property
    def is_enough(self) -> bool:
        """Whether both classes have rows enough for a figure."""
        positives = int(self.labels.sum())
        return min(positives, len(self.labels) - positives) >= FEWEST


class Ranking:
    """Rows in the order of falling scores, to be measured under many weights."""

    def __init__(
        self, labels: NDArray[np.int64], scores: Array, threshold: float
    ) -> None:
        self._order = np.argsort(-scores, kind="stable")
        self._scores = scores[self._order]
        self._is_one = labels[self._order] == 1
        # Rows of one score are flagged together or not at all.
        self._ends = np.flatnonzero(
            np.append(self._scores[1:] != self._scores[:-1], True)
        )
        self._is_enough = self._ends + 1 >= _FEWEST_FLAGGED
        self._count = int(np.sum(scores >= threshold))

    def measure(self, weights: Array) -> dict[str, float]:
        """Return every figure under weights that both classes have some of.

        The weights sum to 1.
        """
        ordered = weights[self._order]
        flags, hits = np.cumsum(ordered), np.cumsum(ordered * self._is_one)
        positives, negatives = hits[-1], flags[-1] - hits[-1]
        flagged, at_end = flags[self._ends], hits[self._ends]
        recalls = np.append(0.0, at_end / positives)
        rates = np.append(0.0, (flagged - at_end) / negatives)
        precisions = at_end / np.maximum(flagged, _TINY)
        hits_there = hits[self._count - 1] if self._count else 0.0
        flagged_there = flags[self._count - 1] if self._count else 0.0
        is_precise = (precisions >= PRECISE) & self._is_enough
        return {
            "roc_auc": float(np.diff(rates) @ (recalls[1:] + recalls[:-1]) / 2),
            "average_precision": float(np.diff(recalls) @ precisions),
            "f1": float(2 * hits_there / (flagged_there + positives)),
            "recall_at_precision_90": float(
                np.max(recalls[1:], where=is_precise, initial=0.0)
            ),
            "recall": float(hits_there / positives),
            "false_positive_rate": float((flagged_there - hits_there) / negatives),
        }

    def calibration_error(self, weights: Array) -> float:
        """Return the mean distance of score and share, over ten bins of one weight."""
        ordered = weights[self._order]
        gaps = np.cumsum(ordered * (self._scores - self._is_one))
        ends = np.searchsorted(np.cumsum(ordered), np.arange(1, _BINS) / _BINS)
        bounds = gaps[np.append(np.minimum(ends, len(gaps) - 1), len(gaps) - 1)]
        return float(np.abs(np.diff(bounds, prepend=0.0)).sum())


def with_intervals(
    sample: Sample, threshold: float, *, seed: int
) -> dict[str, Interval]:
    """Return each figure of a ranking, and its calibration error, with its interval.

    Percentiles of a bootstrap over rows; the same for the same seed. Nothing where a
    class has fewer than ``FEWEST`` rows.
    """
    return compare(sample, threshold, {}, seed=seed)[0]


def compare(
    sample: Sample,
    threshold: float,
    others: Mapping[str, tuple[Array, float]],
    *,
    seed: int,
) -> tuple[dict[str, Interval], dict[str, dict[str, Interval]]]:
    """Return our figures, and those of others on the same rows by their name.

    An other is its scores and its threshold. Differences of AP and ROC-AUC, ours
    less theirs, are called ``…_difference``; their intervals are paired.
    """
    if not sample.is_enough:
        return {}, {name: {} for name in others}
    ours = Ranking(sample.labels, sample.scores, threshold)
    theirs = {
        name: Ranking(sample.labels, scores, at)
        for name, (scores, at) in others.items()
    }

    def measure(weights: Array) -> dict[tuple[str, str], float]:
        found = ours.measure(weights)
        measured = {("", name): value for name, value in found.items()}
        measured["", "calibration_error"] = ours.calibration_error(weights)
        for other, ranking in theirs.items():
            of_other = ranking.measure(weights)
            measured |= {(other, name): value for name, value in of_other.items()}
            for name in _COMPARED:
                difference = found[name] - of_other[name]
                measured[other, f"{name}_difference"] = difference
        return measured

    figures = _bootstrap(sample, measure, seed)
    by_name: dict[str, dict[str, Interval]] = {"": {}, **{name: {} for name in theirs}}
    for (other, name), interval in figures.items():
        by_name[other][name] = interval
    return by_name.pop(""), by_name


def _bootstrap(
    sample: Sample,
    measure: Callable[[Array], Mapping[tuple[str, str], float]],
    seed: int,
) -> dict[tuple[str, str], Interval]:
    rng = np.random.default_rng(seed)
    values = measure(_weighted(sample, sample.weights))
    drawn = []
    for _ in range(RESAMPLES):
        # Poisson counts stand for draws with replacement, at half the cost.
        weights = sample.weights * rng.poisson(1.0, len(sample.weights))
        of_ones = weights @ sample.labels
        if 0 < of_ones < weights.sum():
            drawn.append(list(measure(_weighted(sample, weights)).values()))
    ends = np.percentile(drawn, _INTERVAL, axis=0).T.tolist()
    return {
        name: Interval(value, low, high)
        for (name, value), (low, high) in zip(values.items(), ends, strict=True)
    }


def _weighted(sample: Sample, weights: Array) -> Array:
    """Return weights that make the ones the base rate, and sum to 1."""
    of_ones = weights @ sample.labels
    if sample.base_rate is None:
        return np.asarray(weights / weights.sum())
    of_zeros = weights.sum() - of_ones
    return np.where(
        sample.labels == 1,
        weights * (sample.base_rate / of_ones),
        weights * ((1 - sample.base_rate) / of_zeros),
    )


def wilson(hits: int, n: int) -> Interval:
    """Return a share with its 95 % interval (Wilson 1927); blanks for no rows.

    >>> wilson(0, 10).high < 0.28
    True
    """
    if not n:
        return Interval()
    z = 1.959963984540054
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    margin = (
        z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    )
    low, high = float(middle - margin), float(middle + margin)
    return Interval(share, max(low, 0.0), min(high, 1.0))
