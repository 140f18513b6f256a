"""Section 10: what disguises leave of recall, with and without undoing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.comments import Comment
from labels.labelled import LabelledComment
from labels.schema import LABELS
from labels.suites import SuiteCase
from model.artefact import Artefact
from model.calibration import sigmoid
from model.reader import Reader
from model.units import MARGIN, find_sentences
from training.attacks import ATTACKS
from training.bulk_scores import ScorerJudge
from training.robustness import Case, choose_cases, measure_evasion

_MOST_CASES: Final = 250
_MOST_UNNORMALISED: Final = 100


@dataclass(frozen=True, slots=True)
class AttackResult:
    """One attack.

    Attributes:
        attack: its name.
        can_be_undone: whether the text can be read back from its disguise alone.
        left: of what is caught clean, the share still flagged; None if nothing is
            caught.
        left_without: the same, if nothing is undone before scoring.
        flagged_benign: share of disguised harmless comments that are flagged.
    """

    attack: str
    can_be_undone: bool
    left: float | None
    left_without: float | None
    flagged_benign: float | None


@dataclass(frozen=True, slots=True)
class EvasionSection:
    """What attacks leave of recall, on a sample of our test split, suites and corpora.

    Attributes:
        positives: cases that should be flagged.
        recall_before: the share of them that is, clean.
        recall_before_without: the same if nothing is undone.
        negatives: harmless cases.
        flagged_clean: share of them that is flagged as they stand.
        attacks: one after the other.
        worst_undone: the least that an attack leaves that can be undone.
        worst_guessed: the least that one of the others leaves.
    """

    positives: int
    recall_before: float | None
    recall_before_without: float | None
    negatives: int
    flagged_clean: float | None
    attacks: list[AttackResult]
    worst_undone: float | None
    worst_guessed: float | None


def measure_evasion_section(
    artefact: Artefact,
    judge: ScorerJudge,
    own: Sequence[LabelledComment],
    suites: Sequence[SuiteCase],
    corpora: Sequence[LabelledComment],
    *,
    seed: int,
) -> EvasionSection:
    """Disguise a sample of cases in fourteen ways, and score them in two."""
    cases = _sampled(choose_cases(own, suites, corpora, seed=seed), _MOST_CASES, seed)
    found = measure_evasion(judge, cases)
    fewer = [case for case in cases if case.is_expected][:_MOST_UNNORMALISED]
    plain = measure_evasion(_UnnormalisedJudge(artefact, judge.lowest), fewer)
    attacks = [
        AttackResult(
            attack.name,
            attack.can_be_undone,
            _finite(found.left[attack.name]),
            _finite(plain.left[attack.name]),
            _finite(found.flagged_disguised[attack.name]),
        )
        for attack in ATTACKS
    ]
    return EvasionSection(
        positives=found.positives,
        recall_before=found.caught / found.positives if found.positives else None,
        recall_before_without=(
            plain.caught / plain.positives if plain.positives else None
        ),
        negatives=found.negatives,
        flagged_clean=_finite(found.false_positives),
        attacks=attacks,
        worst_undone=_worst([one for one in attacks if one.can_be_undone]),
        worst_guessed=_worst([one for one in attacks if not one.can_be_undone]),
    )


def _sampled(cases: Sequence[Case], most: int, seed: int) -> list[Case]:
    """Draw as many of either answer, in their order."""
    rng = np.random.default_rng(seed)
    kept: list[int] = []
    for is_expected in (True, False):
        places = [at for at, one in enumerate(cases) if one.is_expected == is_expected]
        if len(places) > most:
            places = rng.choice(places, size=most, replace=False).tolist()
        kept += places
    return [cases[at] for at in sorted(kept)]


def _worst(attacks: Sequence[AttackResult]) -> float | None:
    left = [one.left for one in attacks if one.left is not None]
    return min(left, default=None)


def _finite(value: float) -> float | None:
    return None if np.isnan(value) else value


class _UnnormalisedJudge:
    """The same model, asked without anything being undone: lower case and no more."""

    def __init__(self, artefact: Artefact, lowest: NDArray[np.float64]) -> None:
        self._artefact = artefact
        self._views = Reader(artefact.tables).views
        self._lowest = lowest
        found = [artefact.calibrations[label] for label in LABELS]
        self._slopes = np.array([one.slope for one in found])
        self._intercepts = np.array([one.intercept for one in found])

    def flags(self, comments: Sequence[Comment]) -> NDArray[np.bool_]:
        return np.asarray(self.scores(comments) >= self._lowest)

    def scores(self, comments: Sequence[Comment]) -> NDArray[np.float64]:
        rows = [self._logits(comment.text.lower()) for comment in comments]
        logits = np.array(rows).reshape(len(rows), len(LABELS))
        return np.asarray(sigmoid(self._slopes * logits + self._intercepts))

    def _logits(self, text: str) -> NDArray[np.float64]:
        spans = [(0, len(text)), *find_sentences(text)]
        units = np.array([self._unit(text[begin:end]) for begin, end in spans])
        units[1:] -= MARGIN
        return np.asarray(units.max(axis=0))

    def _unit(self, text: str) -> NDArray[np.float64]:
        logits = self._artefact.bias.astype(np.float64)
        for view, learnt in zip(self._views, self._artefact.views, strict=True):
            logits = logits + learnt.logits(view.ngrams(text))
        return np.asarray(logits)
