"""Finds likely label errors: judgements that all the other comments speak against."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
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
from training.word_tables import make_tables

_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Suspect:
    """A label of one of our own comments that may be wrong.

    Attributes:
        comment: the comment.
        label: the label.
        said: what most annotators gave it, 1 or 0.
        score: how likely it is by a fit that never saw this comment.
        quality: how well the two go together, in [0, 1], rare labels not put behind.
    """

    comment: Comment
    label: str
    said: int
    score: float
    quality: float


def find_suspects(rows: Rows, *, seed: int = 0, jobs: int = 2) -> list[Suspect]:
    """Return the labels of our own comments that are likely wrong, worst first.

    Every comment is scored by a fit on the other folds; confident learning (Northcutt
    et al. 2021, as cleanlab has it) tells which scores are out of the ordinary for
    what was said. Corpora help the fit and are not listed: they are not ours to
    correct. Neither is a label on which the votes are even.
    """
    counts, sentences = count_views(
        rows.comments, make_tables(rows.comments), jobs=jobs
    )
    fitted = fit(
        counts,
        make_targets(rows),
        assign_folds(rows),
        OURS,
        seed=seed,
        jobs=jobs,
        sentences=sentences,
    )
    scores = expit(fitted.logits)
    suspects = [
        suspect
        for column in range(len(LABELS))
        for suspect in _suspects(rows, scores[:, column], column)
    ]
    return sorted(suspects, key=lambda suspect: suspect.quality)


def _suspects(
    rows: Rows, scores: NDArray[np.float64], column: int
) -> Iterator[Suspect]:
    """Yield the suspects of one label."""
    shares = rows.shares[:, column]
    is_said = (rows.sources == SOURCE) & ~np.isnan(shares) & (shares != _HALF)
    said = np.flatnonzero(is_said)
    labels = (shares[said] > _HALF).astype(np.int64)
    if not 0 < labels.sum() < len(labels):
        # With one class there is nothing to confuse it with.
        return
    probabilities = np.column_stack([1 - scores[said], scores[said]])
    is_issue = find_label_issues(
        labels, probabilities, filter_by="confident_learning", n_jobs=1
    )
    # Unadjusted, every 1 of a rare label would look worse than any 0.
    qualities = get_label_quality_scores(labels, probabilities, adjust_pred_probs=True)
    for place in np.flatnonzero(is_issue):
        yield Suspect(
            comment=rows.comments[said[place]],
            label=LABELS[column],
            said=int(labels[place]),
            score=float(probabilities[place, 1]),
            quality=float(qualities[place]),
        )
