"""Section 14: annotators against each other, the model against what was decided."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from labels import own
from labels.agreement import Estimate, measure_agreement
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
    rounds: dict[str, list[int]] = defaultdict(list)
    for judgement in read_own_table(DATA / JUDGEMENTS, JUDGEMENT_COLUMNS):
        labels = parse_judgement(judgement)
        rounds[judgement["comment_id"]].append(int(judgement["round"]))
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
        found.append(_label(label, agreement.comments, agreement, triples, basis.seed))
    return People(found)


def _decided(
    adjudicated: list[int | None] | None,
    votes: "object",
    column: int,
) -> int | None:
    """Return the adjudicated label; where nobody disagreed, what all said."""
    if adjudicated is not None:
        return adjudicated[column]
    said = {vote[column] for vote in votes}  # type: ignore[attr-defined]
    return said.pop() if len(said) == 1 else None


def _label(label, twice, agreement, triples, seed):  # type: ignore[no-untyped-def]
    positives = sum(decided for decided, _, _ in triples)
    reason = None
    model = annotator = Interval()
    if min(positives, len(triples) - positives) < FEWEST:
        reason = "too few decided comments that no fit saw"
    else:
        model = _interval(
            measure_agreement([(one[0], one[2]) for one in triples], seed=seed).kappa
        )
        annotator = _interval(
            measure_agreement([(one[0], one[1]) for one in triples], seed=seed).kappa
        )
    return LabelPeople(
        label=label,
        judged_twice=twice,
        annotators_alpha=_interval(agreement.alpha),
        annotators_kappa=_interval(agreement.kappa),
        decided=len(triples),
        model_kappa=model,
        annotator_kappa=annotator,
        not_judged=reason,
    )


def _interval(estimate: Estimate) -> Interval:
    if np.isnan(estimate.value):
        return Interval()
    return Interval(estimate.value, estimate.low, estimate.high)
