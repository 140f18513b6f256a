"""Section 14: annotators against each other, the model against what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels import own
from labels.agreement import Agreement, Estimate, measure_agreement
from labels.own import (
    ADJUDICATION,
    DATA,
    JUDGEMENT_COLUMNS,
    JUDGEMENTS,
    parse_judgement,
    read_own_table,
)
from labels.schema import LABELS
from labels.second_round import read_judged_twice
from training.sections.basis import EVEN_ODDS, FEWEST, Basis
from training.sections.intervals import Interval

_RESAMPLES: Final = 2_000


@dataclass(frozen=True, slots=True)
class LabelPeople:
    """One label.

    Attributes:
        label: the label.
        judged_twice: comments that two annotators judged.
        annotators_alpha: Krippendorff's, between them; blank where nothing varies.
        annotators_kappa: Cohen's.
        decided: unseen comments of them that the model is held against.
        model_kappa: Cohen's, of the model at its threshold and the adjudicated label.
        annotator_kappa: of the first annotator and the adjudicated label, on the same
            comments; it decides half of what it is held against, so it flatters.
        not_judged: why there are no figures of the model; None if there are.
    """

    label: str
    judged_twice: int
    annotators_alpha: Interval
    annotators_kappa: Interval
    decided: int
    model_kappa: Interval
    annotator_kappa: Interval
    not_judged: str | None


@dataclass(frozen=True, slots=True)
class People:
    """How far people agree on our own comments, and the model with them."""

    labels: list[LabelPeople]


def measure_people(basis: Basis) -> People:
    """Compare annotators, model and adjudication, label by label."""
    judged = read_judged_twice()
    adjudicated: dict[str, list[int | None]] = {}
    first: dict[str, list[int | None]] = {}
    for judgement in read_own_table(DATA / JUDGEMENTS, JUDGEMENT_COLUMNS):
        labels = parse_judgement(judgement)
        if judgement["round"] == ADJUDICATION:
            adjudicated[judgement["comment_id"]] = labels
        else:
            first.setdefault(judgement["comment_id"], labels)
    twice = {one.comment_id: one.votes for one in judged}
    ours = {
        comment.id: row
        for row, comment in enumerate(basis.rows.comments)
        if basis.rows.sources[row] == own.SOURCE and basis.is_unseen[row]
    }
    found = []
    for column, label in enumerate(LABELS):
        agreement = measure_agreement(
            [[vote[column] for vote in votes] for votes in twice.values()],
            seed=basis.seed,
        )
        threshold = basis.threshold(label)
        at = EVEN_ODDS if threshold is None else threshold
        triples = []
        for comment_id, votes in twice.items():
            row = ours.get(comment_id)
            decided = _decided(adjudicated.get(comment_id), votes, column)
            said = first[comment_id][column]
            if row is not None and decided is not None and said is not None:
                is_flagged = int(basis.scores[row, column] >= at)
                triples.append((decided, said, is_flagged))
        found.append(_label(label, agreement, triples, basis.seed))
    return People(found)


def _decided(
    adjudicated: Sequence[int | None] | None,
    votes: Sequence[Sequence[int | None]],
    column: int,
) -> int | None:
    """Return the adjudicated label; where nobody disagreed, what all said."""
    if adjudicated is not None:
        return adjudicated[column]
    said = {vote[column] for vote in votes}
    return said.pop() if len(said) == 1 else None


def _label(
    label: str,
    agreement: Agreement,
    triples: Sequence[tuple[int, int, int]],
    seed: int,
) -> LabelPeople:
    positives = sum(decided for decided, _, _ in triples)
    is_enough = min(positives, len(triples) - positives) >= FEWEST
    said = np.array(triples, dtype=np.int64).reshape(-1, 3).T
    return LabelPeople(
        label=label,
        judged_twice=agreement.comments,
        annotators_alpha=_interval(agreement.alpha),
        annotators_kappa=_interval(agreement.kappa),
        decided=len(triples),
        model_kappa=kappa(said[0], said[2], seed) if is_enough else Interval(),
        annotator_kappa=kappa(said[0], said[1], seed) if is_enough else Interval(),
        not_judged=None if is_enough else "too few decided comments that no fit saw",
    )


def kappa(first: NDArray[np.int64], second: NDArray[np.int64], seed: int) -> Interval:
    """Return Cohen's kappa of two judges of the same comments, 1 or 0.

    With the 95 % percentiles of a bootstrap over comments; blank where chance alone
    would agree in everything.

    >>> kappa(np.array([1, 1, 0, 0]), np.array([1, 1, 0, 0]), 0).value
    1.0
    """
    cells = np.bincount(2 * first + second, minlength=4)
    n = int(cells.sum())
    draws = np.random.default_rng(seed).multinomial(n, cells / n, size=_RESAMPLES)
    values = _kappas(np.vstack([cells, draws]))
    drawn = values[1:][~np.isnan(values[1:])]
    if np.isnan(values[0]) or not len(drawn):
        return Interval()
    low, high = np.percentile(drawn, (2.5, 97.5)).tolist()
    return Interval(float(values[0]), low, high)


def _kappas(cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return kappa for each row of counts of 00, 01, 10 and 11."""
    shares = cells / cells.sum(axis=1, keepdims=True)
    first, second = shares[:, 2] + shares[:, 3], shares[:, 1] + shares[:, 3]
    expected = first * second + (1 - first) * (1 - second)
    left = 1 - expected
    observed = shares[:, 0] + shares[:, 3]
    safe = np.where(left > 0, left, 1)
    return np.asarray(np.where(left > 0, (observed - expected) / safe, np.nan))


def _interval(estimate: Estimate) -> Interval:
    if np.isnan(estimate.value):
        return Interval()
    return Interval(estimate.value, estimate.low, estimate.high)
