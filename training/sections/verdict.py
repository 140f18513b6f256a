"""Section 1: each label's figures with intervals, beside those of others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import joblib
import numpy as np
from numpy.typing import NDArray

from labels import own
from labels.schema import LABELS
from model.artefact import Artefact
from training.evaluate import TEST
from training.sections.basis import EVEN_ODDS, TOO_FEW, Basis
from training.sections.intervals import NOTHING, Array, Interval, Sample, compare
from training.sections.marks import Mark
from training.sections.rivals import Rival, find_rivals

QUEUE: Final = "a moderation queue"


@dataclass(frozen=True, slots=True)
class Against:
    """Another's figures for one label, on the rows that both may be judged on.

    Differences are ours less theirs, with paired intervals.
    """

    name: str
    n: int
    positives: int
    not_judged: str | None
    average_precision: Interval = NOTHING
    roc_auc: Interval = NOTHING
    f1: Interval = NOTHING
    recall_at_precision_90: Interval = NOTHING
    false_positive_rate: Interval = NOTHING
    average_precision_difference: Interval = NOTHING
    roc_auc_difference: Interval = NOTHING


@dataclass(frozen=True, slots=True)
class LabelVerdict:
    """One label's figures on one group of rows.

    Attributes:
        label: the label.
        n: how many unseen rows of the group know it.
        positives: how many of them are 1.
        base_rate: the share of ones that the figures are stated at.
        threshold: the lowest score that asks for an action; None if none does.
        average_precision: in [0, 1], as the others.
        roc_auc: of the same rows.
        f1: at the threshold, or at 0.5 for a label that has none.
        recall_at_precision_90: the highest recall at which nine in ten of what is
            flagged are rightly flagged; 0 if there is no such threshold.
        recall: at the threshold, as ``f1``.
        false_positive_rate: at the shipped threshold; None for a label without one.
        calibration_error: mean distance of score and share over ten bins.
        against: others on the same rows.
        not_judged: why there are no figures; None if there are.
    """

    label: str
    n: int
    positives: int
    base_rate: float | None
    threshold: float | None
    average_precision: Interval = NOTHING
    roc_auc: Interval = NOTHING
    f1: Interval = NOTHING
    recall_at_precision_90: Interval = NOTHING
    recall: Interval = NOTHING
    false_positive_rate: Interval = NOTHING
    calibration_error: Interval = NOTHING
    against: list[Against] = field(default_factory=list)
    not_judged: str | None = None


@dataclass(frozen=True, slots=True)
class VerdictGroup:
    """The verdict on one group of rows; ``is_queue`` if weighted to stand for one."""

    name: str
    is_queue: bool
    labels: list[LabelVerdict]


@dataclass(slots=True)
class Verdict:
    """What the report comes to.

    Attributes:
        groups: the queue first, then our held-out test, then each file brought.
        marks: what was to be reached, and whether it is; told before the figures.
        marks_file: the name of the file that the marks were read from.
        absent: sentences on what could not be compared.
        flattered: how many rows were left out since the model had seen them.
    """

    groups: list[VerdictGroup]
    marks: list[Mark]
    marks_file: str
    absent: list[str]
    flattered: int


def measure_verdict(basis: Basis, against: Artefact | None, *, jobs: int) -> Verdict:
    """Measure every label on every group; marks are judged when all is measured.

    Raises:
        InputError: if the scores beside the other model are damaged.
    """
    rivals, absent = find_rivals(basis, against)
    chosen = [("", True, rivals)]
    if np.any(_of_group(basis, own.SOURCE)):
        chosen.append((own.SOURCE, False, []))
    chosen += [(source, False, rivals) for source in basis.yours]
    tasks = [(*one, column) for one in chosen for column in range(len(LABELS))]
    measured = joblib.Parallel(n_jobs=jobs)(
        joblib.delayed(_label)(*_arguments(basis, source, is_queue, rivals, column))
        for source, is_queue, rivals, column in tasks
    )
    groups = [
        VerdictGroup(_name(source), is_queue, measured[at : at + len(LABELS)])
        for at, (source, is_queue, _) in zip(
            range(0, len(measured), len(LABELS)), chosen, strict=True
        )
    ]
    return Verdict(
        groups=groups,
        marks=[],
        marks_file="",
        absent=absent,
        flattered=int((~basis.is_unseen).sum()),
    )


def _name(source: str) -> str:
    if not source:
        return QUEUE
    return "our own held-out test" if source == own.SOURCE else source


def _of_group(basis: Basis, source: str) -> NDArray[np.bool_]:
    chosen = basis.is_unseen & (basis.rows.sources == source)
    # Of our own comments the other folds are in the queue already.
    if source == own.SOURCE:
        chosen = chosen & (basis.judged.splits == TEST)
    return np.asarray(chosen)


def _arguments(
    basis: Basis, source: str, is_queue: bool, rivals: Sequence[Rival], column: int
) -> tuple[str, Sample, float | None, list[tuple[str, Array, float]], int]:
    label = LABELS[column]
    chosen = basis.known(column)
    if is_queue:
        is_weighed = basis.weights[:, column] > 0
        chosen = chosen & is_weighed if is_weighed.any() else chosen
    else:
        chosen = chosen & _of_group(basis, source)
    weights = basis.weights[chosen, column] if is_queue else np.ones(int(chosen.sum()))
    sample = Sample(
        labels=basis.labels[chosen, column],
        scores=basis.scores[chosen, column],
        weights=weights,
        base_rate=basis.base_rate(label) if is_queue else None,
    )
    theirs = [
        (rival.name, rival.scores[chosen, column], float(rival.thresholds[column]))
        for rival in rivals
    ]
    return label, sample, basis.threshold(label), theirs, basis.seed


def _label(
    label: str,
    sample: Sample,
    threshold: float | None,
    rivals: Sequence[tuple[str, Array, float]],
    seed: int,
) -> LabelVerdict:
    positives = int(sample.labels.sum())
    n = len(sample.labels)
    base_rate = sample.base_rate
    if base_rate is None and n:
        base_rate = positives / n
    at = EVEN_ODDS if threshold is None else threshold
    whole = {
        name: (scores, limit)
        for name, scores, limit in rivals
        if not np.isnan(scores).any()
    }
    figures, theirs = compare(sample, at, whole, seed=seed)
    if threshold is None:
        figures.pop("false_positive_rate", None)
    against = [
        _found(name, n, positives, theirs[name])
        if name in whole
        else _on_part(sample, at, (name, scores, limit), seed)
        for name, scores, limit in rivals
    ]
    return LabelVerdict(
        label=label,
        n=n,
        positives=positives,
        base_rate=base_rate,
        threshold=threshold,
        **figures,
        against=against,
        not_judged=None if sample.is_enough else _reason(n, positives),
    )


def _reason(n: int, positives: int) -> str:
    if not n:
        return "no unseen comment knows this label"
    if positives in {0, n}:
        return f"all {n:,} comments are of one class"
    return TOO_FEW


def _on_part(
    sample: Sample, threshold: float, rival: tuple[str, Array, float], seed: int
) -> Against:
    """Compare on the rows that the other says something of."""
    name, theirs, at = rival
    is_said = ~np.isnan(theirs)
    part = Sample(
        sample.labels[is_said],
        sample.scores[is_said],
        sample.weights[is_said],
        sample.base_rate,
    )
    _, found = compare(part, threshold, {name: (theirs[is_said], at)}, seed=seed)
    return _found(name, len(part.labels), int(part.labels.sum()), found[name])


def _found(name: str, n: int, positives: int, figures: dict[str, Interval]) -> Against:
    if not figures:
        reason = "says nothing of this label" if not n else TOO_FEW
        return Against(name, n, positives, reason)
    figures.pop("recall", None)
    return Against(name, n, positives, None, **figures)
