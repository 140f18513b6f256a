"""Section 7: how the model does on slices, and where there is too little to say."""

from dataclasses import dataclass

import numpy as np

from labels.schema import LABELS
from training.delong import compare_aucs
from training.sections.basis import FEWEST, Basis
from training.sections.intervals import Interval, wilson
from training.sections.slicing import slices_of


@dataclass(frozen=True, slots=True)
class SliceResult:
    """One label on one slice.

    Attributes:
        by: what it is a slice of.
        slice: its name.
        label: the label.
        n: unseen rows of the slice that know the label.
        positives: how many of them are 1.
        roc_auc: with DeLong's interval; blank with fewer than ten of a class.
        recall: at the shipped threshold, with Wilson's interval; blank for none.
        false_positive_rate: likewise.
        is_too_few: whether there are too few rows to judge the slice.
    """

    by: str
    slice: str
    label: str
    n: int
    positives: int
    roc_auc: Interval
    recall: Interval
    false_positive_rate: Interval
    is_too_few: bool


@dataclass(frozen=True, slots=True)
class Slices:
    """Every slice and label that the rows say anything of."""

    results: list[SliceResult]


def measure_slices(basis: Basis) -> Slices:
    """Measure each label on each slice that has a row which knows it."""
    results = []
    known = [basis.known(column) for column in range(len(LABELS))]
    for by, name, is_in in slices_of(basis):
        for column, label in enumerate(LABELS):
            chosen = known[column] & is_in
            if chosen.any():
                results.append(_result(basis, by, name, label, chosen))
    return Slices(results)


def _result(
    basis: Basis, by: str, name: str, label: str, chosen: np.ndarray
) -> SliceResult:
    column = LABELS.index(label)
    labels, scores = basis.labels[chosen, column], basis.scores[chosen, column]
    n, positives = len(labels), int(labels.sum())
    is_too_few = min(positives, n - positives) < FEWEST
    threshold = basis.threshold(label)
    recall = rate = Interval()
    if threshold is not None and not is_too_few:
        is_flagged = scores >= threshold
        recall = wilson(int(is_flagged[labels == 1].sum()), positives)
        rate = wilson(int(is_flagged[labels == 0].sum()), n - positives)
    return SliceResult(
        by=by,
        slice=name,
        label=label,
        n=n,
        positives=positives,
        roc_auc=Interval() if is_too_few else auc_interval(labels, scores),
        recall=recall,
        false_positive_rate=rate,
        is_too_few=is_too_few,
    )


def auc_interval(labels: np.ndarray, scores: np.ndarray) -> Interval:
    """Return a ROC-AUC with its 95 % interval (DeLong); both classes have two rows.

    >>> labels = np.array([0, 0, 1, 1])
    >>> auc_interval(labels, np.array([0.1, 0.4, 0.4, 0.9])).value
    0.875
    """
    # Against a constant, whose AUC is 0.5 and never varies.
    found = compare_aucs(labels, scores, np.zeros(len(scores)))
    low, high = max(found.low + 0.5, 0.0), min(found.high + 0.5, 1.0)
    return Interval(found.difference + 0.5, low, high)
