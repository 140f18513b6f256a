"""What every section of the report on a model measures: rows, labels, scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels import own
from labels.corpora.sources import load_sources
from labels.labelled import LabelledComment
from labels.own import TaggedComment
from labels.schema import LABELS
from model.actions import Thresholds
from model.artefact import Artefact
from training.base_rates import at_base_rate, even_sources
from training.evaluate import TRAINED_ON, Judged, judge_rows
from training.rows import Rows, round_shares
from training.targets import CHOSEN_BY

FEWEST: Final = 10
"""Rows of a class below which a figure is luck: it is left out, and that is said."""

EVEN_ODDS: Final = 0.5
"""Stands in for the threshold of a label that asks for no action of its own."""

TOO_FEW: Final = f"too few to judge: fewer than {FEWEST} comments of a class"


@dataclass(frozen=True, slots=True)
class Basis:
    """A model and the rows it is judged on.

    Attributes:
        folder: where the model lies.
        artefact: the model.
        rows: all rows, those too that it was trained on.
        judged: their scores.
        labels: 1, 0, or -1 where unknown; shape (rows, labels).
        is_unseen: whether a score is by a fit that did not see the row, shape (rows,).
        weights: how much an unseen row counts where a moderation queue is meant, 0
            for one that does not; shape (rows, labels). See ``queue_weights``.
        tags: what each of our own comments was written as, by its id.
        yours: the sources that the reader of the report brought.
        seed: of every draw.
    """

    folder: Path
    artefact: Artefact
    rows: Rows
    judged: Judged
    labels: NDArray[np.int64]
    is_unseen: NDArray[np.bool_]
    weights: NDArray[np.float64]
    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    yours: Sequence[str] = ()
    seed: int = 0

    @property
    def scores(self) -> NDArray[np.float64]:
        """The scores, shape (rows, labels)."""
        return self.judged.scores

    def known(self, column: int) -> NDArray[np.bool_]:
        """Tell which unseen rows know a label, shape (rows,)."""
        return np.asarray(self.is_unseen & (self.labels[:, column] >= 0))

    def base_rate(self, label: str) -> float:
        """Return the share of ones that the label's calibration assumes."""
        return self.artefact.calibrations[label].base_rate

    def threshold(self, label: str) -> float | None:
        """Return the lowest score that asks for an action; None if none does."""
        found = self.artefact.thresholds.get(label, Thresholds())
        return found.hold if found.review is None else found.review

    @property
    def lowest(self) -> NDArray[np.float64]:
        """Each label's threshold, infinite for none; shape (labels,)."""
        found = [self.threshold(label) for label in LABELS]
        return np.array([np.inf if one is None else one for one in found])


def make_basis(
    artefact: Artefact,
    rows: Rows,
    *,
    tagged: Sequence[TaggedComment] = (),
    yours: Sequence[LabelledComment] = (),
    seed: int = 0,
) -> Basis:
    """Score the rows and lay out what the sections ask for.

    Raises:
        InputError: if the scores beside the model are damaged.
    """
    judged = judge_rows(artefact, rows)
    labels = round_shares(rows.shares)
    is_unseen = judged.splits != TRAINED_ON
    known = np.where(is_unseen[:, None], labels, -1)
    return Basis(
        folder=artefact.path,
        artefact=artefact,
        rows=rows,
        judged=judged,
        labels=labels,
        is_unseen=is_unseen,
        weights=queue_weights(artefact, known, rows.sources),
        tags={one.labelled.comment.id: one.tags for one in tagged},
        yours=list(dict.fromkeys(row.source for row in yours)),
        seed=seed,
    )


def queue_weights(
    artefact: Artefact, labels: NDArray[np.int64], sources: NDArray[np.str_]
) -> NDArray[np.float64]:
    """Return weights under which the rows stand for a moderation queue.

    Those of calibration: within a class all corpora count alike and our own comments
    as much as they together; a corpus that was gathered by a label says nothing of
    it; the ones are the base rate that the model's card states. A label of one class
    alone has weights of 0. Shape (rows, labels); each column sums to 1 or to 0.
    """
    weights = np.zeros(labels.shape)
    for column, label in enumerate(LABELS):
        counts = labels[:, column] >= 0
        gathered = [source for source, by in CHOSEN_BY.items() if label in by]
        if not np.isin(sources[counts], gathered).all():
            counts &= ~np.isin(sources, gathered)
        of_label = labels[counts, column]
        if 0 < of_label.sum() < len(of_label):
            even = even_sources(of_label, sources[counts])
            rate = artefact.calibrations[label].base_rate
            weights[counts, column] = at_base_rate(of_label, even, rate)
    return weights


def may_show(source: str) -> bool:
    """Tell whether a text of a source may stand in a report.

    A public corpus says so itself, under its name; our own comments, suites and
    files that somebody brought may.
    """
    if source == own.SOURCE:
        return True
    corpus = load_sources().get(source)
    return corpus is None or corpus.may_show
