"""Scores many comments with one model, on several processes, into arrays."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

import joblib
import numpy as np
from numpy.typing import NDArray

from labels.comments import Comment
from labels.schema import LABELS
from model.artefact import load_artefact
from model.scorer import Scorer
from training.evaluation_table import EvaluationTable
from training.rows import Rows

# Loading a model is dear beside a few comments, and a chunk must not stall a process.
_CHUNK: Final = 4_000


class Judge(Protocol):
    """Whatever says which labels a comment crosses the review threshold of."""

    def flags(self, comments: Sequence[Comment]) -> NDArray[np.bool_]:
        """Return whether each label asks for an action, shape (comments, labels)."""

    def scores(self, comments: Sequence[Comment]) -> NDArray[np.float64]:
        """Return calibrated scores in [0, 1], shape (comments, labels)."""


class BulkScorer:
    """The model in a folder, asked for arrays.

    Attributes:
        folder: where the model lies.
        lowest: for each label the score from which it asks for an action; infinite
            for a label that never does. Shape (labels,).
    """

    def __init__(self, folder: Path, *, jobs: int = 1) -> None:
        thresholds = load_artefact(folder).thresholds
        self.folder = folder
        self.lowest = np.full(len(LABELS), np.inf)
        for label, found in thresholds.items():
            # A label whose review is out of reach may still ask for a hold.
            least = found.hold if found.review is None else found.review
            if least is not None:
                self.lowest[LABELS.index(label)] = least
        self._jobs = jobs

    def flags(self, comments: Sequence[Comment]) -> NDArray[np.bool_]:
        """Return whether each label asks for an action, shape (comments, labels)."""
        return self.scores(comments) >= self.lowest

    def scores(self, comments: Sequence[Comment]) -> NDArray[np.float64]:
        """Return calibrated scores in [0, 1], shape (comments, labels)."""
        chunks = [
            comments[first : first + _CHUNK]
            for first in range(0, len(comments), _CHUNK)
        ]
        scored = joblib.Parallel(n_jobs=min(self._jobs, len(chunks) or 1))(
            joblib.delayed(_score_chunk)(self.folder, chunk) for chunk in chunks
        )
        return np.concatenate([np.zeros((0, len(LABELS))), *scored])


class ScorerJudge:
    """A model that is loaded already: quick for a few comments, asked again and again.

    Attributes:
        lowest: as that of ``BulkScorer``.
    """

    def __init__(self, scorer: Scorer, lowest: NDArray[np.float64]) -> None:
        self.lowest = lowest
        self._scorer = scorer

    def flags(self, comments: Sequence[Comment]) -> NDArray[np.bool_]:
        """Return whether each label asks for an action, shape (comments, labels)."""
        return self.scores(comments) >= self.lowest

    def scores(self, comments: Sequence[Comment]) -> NDArray[np.float64]:
        """Return calibrated scores in [0, 1], shape (comments, labels)."""
        return self._scorer.score_arrays(comments).scores


def unseen_scores(
    judge: Judge, rows: Rows, table: EvaluationTable | None
) -> NDArray[np.float64]:
    """Return scores by fits that did not see the rows, as far as there are any.

    A row that training knew has its out-of-fold score in ``table``; the others are
    scored as they are. Shape (rows, labels).
    """
    scores = np.full((len(rows.comments), len(LABELS)), np.nan)
    if table is not None:
        pairs = zip(table.sources.tolist(), table.hashes.tolist(), strict=True)
        places = {pair: place for place, pair in enumerate(pairs)}
        pairs = zip(rows.sources.tolist(), rows.hashes(), strict=True)
        for row, pair in enumerate(pairs):
            if pair in places:
                scores[row] = table.scores[places[pair]]
    fresh = np.flatnonzero(np.isnan(scores[:, 0])).tolist()
    scores[fresh] = judge.scores([rows.comments[row] for row in fresh])
    return scores


def _score_chunk(folder: Path, comments: Sequence[Comment]) -> NDArray[np.float64]:
    scored = Scorer.load(folder).score(comments)
    return np.array([[score.scores[label] for label in LABELS] for score in scored])
