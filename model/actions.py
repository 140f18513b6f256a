"""From scores to an action: which labels crossed, and what that asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

ALLOW: Final = "allow"
REVIEW: Final = "review"
HOLD: Final = "hold"

ACTIONS: Final = (ALLOW, REVIEW, HOLD)
"""Every action, the weakest first."""

ACTION_LABELS: Final = (
    "abuse",
    "severe_abuse",
    "threat",
    "identity_attack",
    "extremist_praise",
)
"""The labels that ask for an action. Swearing and insults do so through abuse."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """At which scores a label asks for review and for hold.

    None where no threshold reached the precision it stands for.
    """

    review: float | None = None
    hold: float | None = None

    def action(self, score: float) -> str:
        """Return the strongest action that the score reaches.

        >>> Thresholds(0.5, 0.9).action(0.9)
        'hold'
        """
        if self.hold is not None and score >= self.hold:
            return HOLD
        if self.review is not None and score >= self.review:
            return REVIEW
        return ALLOW


def decide(
    scores: Mapping[str, float], thresholds: Mapping[str, Thresholds]
) -> tuple[str, tuple[str, ...]]:
    """Return the strongest action over all labels, and the labels that crossed.

    >>> decide({"abuse": 0.95, "threat": 0.6}, {"abuse": Thresholds(0.5, 0.9)})
    ('hold', ('abuse',))
    """
    actions = {
        label: thresholds[label].action(score)
        for label, score in scores.items()
        if label in thresholds
    }
    reasons = tuple(label for label, action in actions.items() if action != ALLOW)
    strongest = max(actions.values(), key=ACTIONS.index, default=ALLOW)
    return strongest, reasons


def limits_of(
    labels: Sequence[str], thresholds: Mapping[str, Thresholds]
) -> NDArray[np.float64]:
    """Return the thresholds of review and of hold as rows, shape (2, labels).

    Infinity stands where a label has none.
    """
    asked = [thresholds.get(label, Thresholds()) for label in labels]
    rows = [[one.review for one in asked], [one.hold for one in asked]]
    return np.array([[np.inf if at is None else at for at in row] for row in rows])


def decide_all(
    scores: NDArray[np.float64], limits: NDArray[np.float64]
) -> NDArray[np.int8]:
    """Return what ``decide`` would for each row of scores, as places in ``ACTIONS``.

    Shapes: (comments, labels), (2, labels) as of ``limits_of``, and (comments,).
    """
    review, hold = limits
    to_review = (scores >= review).any(axis=1)
    to_hold = (scores >= hold).any(axis=1)
    strongest: NDArray[np.int8] = np.where(to_hold, 2, to_review).astype(np.int8)
    return strongest
