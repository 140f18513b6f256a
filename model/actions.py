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


def decide_all(
    scores: NDArray[np.float64],
    labels: Sequence[str],
    thresholds: Mapping[str, Thresholds],
) -> NDArray[np.int8]:
    """Return what ``decide`` would for each row of scores, as places in ``ACTIONS``.

    Shapes: (comments, labels) and (comments,).
    """
    strongest = np.zeros(len(scores), np.int8)
    for column, label in enumerate(labels):
        asked = thresholds.get(label, Thresholds())
        for place, threshold in ((1, asked.review), (2, asked.hold)):
            if threshold is not None:
                crossed = scores[:, column] >= threshold
                strongest = np.maximum(strongest, np.where(crossed, place, 0))
    return strongest.astype(np.int8)
