"""What each row teaches each label, and how much it counts."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels import own
from labels.schema import LABELS
from training.rows import Rows

# A corpus that says nothing of extremist praise holds hardly any of it, so its rows
# are weak zeros: together they count as much as our own zeros, which are the hard
# ones. DECISIONS.md has the measurement.
_WEAK_SHARE: Final = 1.0

_PRAISE: Final = LABELS.index("extremist_praise")


@dataclass(frozen=True, slots=True)
class Targets:
    """What is to be learnt.

    Attributes:
        labels: 1, 0 or -1 (unknown), shape (comments, labels).
        weights: how much each row counts for each label, same shape.
        is_judged: whether a person judged it, same shape; a weak zero is not.
    """

    labels: NDArray[np.int64]
    weights: NDArray[np.float64]
    is_judged: NDArray[np.bool_]


def make_targets(rows: Rows) -> Targets:
    """Return what the rows teach; weak zeros stand in for unknown extremist praise."""
    labels = np.column_stack([rows.labels(column) for column in range(len(LABELS))])
    is_judged = labels >= 0
    weights = np.ones(labels.shape)
    is_own = rows.sources == own.SOURCE
    weak = ~is_judged[:, _PRAISE] & ~is_own
    own_zeros = int(np.sum(labels[is_own & ~rows.is_held_out, _PRAISE] == 0))
    if weak.any() and own_zeros:
        labels[weak, _PRAISE] = 0
        weights[weak, _PRAISE] = _WEAK_SHARE * own_zeros / weak.sum()
    return Targets(labels, weights, is_judged)
