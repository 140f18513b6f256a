"""Judges a model by functional suites: the share of cases it gets right."""

from collections.abc import Sequence
from dataclasses import dataclass

from labels.suites import SuiteCase
from model.scorer import Scorer


@dataclass(frozen=True, slots=True)
class FunctionResult:
    """How a model does on the cases of one function.

    ``is_expected`` tells which answer is right for all of them: flagged or not.
    """

    suite: str
    function: str
    label: str
    is_expected: bool
    is_locked: bool
    cases: int
    passed: int


def check_suites(scorer: Scorer, cases: Sequence[SuiteCase]) -> list[FunctionResult]:
    """Return one result for each function and expected answer, in suite order.

    A case passes if its label asks for an action exactly where it is expected.
    """
    passed: dict[tuple[str, str, str, bool, bool], list[bool]] = {}
    scores = scorer.score([case.comment for case in cases])
    for case, score in zip(cases, scores, strict=True):
        is_flagged = case.label in score.reasons
        key = (case.suite, case.function, case.label, case.is_expected, case.is_locked)
        passed.setdefault(key, []).append(is_flagged == case.is_expected)
    return [
        FunctionResult(*key, cases=len(results), passed=sum(results))
        for key, results in passed.items()
    ]
