"""Measures how far annotators agree: Cohen's kappa and Krippendorff's alpha.

Both are computed here from the published formulas: statsmodels and scikit-learn have
no alpha, and the package that has it is under the GPL.

- J. Cohen, A coefficient of agreement for nominal scales, 1960.
- K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011: section B and C,
  nominal data, any number of annotators, missing judgements.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_RESAMPLES: Final = 2_000
_INTERVAL: Final = (2.5, 97.5)

Votes = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A statistic and its 95 % interval; NaN where the judgements do not vary."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far annotators agree on one label.

    Attributes:
        comments: how many at least two of them judged.
        blank_for_some: how many somebody judged and somebody else left blank.
        prevalence: the share of 1 among those judgements.
        raw: the share of pairs of judgements that agree.
        kappa: between the first two judgements of each comment.
        alpha: between all.
    """

    comments: int
    blank_for_some: int
    prevalence: float
    raw: float
    kappa: Estimate
    alpha: Estimate


def measure_agreement(votes: Sequence[Votes], *, seed: int = 0) -> Agreement:
    """Measure agreement on one label; each item holds the votes on one comment.

    A vote is 1, 0 or None; comments with fewer than two known ones say nothing, and
    drop out. Intervals are percentiles of a bootstrap over comments, the same for the
    same seed.
    """
    known = [[vote for vote in item if vote is not None] for item in votes]
    paired = [item for item in known if len(item) > 1]
    blank_for_some = sum(
        0 < len(said) < len(item) for said, item in zip(known, votes, strict=True)
    )
    if not paired:
        nothing = Estimate(np.nan, np.nan, np.nan)
        return Agreement(0, blank_for_some, np.nan, np.nan, nothing, nothing)
    counts = np.array([[item.count(0), item.count(1)] for item in paired], np.float64)
    table = np.array([np.bincount([2 * a + b], minlength=4) for a, b, *_ in paired])
    draws = np.random.default_rng(seed).multinomial(
        len(paired), np.full(len(paired), 1 / len(paired)), size=_RESAMPLES
    )
    every = np.ones((1, len(paired)))
    return Agreement(
        comments=len(paired),
        blank_for_some=blank_for_some,
        prevalence=float(counts[:, 1].sum() / counts.sum()),
        raw=float(1 - _observed(counts, every)[0]),
        kappa=_estimate(_kappas(table, every), _kappas(table, draws)),
        alpha=_estimate(_alphas(counts, every), _alphas(counts, draws)),
    )


def _kappas(
    table: NDArray[np.int64], draws: NDArray[np.float64] | NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return Cohen's kappa for each draw of comments.

    ``table`` has a column for each pair of votes, 00, 01, 10 and 11; ``draws`` says
    how often each comment was drawn, shape (draws, comments).
    """
    shares = draws @ table / draws.sum(axis=1, keepdims=True)
    observed = shares[:, 0] + shares[:, 3]
    first, second = shares[:, 2] + shares[:, 3], shares[:, 1] + shares[:, 3]
    expected = first * second + (1 - first) * (1 - second)
    return _beyond_chance(1 - observed, 1 - expected)


def _alphas(
    counts: NDArray[np.float64], draws: NDArray[np.float64] | NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return Krippendorff's alpha for each draw of comments.

    ``counts`` holds how many votes for 0 and for 1 each comment has.
    """
    totals = draws @ counts
    judgements = totals.sum(axis=1)
    expected = 2 * totals[:, 0] * totals[:, 1] / (judgements * (judgements - 1))
    return _beyond_chance(_observed(counts, draws), expected)


def _observed(
    counts: NDArray[np.float64], draws: NDArray[np.float64] | NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the share of pairs of judgements that differ, for each draw.

    A comment counts as much as it has judgements, however many pairs they make.
    """
    votes = counts.sum(axis=1)
    differing = 2 * counts[:, 0] * counts[:, 1] / (votes - 1)
    return np.asarray((draws @ differing) / (draws @ votes))


def _beyond_chance(
    observed: NDArray[np.float64], expected: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return 1 - observed / expected disagreement; NaN where none was expected."""
    varies = expected > 0
    ratios = np.divide(observed, expected, out=np.ones_like(observed), where=varies)
    return np.where(varies, 1 - ratios, np.nan)


def _estimate(value: NDArray[np.float64], drawn: NDArray[np.float64]) -> Estimate:
    defined = drawn[~np.isnan(drawn)]
    if not len(defined):
        return Estimate(np.nan, np.nan, np.nan)
    low, high = np.percentile(defined, _INTERVAL)
    return Estimate(float(value[0]), float(low), float(high))
