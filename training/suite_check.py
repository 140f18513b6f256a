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


@dataclass(frozen=True, slots=True)
class HalfResult:
    """How a model does on all functions of one half that expect one answer."""

    suite: str
    is_locked: bool
    is_expected: bool
    functions: int
    cases: int
    passed: int


def sum_halves(results: Sequence[FunctionResult]) -> list[HalfResult]:
    """Return the sums that may be shown of either half, open before locked."""
    halves: dict[tuple[str, bool, bool], list[FunctionResult]] = {}
    for result in results:
        key = (result.suite, result.is_locked, result.is_expected)
        halves.setdefault(key, []).append(result)
    return [
        HalfResult(
            *key,
            functions=len(members),
            cases=sum(member.cases for member in members),
            passed=sum(member.passed for member in members),
        )
        for key, members in sorted(halves.items())
    ]


def open_functions(results: Sequence[FunctionResult]) -> list[FunctionResult]:
    """Return the functions whose results may be read, the worst first.

    Those of the locked half are only summed, so that nobody tunes a model to them.
    """
    shown = [result for result in results if not result.is_locked]
    return sorted(shown, key=lambda result: result.passed / result.cases)
