from collections.abc import Sequence

from labels.comments import Comment
from labels.suites import SuiteCase
from model.scorer import Score, Scorer
from training.suite_check import FunctionResult, check_suites
from training.tables import suite_table


class _FlagsShouting(Scorer):
    """Flags abuse in whatever is written in capitals."""

    def __init__(self) -> None:
        pass

    def score(
        self,
        comments: Sequence[Comment | str],
        *,
        explain: bool = False,  # noqa: ARG002
    ) -> list[Score]:
        return [
            Score({}, "review", ("abuse",) if str(one.text).isupper() else (), {})
            for one in comments
            if isinstance(one, Comment)
        ]


def _case(function: str, text: str, *, is_expected: bool, is_locked: bool) -> SuiteCase:
    return SuiteCase(
        "check", Comment(text, text), function, "abuse", is_expected, is_locked
    )


_CASES = [
    _case("loud", "CLOD", is_expected=True, is_locked=False),
    _case("loud", "clod", is_expected=True, is_locked=False),
    _case("calm", "a garden", is_expected=False, is_locked=True),
]


def test_a_case_passes_where_it_is_flagged_as_expected() -> None:
    assert check_suites(_FlagsShouting(), _CASES) == [
        FunctionResult("check", "loud", "abuse", True, False, cases=2, passed=1),
        FunctionResult("check", "calm", "abuse", False, True, cases=1, passed=1),
    ]


def test_locked_functions_are_counted_and_not_listed() -> None:
    table = suite_table(check_suites(_FlagsShouting(), _CASES))

    assert "loud" in table
    assert "calm" not in table
    assert table.count("locked") == 1
