"""Rounds scores as every output shows them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

DIGITS: Final = 6
"""How many digits after the point a written score has."""

# Far wider than the error of one multiplication, far narrower than a step.
_NEAR: Final = 1e-6


def rounded(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return scores of any shape, each as Python's ``round`` would leave it.

    NumPy multiplies before it rounds, which takes some numbers close to a tie the
    other way; those few are rounded one by one.

    >>> rounded(np.array([0.12345678, 0.0000385])).tolist()
    [0.123457, 3.9e-05]
    >>> np.array([0.0000385]).round(6).tolist()
    [3.8e-05]
    """
    shown = scores.round(DIGITS)
    steps = scores * 10**DIGITS
    is_near = np.abs(steps - np.floor(steps) - 0.5) < _NEAR
    shown[is_near] = [round(score, DIGITS) for score in scores[is_near].tolist()]
    return shown
