"""Measures what is left of a model's recall when comments are disguised."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.comments import Comment
from labels.labelled import LabelledComment
from labels.schema import LABELS
from labels.suites import SuiteCase
from training.attacks import ATTACKS, Attack, disguise
from training.bulk_scores import Judge

JUDGED: Final = ("abuse", "extremist_praise")
"""The labels whose recall is measured: the others ask for little without abuse."""

CORPUS_CASES: Final = 50
"""How many comments of a corpus are taken of either answer, at most."""

_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """A comment, one of its labels, and whether that label holds."""

    comment: Comment
    label: str
    is_expected: bool


@dataclass(frozen=True, slots=True)
class Evasion:
    """What attacks leave of a model's recall.

    Attributes:
        positives: how many cases should be flagged, as they are.
        caught: how many of them are.
        left: of those caught, the share that is still flagged after each attack, by
            the attack's name; NaN if none was caught.
        left_by_label: the same for each label that caught any.
        negatives: how many clean cases should not be flagged.
        false_positives: the share of them that is; NaN if there are none.
        flagged_disguised: the same share after each attack, by its name. A model
            that flags whatever is disguised keeps its recall, and shows here.
    """

    positives: int
    caught: int
    left: Mapping[str, float]
    left_by_label: Mapping[str, Mapping[str, float]]
    negatives: int
    false_positives: float
    flagged_disguised: Mapping[str, float]


def choose_cases(
    own: Sequence[LabelledComment],
    suites: Sequence[SuiteCase],
    corpora: Sequence[LabelledComment],
    *,
    seed: int = 0,
) -> list[Case]:
    """Return the cases of our test split, of the open halves, and some of corpora.

    Of each corpus at most ``CORPUS_CASES`` of either answer are drawn. A model may
    have learnt from them: they widen what is disguised, and say nothing of clean
    recall. What the locked halves hold stays unread.
    """
    test = [case for row in own if row.is_held_out for case in _cases(row)]
    open_half = [
        Case(case.comment, case.label, case.is_expected)
        for case in suites
        if not case.is_locked and case.label in JUDGED
    ]
    return [*test, *open_half, *_sampled(corpora, np.random.default_rng(seed))]


def _sampled(
    corpora: Sequence[LabelledComment], rng: np.random.Generator
) -> Iterator[Case]:
    kinds: dict[tuple[str, str, bool], list[Case]] = {}
    for row in corpora:
        for case in _cases(row):
            key = (row.source, case.label, case.is_expected)
            kinds.setdefault(key, []).append(case)
    for cases in kinds.values():
        count = min(CORPUS_CASES, len(cases))
        for place in sorted(rng.choice(len(cases), size=count, replace=False)):
            yield cases[place]


def _cases(row: LabelledComment) -> Iterator[Case]:
    for label in JUDGED:
        share = row.shares[LABELS.index(label)]
        # Half the annotators decide nothing here.
        if share is not None and share != _HALF:
            yield Case(row.comment, label, share > _HALF)


def measure_evasion(
    judge: Judge, cases: Sequence[Case], attacks: Sequence[Attack] = ATTACKS
) -> Evasion:
    """Attack every case that the model catches when it is clean, and the negatives."""
    is_flagged = _flags(judge, cases)
    is_expected = np.array([case.is_expected for case in cases], dtype=np.bool_)
    pairs = zip(cases, is_flagged & is_expected, strict=True)
    caught = [case for case, is_caught in pairs if is_caught]
    labels = np.array([case.label for case in caught])
    harmless = [case for case in cases if not case.is_expected]
    still = {
        attack.name: _flags(judge, [_disguised(case, attack) for case in caught])
        for attack in attacks
    }
    return Evasion(
        positives=int(is_expected.sum()),
        caught=len(caught),
        left={name: share(flags) for name, flags in still.items()},
        left_by_label={
            label: {
                name: share(flags[labels == label]) for name, flags in still.items()
            }
            for label in JUDGED
            if label in labels
        },
        negatives=len(harmless),
        false_positives=share(is_flagged[~is_expected]),
        flagged_disguised={
            attack.name: share(
                _flags(judge, [_disguised(case, attack) for case in harmless])
            )
            for attack in attacks
        },
    )


def share(flags: NDArray[np.bool_]) -> float:
    """Return the share that is flagged; NaN of nothing."""
    return float(flags.mean()) if len(flags) else float("nan")


def _flags(judge: Judge, cases: Sequence[Case]) -> NDArray[np.bool_]:
    """Return whether the model flags each case for the case's own label."""
    flags = judge.flags([case.comment for case in cases])
    columns = [LABELS.index(case.label) for case in cases]
    return np.asarray(flags[np.arange(len(cases)), columns])


def _disguised(case: Case, attack: Attack) -> Case:
    # Quotations are places in the text as it was; a disguise moves them.
    text = disguise(attack, case.comment.text)
    return replace(case, comment=replace(case.comment, text=text, quotations=()))
