from typing import Any

import pytest

from labels.schema import LABELS
from training.moderation.stated_scores import (
    ScoredColumns,
    Stated,
    StatedScoreError,
    stated_in_object,
)

ZEROS = dict.fromkeys(LABELS, "0.0")
ROW: dict[str, Any] = {
    **ZEROS,
    "action": "hold",
    "obfuscated": "true",
    "model_version": "v1",
}


def read(fields: dict[str, Any]) -> Stated:
    columns = ScoredColumns.among(fields)
    assert columns is not None
    return columns.read(fields)


def test_columns_of_ours_are_scores() -> None:
    assert read(ROW) == Stated((0.0,) * 7, 2, True, "v1")


def test_columns_with_the_prefix_came_last_and_count() -> None:
    twice = {**ROW, "gavel_abuse": "0.5", "gavel_action": "review"}

    found = read(twice)

    assert (found.scores[0], found.action) == (0.5, 1)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"text": "a"}, id="no label"),
        pytest.param(ZEROS, id="labels alone"),
        pytest.param({**ZEROS, "action": "removed"}, id="labels and what was done"),
        pytest.param({"action": "hold", "model_version": "v1"}, id="no label, action"),
    ],
)
def test_other_columns_are_no_scores(fields: dict[str, str]) -> None:
    assert ScoredColumns.among(fields) is None


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"abuse": ""}, "has no score of abuse"),
        ({"abuse": None}, "has no score of abuse"),
        ({"threat": "high"}, "the score of threat is not a number"),
        ({"threat": True}, "the score of threat is not a number"),
        ({"threat": "1.5"}, "the score of threat is 1.5, outside [0, 1]"),
        ({"threat": -0.1}, "the score of threat is -0.1, outside [0, 1]"),
        ({"threat": "nan"}, "the score of threat is nan, outside [0, 1]"),
        ({"threat": 10**400}, "the score of threat is not a number"),
        ({"action": ""}, "has no action"),
        ({"action": "remove"}, "the action is none of allow, review, hold"),
    ],
)
def test_a_row_that_is_not_such_as_ours_is_refused(
    cells: dict[str, Any], reason: str
) -> None:
    with pytest.raises(StatedScoreError) as refused:
        read(ROW | cells)

    assert str(refused.value) == reason


def test_an_object_of_ours_is_read_with_the_name_of_its_model() -> None:
    scored = {
        "scores": dict.fromkeys(LABELS, 0.25),
        "gavel_action": "review",
        "action": "removed by ann",
        "signals": {"obfuscated": False},
        "model": {"name": "gavel", "version": "v1"},
    }

    assert stated_in_object(scored) == Stated((0.25,) * 7, 1, False, "v1", "gavel")


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"text": "a"}, id="none"),
        pytest.param({"scores": [1, 2], "action": "hold"}, id="somebody's scores"),
    ],
)
def test_other_objects_are_not_scored(fields: dict[str, Any]) -> None:
    assert stated_in_object(fields) is None


def test_an_object_that_lacks_a_label_is_refused() -> None:
    with pytest.raises(StatedScoreError, match="has no score of severe_abuse"):
        stated_in_object({"scores": {"abuse": 0.5}, "action": "hold"})
