"""From a logit to a calibrated score: a monotone map that assumes a base rate."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt's sigmoid (Platt 1999) of one label.

    Attributes:
        slope: above 0, so that a higher logit never means a lower score.
        intercept: in logits.
        base_rate: the share of comments in the class, in (0, 1), among which a
            score of 0.8 means 8 in 10.
    """

    slope: float
    intercept: float
    base_rate: float

    def scores(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return probabilities in [0, 1], of the same shape as the logits.

        >>> Calibration(1.0, 0.0, 0.5).scores(np.array([-800.0, 0.0]))
        array([0. , 0.5])
        """
        return sigmoid(self.slope * logits + self.intercept)


def sigmoid(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 1 / (1 + e^-x), without overflow at either end."""
    # tanh saturates where exp would overflow; the two forms are equal.
    halves: NDArray[np.float64] = np.tanh(logits / 2)
    return (1 + halves) / 2
