"""Finds likely label errors: judgements that all the other comments speak against."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from cleanlab.filter import find_label_issues
from numpy.typing import NDArray
from scipy.special import expit

from labels.comments import Comment
from labels.own import SOURCE
from labels.schema import LABELS
from training.fit import OURS, fit
from training.rows import Rows
from training.splits import assign_folds
from training.targets import make_targets
from training.view_counts import count_views

_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Suspect:
    """A label of one of our own comments that may be wrong.

    Attributes:
        comment: the comment.
        label: the label.
        said: what most annotators gave it, 1 or 0.
        score: how likely it is by a fit that never saw this comment.
    """

    comment: Comment
    label: str
    said: int
    score: float


def find_suspects(rows: Rows, *, seed: int = 0, jobs: int = 2) -> list[Suspect]:
    """Return the labels of our own comments that are likely wrong, worst first.

    Every comment is scored by a fit on the other folds; confident learning (Northcutt
    et al. 2021, as cleanlab has it) tells which scores are out of the ordinary for
    what was said. Corpora help the fit and are not listed: they are not ours to
    correct. Neither is a label on which the votes are even.
    """
    fitted = fit(
        count_views(rows.comments, jobs=jobs),
        make_targets(rows),
        assign_folds(rows),
        OURS,
        seed=seed,
        jobs=jobs,
    )
    scores = expit(fitted.logits)
    suspects = [
        Suspect(
            rows.comments[row],
            label,
            said=int(rows.shares[row, column] > _HALF),
            score=float(scores[row, column]),
        )
        for column, label in enumerate(LABELS)
        for row in _issues(rows, scores[:, column], column)
    ]
    return sorted(suspects, key=_self_confidence)


def _issues(
    rows: Rows, scores: NDArray[np.float64], column: int
) -> NDArray[np.int64]:
    """Return our own rows whose label is likely wrong."""
    shares = rows.shares[:, column]
    is_said = (rows.sources == SOURCE) & ~np.isnan(shares) & (shares != _HALF)
    said = np.flatnonzero(is_said)
    labels = (shares[said] > _HALF).astype(np.int64)
    if len(np.unique(labels)) < len((0, 1)):
        # With one class there is nothing to confuse it with.
        return said[:0]
    probabilities = np.column_stack([1 - scores[said], scores[said]])
    is_issue = find_label_issues(
        labels, probabilities, filter_by="confident_learning", n_jobs=1
    )
    return said[is_issue]


def _self_confidence(suspect: Suspect) -> float:
    """Return how likely what was said is."""
    return suspect.score if suspect.said else 1 - suspect.score
