"""How far to trust a share: its interval, and what becomes of a precision elsewhere."""

from math import sqrt
from statistics import NormalDist
from typing import Final

FEWEST: Final = 20
"""Of fewer comments than these a share is too uncertain to say anything about."""

_ERROR: Final = 0.05


def interval(hits: int, total: int, *, looks: int = 1) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share (Wilson 1927); ``total`` is above 0.

    It stays in [0, 1] and says something where none or all are hits, as the interval
    of the textbooks does not. With ``looks`` it is so wide that of so many shares that
    are alike all lie in theirs, 95 times in 100 (Bonferroni): who sorts a thousand
    threads finds some that stand out by chance.

    >>> [round(end, 3) for end in interval(0, 10)]
    [0.0, 0.278]
    """
    z = NormalDist().inv_cdf(1 - _ERROR / (2 * looks))
    share = hits / total
    scale = 1 + z**2 / total
    middle = (share + z**2 / (2 * total)) / scale
    reach = z * sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / scale
    return max(0.0, middle - reach), min(1.0, middle + reach)


def precision_at(precision: float, assumed: float, base_rate: float) -> float:
    """Return what a precision becomes where the label is as frequent as ``base_rate``.

    Args:
        precision: of what is flagged, where the label's share is ``assumed``.
        assumed: in (0, 1).
        base_rate: in (0, 1).

    >>> round(precision_at(0.6, assumed=0.2, base_rate=0.01), 3)
    0.057
    """
    ratio = precision / (1 - precision) * (1 - assumed) / assumed
    odds = ratio * base_rate / (1 - base_rate)
    return odds / (1 + odds)
