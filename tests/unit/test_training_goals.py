import pytest

from training.goal_tables import details_table, goals_as_json, goals_table
from training.goals import FAIL, GOALS, NOT_MEASURED, PASS, STATED, Goal


@pytest.mark.parametrize(
    ("goal", "value", "verdict"),
    [
        pytest.param(Goal("k", "n", at_least=0.5), 0.5, PASS, id="at least"),
        pytest.param(Goal("k", "n", at_least=0.5), 0.49, FAIL, id="below"),
        pytest.param(Goal("k", "n", at_most=0.5), 0.5, PASS, id="at most"),
        pytest.param(Goal("k", "n", at_most=0.5), 0.51, FAIL, id="too much"),
        pytest.param(Goal("k", "n", above=0.0), 0.0, FAIL, id="not above"),
        pytest.param(Goal("k", "n", above=0.0), 0.1, PASS, id="above"),
        pytest.param(Goal("k", "n", at_least=0.8, at_most=1.2), 1.3, FAIL, id="both"),
        pytest.param(Goal("k", "n"), 0.1, STATED, id="no bounds"),
        pytest.param(Goal("k", "n", at_most=1.0), None, NOT_MEASURED, id="absent"),
        pytest.param(Goal("k", "n", at_most=1.0), float("nan"), NOT_MEASURED, id="NaN"),
    ],
)
def test_verdict_keeps_to_the_bounds(
    goal: Goal, value: float | None, verdict: str
) -> None:
    assert goal.verdict(value) == verdict


def test_every_figure_has_one_line() -> None:
    assert len({goal.key for goal in GOALS}) == len(GOALS)
    assert len({goal.name for goal in GOALS}) == len(GOALS)


def test_table_has_a_line_for_each_goal_and_counts_them() -> None:
    lines = goals_table({"megabytes": 12.0, "swap.crossed": 0.5}).splitlines()

    assert len(lines) == len(GOALS) + 2
    assert lines[-2].split()[-2:] == ["pass", "12.0"]
    assert lines[-1].startswith("1 of 2 bounds kept; 0 figures stated, ")


def test_what_was_not_measured_is_null() -> None:
    written = goals_as_json("v", {"swap.crossed": float("nan")}, {"a": [float("nan")]})

    values = {one["key"]: one["value"] for one in written["goals"]}
    assert values["swap.crossed"] is None
    assert values["megabytes"] is None
    assert written["details"] == {"a": [None]}


def test_details_that_are_absent_are_no_lines() -> None:
    assert details_table({}) == ""


def test_groups_left_out_are_listed() -> None:
    group = {
        "group": "Wikipedia",
        "label": "abuse",
        "n": 3_000,
        "positives": 481,
        "roc_auc": 0.81,
        "plain_roc_auc": 0.8,
        "difference": {"difference": 0.01, "low": -0.005, "high": 0.025},
    }

    shown = details_table({"left_out": [group]}).splitlines()[1].split()

    assert " ".join(shown) == (
        "Wikipedia abuse 3,000 481 0.810 0.800 +0.010 [-0.005 +0.025]"
    )
