"""Section 18: known failures, and what the model does not judge."""

from dataclasses import dataclass
from typing import Final

from labels.schema import LABELS
from training.sections.basis import Basis
from training.sections.functions import FunctionalSuites
from training.sections.marks import FAIL, Mark

_WEAK: Final = 0.5
_FEWEST_CASES: Final = 5

NOT_JUDGED: Final = (
    "Pictures, links, video, voice, and what stands behind a link.",
    "Irony without a cue in the words, and private codes.",
    "Whether what is claimed is true.",
    "What a comment answers, but where it is quoted or sent along as its parent.",
    "Who wrote it: author, history and reputation move no score.",
    "Languages other than English, Roman Urdu and Hinglish.",
)


@dataclass(frozen=True, slots=True)
class WeakFunction:
    """A function of a suite of which the model gets less than half right."""

    suite: str
    reading: str
    function: str
    is_expected: bool
    cases: int
    passed: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What is known to fail.

    Attributes:
        missed_marks: pass marks that are missed.
        weak_functions: the worst first.
        without_threshold: labels that ask for no action of their own: none of their
            thresholds is precise enough, or none is meant to.
        not_judged: what it does not judge at all.
    """

    missed_marks: list[str]
    weak_functions: list[WeakFunction]
    without_threshold: list[str]
    not_judged: list[str]


def describe_limits(
    basis: Basis, suites: FunctionalSuites, marks: list[Mark]
) -> Limits:
    """Gather what the other sections found wanting."""
    weak = [
        WeakFunction(
            suite.suite,
            one.reading,
            one.function,
            one.is_expected,
            one.cases,
            one.passed,
        )
        for suite in suites.suites
        for one in suite.functions
        if one.cases >= _FEWEST_CASES and one.passed < _WEAK * one.cases
    ]
    return Limits(
        missed_marks=[mark.name for mark in marks if mark.verdict == FAIL],
        weak_functions=sorted(weak, key=lambda one: one.passed / one.cases),
        without_threshold=[label for label in LABELS if basis.threshold(label) is None],
        not_judged=list(NOT_JUDGED),
    )
