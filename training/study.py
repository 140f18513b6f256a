"""Studies that take many fits: transfer between sources, and the learning curve."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score

from labels.schema import LABELS
from training.counts import Counts
from training.fit import OURS, fit
from training.rows import Rows, round_shares
from training.sections.basis import FEWEST
from training.sections.studies import CurvePoint, Studies, Transfer
from training.splits import FOLDS, HELD_OUT, assign_folds
from training.targets import Targets, make_targets
from training.view_counts import count_views
from training.word_tables import make_tables

TRANSFERRED: Final = ("abuse", "identity_attack")
"""The labels that several sources know."""

SHARES: Final = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0)
"""How much of the training rows a point of the learning curve learns from."""

_JUDGED_FOLD: Final = 0


@dataclass(frozen=True, slots=True)
class _Study:
    """What every fit of a study shares.

    Attributes:
        rows: all rows.
        counts: their n-grams.
        targets: what they teach.
        labels: 1, 0 or -1, shape (rows, labels).
        is_judged: rows that no fit of the study sees: one fold, and those held out.
            Near-duplicates fall into one fold, whatever their source.
        seed: of every draw and fit.
    """

    rows: Rows
    counts: Sequence[Counts]
    targets: Targets
    labels: NDArray[np.int64]
    is_judged: NDArray[np.bool_]
    seed: int

    def logits(self, column: int, is_taught: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Fit one label on some rows; return logits of those judged that know it."""
        is_asked = self.asked(column)
        chosen = is_taught | is_asked
        targets = Targets(
            self.targets.shares[chosen, column : column + 1],
            self.targets.weights[chosen, column : column + 1],
            self.targets.is_judged[chosen, column : column + 1],
        )
        counts = [
            replace(counted, matrix=counted.matrix[chosen]) for counted in self.counts
        ]
        folds = np.where(is_asked[chosen], HELD_OUT, 0)
        # The round after the last fold fits on every row that is not held out.
        fitted = fit(
            counts, targets, folds, OURS, seed=self.seed, jobs=1, advance=[FOLDS]
        )
        return np.asarray(fitted.logits[is_asked[chosen], 0])

    def asked(self, column: int) -> NDArray[np.bool_]:
        """Tell which judged rows know a label."""
        return np.asarray(self.is_judged & (self.labels[:, column] >= 0))

    def can_teach(self, column: int) -> NDArray[np.bool_]:
        """Tell which rows a fit of the label may see and learn from."""
        return np.asarray(~self.is_judged & (self.labels[:, column] >= 0))

    def has_both(self, chosen: NDArray[np.bool_], column: int) -> bool:
        """Tell whether both classes of a label have ten rows among those chosen."""
        labels = self.labels[chosen, column]
        return int(min(np.sum(labels == 1), np.sum(labels == 0))) >= FEWEST


def study(
    rows: Rows,
    version: str,
    *,
    seed: int = 0,
    jobs: int = 2,
    announce: Callable[[str], None] = lambda _: None,
) -> Studies:
    """Fit on each source and on growing shares of all; judge on what no fit saw.

    N-grams are counted once. Sentences are not scored here: figures are a little
    below those of a model that is trained. Takes as long as a training or two.
    """
    announce("study: counting n-grams")
    counts, _ = count_views(rows.comments, make_tables(rows.comments), jobs=jobs)
    folds = assign_folds(rows)
    made = _Study(
        rows=rows,
        counts=counts,
        targets=make_targets(rows),
        labels=round_shares(rows.shares),
        is_judged=(folds == _JUDGED_FOLD) | (folds == HELD_OUT),
        seed=seed,
    )
    announce("study: transfer between sources")
    transfer = list(_transfer(made))
    announce("study: learning curve")
    return Studies(version, seed, transfer, list(_learning_curve(made)))


def _transfer(made: _Study) -> Iterator[Transfer]:
    for label in TRANSFERRED:
        column = LABELS.index(label)
        sources = dict.fromkeys(made.rows.sources.tolist())
        is_asked = made.asked(column)
        asked_sources = made.rows.sources[is_asked]
        labels = made.labels[is_asked, column]
        for train in sources:
            is_taught = made.can_teach(column) & (made.rows.sources == train)
            if not made.has_both(is_taught, column):
                continue
            logits = made.logits(column, is_taught)
            for test in sources:
                is_of = asked_sources == test
                n, positives = int(is_of.sum()), int((labels[is_of] == 1).sum())
                if not n:
                    continue
                is_enough = min(positives, n - positives) >= FEWEST
                auc = roc_auc_score(labels[is_of], logits[is_of]) if is_enough else None
                yield Transfer(
                    label,
                    train,
                    test,
                    n,
                    positives,
                    None if auc is None else float(auc),
                )


def _learning_curve(made: _Study) -> Iterator[CurvePoint]:
    rank = np.random.default_rng(made.seed).permutation(len(made.rows.comments))
    for column, label in enumerate(LABELS):
        can_teach = made.can_teach(column)
        is_asked = made.asked(column)
        if not made.has_both(is_asked, column):
            continue
        order = np.sort(rank[can_teach])
        labels = made.labels[is_asked, column]
        for share in SHARES:
            count = int(np.ceil(share * len(order)))
            # A larger share holds the smaller ones.
            is_taught = can_teach & (rank <= order[count - 1]) if count else can_teach
            if not made.has_both(is_taught, column):
                continue
            logits = made.logits(column, is_taught)
            yield CurvePoint(
                label=label,
                share=share,
                rows=count,
                n=len(labels),
                roc_auc=float(roc_auc_score(labels, logits)),
                average_precision=float(average_precision_score(labels, logits)),
            )
