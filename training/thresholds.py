"""Chooses thresholds that keep a promised precision."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.errors import GavelError
from model.actions import Thresholds

# Design says 0.5 for review; DECISIONS.md says why it is more here.
REVIEW_PRECISION: Final = 0.6
HOLD_PRECISION: Final = 0.9

# The precision of a handful of comments is luck.
_FEWEST_FLAGGED: Final = 20


class UnreachablePrecisionError(GavelError):
    """No threshold is as precise as was asked."""


def choose_thresholds(
    labels: NDArray[np.int64],
    scores: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> Thresholds:
    """Return the thresholds for review and hold; None where out of reach."""
    found: list[float | None] = []
    for precision in (REVIEW_PRECISION, HOLD_PRECISION):
        try:
            found.append(
                threshold_for_precision(labels, scores, weights, precision=precision)
            )
        except UnreachablePrecisionError:
            found.append(None)
    return Thresholds(*found)


def threshold_for_precision(
    labels: NDArray[np.int64],
    scores: NDArray[np.float64],
    weights: NDArray[np.float64],
    *,
    precision: float,
) -> float:
    """Return the lowest threshold from which on up the precision holds.

    Lowest, because a comment scored below the threshold is never seen by a moderator:
    every needless hundredth costs recall. ``weights`` state the base rate. Thresholds
    that fewer than 20 of the rows reach are not considered.

    >>> labels, scores = np.array([0, 1] * 20), np.array([0.2, 0.8] * 20)
    >>> threshold_for_precision(labels, scores, np.ones(40), precision=0.9)
    0.8

    Raises:
        UnreachablePrecisionError: if no threshold is precise enough.
    """
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    flagged = np.cumsum(weights[order])
    hits = np.cumsum(weights[order] * (labels[order] == 1))
    # Only the last of equal scores is a threshold: it takes all of them in.
    is_last = np.append(ordered[1:] != ordered[:-1], True)
    enough = np.arange(1, len(ordered) + 1) >= _FEWEST_FLAGGED
    reached = is_last & enough & (hits >= precision * flagged)
    if not reached.any():
        raise UnreachablePrecisionError(
            f"no threshold reaches a precision of {precision:.2f}"
        )
    return float(ordered[np.flatnonzero(reached)[-1]])
