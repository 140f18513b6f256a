"""Section 13: the worst errors with their evidence, and labels that may be wrong."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from numpy.typing import NDArray

from labels import own
from labels.schema import LABELS
from model.scorer import Scorer
from training.report.shown_text import Piece, TextPolicy
from training.sections.basis import EVEN_ODDS, FEWEST, Basis, may_show

_WORST: Final = 8
_MOST_SUSPECTS: Final = 40
_MOST_GROUPS: Final = 8
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class ErrorCase:
    """A comment that a label gets wrong.

    Attributes:
        source: where it stands.
        row: its hash, as in ``evaluation.parquet``.
        score: by a fit that did not see it.
        written_as: what one of our own was written to test; blank for others.
        pieces: its text with the evidence of the model that ships; None where the
            source's texts are not shown.
    """

    source: str
    row: str
    score: float
    written_as: str
    pieces: list[Piece] | None


@dataclass(frozen=True, slots=True)
class ErrorGroup:
    """How many errors of a kind stand in a source, and how many comments it has."""

    kind: str
    group: str
    errors: int
    of: int


@dataclass(frozen=True, slots=True)
class LabelErrors:
    """One label's errors at the threshold, or at 0.5 for a label that has none.

    Attributes:
        label: the label.
        threshold: that was used.
        false_positives: how many unseen rows are flagged and should not be.
        false_negatives: how many are missed.
        groups: both kinds by source, and of ours by what they were written as.
        worst_false_positives: the highest scores.
        worst_false_negatives: the lowest.
    """

    label: str
    threshold: float
    false_positives: int
    false_negatives: int
    groups: list[ErrorGroup]
    worst_false_positives: list[ErrorCase]
    worst_false_negatives: list[ErrorCase]


@dataclass(frozen=True, slots=True)
class SuspectLabel:
    """A label that all the other comments speak against (Northcutt et al. 2021)."""

    label: str
    source: str
    row: str
    said: int
    score: float
    text: str | None


@dataclass(frozen=True, slots=True)
class Errors:
    """What the model gets wrong, and what the labels may.

    ``suspects`` counts suspected label errors by label; ``suspect_labels`` shows the
    worst of our own, which are ours to correct.
    """

    labels: list[LabelErrors]
    suspects: dict[str, int]
    suspect_labels: list[SuspectLabel]


def measure_errors(basis: Basis, scorer: Scorer, policy: TextPolicy) -> Errors:
    """Find the worst errors of every label among the unseen rows."""
    hashes = basis.rows.hashes()
    suspects = [
        (column, row, quality)
        for column in range(len(LABELS))
        for row, quality in _suspects(basis, column)
    ]
    counted = Counter(LABELS[column] for column, _, _ in suspects)
    shown = sorted(
        (one for one in suspects if basis.rows.sources[one[1]] == own.SOURCE),
        key=lambda one: one[2],
    )
    return Errors(
        labels=[
            _label(basis, scorer, column, hashes, policy)
            for column in range(len(LABELS))
        ],
        suspects={label: counted[label] for label in LABELS},
        suspect_labels=[
            SuspectLabel(
                LABELS[column],
                str(basis.rows.sources[row]),
                hashes[row],
                int(basis.labels[row, column]),
                float(basis.scores[row, column]),
                policy.text(basis.rows.comments[row].text),
            )
            for column, row, _ in shown[:_MOST_SUSPECTS]
        ],
    )


def _label(
    basis: Basis,
    scorer: Scorer,
    column: int,
    hashes: Sequence[str],
    policy: TextPolicy,
) -> LabelErrors:
    label = LABELS[column]
    threshold = basis.threshold(label)
    at = EVEN_ODDS if threshold is None else threshold
    known = basis.known(column)
    is_one = basis.labels[:, column] == 1
    scores = basis.scores[:, column]
    alarms = np.flatnonzero(known & ~is_one & (scores >= at))
    misses = np.flatnonzero(known & is_one & (scores < at))
    kinds = {"false positive": (alarms, ~is_one), "miss": (misses, is_one)}
    worst = (
        _worst(basis, alarms[np.argsort(-scores[alarms], kind="stable")]),
        _worst(basis, misses[np.argsort(scores[misses], kind="stable")]),
    )
    cases = [
        [_case(basis, scorer, label, (row, hashes[row]), policy) for row in rows]
        for rows in worst
    ]
    return LabelErrors(
        label=label,
        threshold=at,
        false_positives=len(alarms),
        false_negatives=len(misses),
        groups=[
            group
            for kind, (rows, of) in kinds.items()
            for group in _groups(basis, kind, rows, known & of)
        ],
        worst_false_positives=cases[0],
        worst_false_negatives=cases[1],
    )


def _worst(basis: Basis, ordered: NDArray[np.int64]) -> list[int]:
    """Return the worst whose text may be read, and then the worst of the others."""
    can_be_read = [may_show(str(basis.rows.sources[row])) for row in ordered]
    readable = [row for row, can in zip(ordered, can_be_read, strict=True) if can]
    others = [row for row, can in zip(ordered, can_be_read, strict=True) if not can]
    return [int(row) for row in readable[:_WORST] + others[: _WORST // 2]]


def _case(
    basis: Basis,
    scorer: Scorer,
    label: str,
    named: tuple[int, str],
    policy: TextPolicy,
) -> ErrorCase:
    row, row_hash = named
    source = str(basis.rows.sources[row])
    comment = basis.rows.comments[row]
    pieces = None
    if policy.is_shown and may_show(source):
        (score,) = scorer.score([comment], explain=True)
        pieces = policy.pieces(comment.text, score.evidence, label)
    tags: Mapping[str, str] = basis.tags.get(comment.id, {})
    return ErrorCase(
        source=source,
        row=row_hash,
        score=float(basis.scores[row, LABELS.index(label)]),
        written_as=tags.get("function", "") if source == own.SOURCE else "",
        pieces=pieces,
    )


def _groups(
    basis: Basis, kind: str, rows: NDArray[np.int64], of: NDArray[np.bool_]
) -> list[ErrorGroup]:
    sources = Counter(basis.rows.sources[rows].tolist())
    totals = Counter(basis.rows.sources[of].tolist())
    found = [
        ErrorGroup(kind, source, count, totals[source])
        for source, count in sources.most_common(_MOST_GROUPS)
    ]
    ours = Counter(_functions(basis, rows))
    totals = Counter(_functions(basis, np.flatnonzero(of)))
    return found + [
        ErrorGroup(kind, f"written as: {function}", count, totals[function])
        for function, count in ours.most_common(_MOST_GROUPS)
        if function
    ]


def _functions(basis: Basis, rows: NDArray[np.int64]) -> list[str]:
    return [
        basis.tags.get(basis.rows.comments[row].id, {}).get("function", "")
        for row in rows.tolist()
        if basis.rows.sources[row] == own.SOURCE
    ]


def _suspects(basis: Basis, column: int) -> list[tuple[int, float]]:
    """Return the rows of a label that are likely wrong, and how well they fit."""
    shares = basis.rows.shares[:, column]
    rows = np.flatnonzero(basis.known(column) & (shares != _HALF))
    labels, scores = basis.labels[rows, column], basis.scores[rows, column]
    if min(int(labels.sum()), len(labels) - int(labels.sum())) < FEWEST:
        return []
    probabilities = np.column_stack([1 - scores, scores])
    is_issue = find_label_issues(
        labels, probabilities, filter_by="confident_learning", n_jobs=1
    )
    quality = get_label_quality_scores(labels, probabilities, adjust_pred_probs=True)
    return [
        (int(rows[place]), float(quality[place])) for place in np.flatnonzero(is_issue)
    ]
