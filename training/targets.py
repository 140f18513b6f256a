"""What each row teaches each label, and how much it counts."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels import own
from labels.gazetteer import ReferenceIndex, read_gazetteer
from labels.schema import LABELS
from training.rows import Rows, round_shares

# A corpus that says nothing of extremist praise holds hardly any of it, so its rows
# are weak zeros: together they count as much as our own zeros, which are the hard
# ones. DECISIONS.md has the measurement.
_WEAK_SHARE: Final = 1.0

# Our own comments are made of the cases that corpora get wrong. Of extremist praise
# nobody else says anything, so that its weight only says how freely it is learnt.
_OWN_WEIGHT: Final = 2.0
_OWN_PRAISE_WEIGHT: Final = 4.0

# Corpora that do hold praise of extremism, unlabelled: no zeros, not even weak ones.
_HOLDS_PRAISE: Final = ("implicit_hate", "stormfront", "gab")

# Whoever names one of these may praise it.
_PRAISED: Final = frozenset({"group", "leader", "attack", "slogan"})

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

# A corpus that was gathered by what a label measures shows the hard middle of that
# label only: no queue looks like it, and no threshold set on it would fit one.
CHOSEN_BY: Final = {"toxic_spans": ("abuse", "insult")}

# Outvoted by the others: hate that is mostly said without a rude word, abuse in another
# language, abuse in political talk, mild abuse. DECISIONS.md has the measurement.
_SOURCE_WEIGHTS: Final = {
    ("implicit_hate", "identity_attack"): 1.4,
    ("ruhsold", "abuse"): 1.5,
    ("cad", "abuse"): 1.4,
    ("toxic_spans", "abuse"): 2.0,
}

# Three votes a comment blur the mild abuse that this corpus is made of: here what the
# majority says is learnt whole. DECISIONS.md has the measurement.
_BY_MAJORITY: Final = (("toxic_spans", "abuse"),)

_PRAISE: Final = LABELS.index("extremist_praise")


@dataclass(frozen=True, slots=True)
class Targets:
    """What is to be learnt.

    Attributes:
        shares: how likely each label holds, in [0, 1], NaN where unknown; shape
            (comments, labels).
        weights: how much each row counts for each label, same shape.
        is_judged: whether a person judged it, same shape; a weak zero is not.
    """

    shares: NDArray[np.float64]
    weights: NDArray[np.float64]
    is_judged: NDArray[np.bool_]

    @property
    def labels(self) -> NDArray[np.int64]:
        """Return the shares rounded to 1 or 0; -1 where unknown."""
        return round_shares(self.shares)


def make_targets(rows: Rows) -> Targets:
    """Return what the rows teach; weak zeros stand in for unknown extremist praise."""
    shares = sharpen(rows.shares)
    for source, label in _BY_MAJORITY:
        column = LABELS.index(label)
        known = (rows.sources == source) & ~np.isnan(shares[:, column])
        shares[known, column] = round_shares(shares[known, column])
    is_own = rows.sources == own.SOURCE
    weights = np.where(is_own[:, None], _OWN_WEIGHT, 1.0) * np.ones(shares.shape)
    weights[is_own, _PRAISE] = _OWN_PRAISE_WEIGHT
    for (source, label), weight in _SOURCE_WEIGHTS.items():
        weights[rows.sources == source, LABELS.index(label)] = weight
    weak = np.isnan(shares[:, _PRAISE]) & ~is_own & _is_harmless(rows)
    own_zeros = np.sum(shares[is_own & ~rows.is_held_out, _PRAISE] < 0.5)  # noqa: PLR2004 - half the annotators
    if weak.any() and own_zeros:
        shares[weak, _PRAISE] = 0
        total = _WEAK_SHARE * _OWN_PRAISE_WEIGHT * own_zeros
        weights[weak, _PRAISE] = total / weak.sum()
    return Targets(shares, weights, ~np.isnan(rows.shares))


def _is_harmless(rows: Rows) -> NDArray[np.bool_]:
    """Tell which rows hold no praise, as far as can be told without reading them."""
    names = [one for one in read_gazetteer() if one.kind in _PRAISED]
    index = ReferenceIndex(names)
    names_none = [
        not index.find(_WORD.findall(comment.text.lower())) for comment in rows.comments
    ]
    return np.array(names_none, np.bool_) & ~np.isin(rows.sources, _HOLDS_PRAISE)


def plain_targets(rows: Rows) -> Targets:
    """Return what anybody would start from: majority labels, every row alike."""
    rounded = np.where(np.isnan(rows.shares), np.nan, round_shares(rows.shares))
    return Targets(rounded, np.ones(rounded.shape), ~np.isnan(rounded))


def sharpen(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how likely a label holds, from the share of annotators who gave it.

    Two of three agree more often when they are right than one alone would be, so the
    odds of a share are squared: 2/3 becomes 0.8, and 1/2, 0 and 1 stay.

    >>> sharpen(np.array([0.0, 0.5, 2 / 3])).round(3).tolist()
    [0.0, 0.5, 0.8]
    """
    for_it, against_it = shares**2, (1 - shares) ** 2
    return np.asarray(for_it / (for_it + against_it))
