"""Section 14: annotators against each other, the model against what was decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels import own
from labels.own import (
    ADJUDICATION,
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


def measure_people(basis: Basis, folder: Path) -> People:
    """Compare annotators, model and adjudication, label by label."""
    judged = read_judged_twice(folder)
    adjudicated: dict[str, list[int | None]] = {}
    first: dict[str, list[int | None]] = {}
    for judgement in read_own_table(folder / JUDGEMENTS, JUDGEMENT_COLUMNS):
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
        pairs = [
            (votes[0][column], votes[1][column])
            for votes in twice.values()
            if votes[0][column] is not None and votes[1][column] is not None
        ]
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
        found.append(_label(label, pairs, triples, basis.seed))
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
    pairs: Sequence[tuple[int | None, int | None]],
    triples: Sequence[tuple[int, int, int]],
    seed: int,
) -> LabelPeople:
    positives = sum(decided for decided, _, _ in triples)
    is_enough = min(positives, len(triples) - positives) >= FEWEST
    said = np.array(triples, dtype=np.int64).reshape(-1, 3).T
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return LabelPeople(
        label=label,
        judged_twice=len(pairs),
        annotators_alpha=agreement(first, second, seed, alphas),
        annotators_kappa=agreement(first, second, seed),
        decided=len(triples),
        model_kappa=agreement(said[0], said[2], seed) if is_enough else Interval(),
        annotator_kappa=agreement(said[0], said[1], seed) if is_enough else Interval(),
        not_judged=None if is_enough else "too few decided comments that no fit saw",
    )


def kappas(cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return Cohen's kappa for each row of counts of 00, 01, 10 and 11."""
    shares = cells / cells.sum(axis=1, keepdims=True)
    first, second = shares[:, 2] + shares[:, 3], shares[:, 1] + shares[:, 3]
    expected = 1 - first * second - (1 - first) * (1 - second)
    return _beyond_chance(shares[:, 1] + shares[:, 2], expected)


def alphas(cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return Krippendorff's alpha of two judges, likewise."""
    judged = 2 * cells.sum(axis=1)
    ones = cells[:, 1] + cells[:, 2] + 2 * cells[:, 3]
    observed = 2 * (cells[:, 1] + cells[:, 2]) / judged
    return _beyond_chance(observed, 2 * ones * (judged - ones) / judged / (judged - 1))


def _beyond_chance(
    observed: NDArray[np.float64], expected: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return 1 - observed / expected disagreement; NaN where none was expected."""
    varies = expected > 0
    return np.asarray(
        np.where(varies, 1 - observed / np.where(varies, expected, 1), np.nan)
    )


def agreement(
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    seed: int,
    measure: Callable[[NDArray[np.int64]], NDArray[np.float64]] = kappas,
) -> Interval:
    """Return how far two judges of the same comments agree, beyond chance.

    With the 95 % percentiles of a bootstrap over comments; blank where chance alone
    would agree in everything. ``labels.agreement`` measures any number of judges; for
    two of them four counts hold all there is, which is a thousand times as fast.

    >>> agreement(np.array([1, 1, 0, 0]), np.array([1, 1, 0, 0]), 0).value
    1.0
    """
    cells = np.bincount(2 * first + second, minlength=4)
    n = int(cells.sum())
    if not n:
        return Interval()
    draws = np.random.default_rng(seed).multinomial(n, cells / n, size=_RESAMPLES)
    values = measure(np.vstack([cells, draws]))
    drawn = values[1:][~np.isnan(values[1:])]
    if np.isnan(values[0]) or not len(drawn):
        return Interval()
    low, high = np.percentile(drawn, (2.5, 97.5)).tolist()
    return Interval(float(values[0]), low, high)
