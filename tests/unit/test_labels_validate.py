"""Faults of our tables and suites; each test writes rows with one fault, or several."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from labels.own import JUDGEMENT_COLUMNS
from labels.table_rows import JudgementRow
from labels.validate import validate

Rows = Sequence[dict[str, str]]

_SECOND = {"annotator": "a2", "round": "2"}
_LOCKED = {"id": "s2", "function": "greeting", "part": "locked"}


def _validate(folder: Path) -> list[str]:
    return validate(folder, folder / "suites")


def test_our_own_tables_and_suites_have_no_fault() -> None:
    assert validate() == []


def test_tables_without_fault_have_none(write_tables: Callable[..., Path]) -> None:
    folder = write_tables(
        [{"pair_id": "p1"}, {"id": "c2", "pair_id": "p1"}],
        [{}, _SECOND, {"annotator": "a3", "round": "3"}, {"comment_id": "c2"}],
        [{}, _LOCKED],
    )

    assert _validate(folder) == []


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        pytest.param({"text": " "}, {}, "line 2: text is blank", id="no text"),
        pytest.param(
            {"text": "a" * 5_001},
            {},
            "line 2: text has over 5,000 characters",
            id="far too long",
        ),
        pytest.param(
            {"split": "dev"},
            {},
            "line 2: split is 'train' or 'test', not 'dev'",
            id="unknown split",
        ),
        pytest.param(
            {"pair_id": "p1"},
            {},
            "line 2: pair 'p1' has no second comment",
            id="lonely pair",
        ),
        pytest.param(
            {"pair_id": "p1"},
            {"pair_id": "p1", "split": "test"},
            "line 3: pair 'p1' is in test here and in train before",
            id="pair torn between splits",
        ),
        pytest.param(
            {"batch": "b2"},
            {"split": "test"},
            "line 3: batch 'b2' is in test here and in train before",
            id="batch torn between splits",
        ),
    ],
)
def test_fault_of_a_comment_is_named_with_its_line(
    write_tables: Callable[..., Path],
    first: dict[str, str],
    second: dict[str, str],
    fault: str,
) -> None:
    folder = write_tables(
        [first, {"id": "c2", "batch": "b2"} | second], [{}, {"comment_id": "c2"}]
    )

    assert _validate(folder) == [f"comments.csv, {fault}"]


def test_an_id_that_was_used_before_is_named(write_tables: Callable[..., Path]) -> None:
    folder = write_tables([{}, {}], [{}])

    assert _validate(folder) == ["comments.csv, line 3: id 'c1' was used before"]


def test_comment_that_nobody_judged_is_named(
    write_tables: Callable[..., Path],
) -> None:
    folder = write_tables([{}], [])

    assert _validate(folder) == ["comments.csv, line 2: comment 'c1' has no judgement"]


@pytest.mark.parametrize(
    ("judgements", "fault"),
    [
        pytest.param(
            [{"threat": "1"}],
            "line 2: threat is 1, so abuse must be 1 too, not blank",
            id="missing implication",
        ),
        pytest.param(
            [{"insult": "maybe"}],
            "line 2: insult: a label is 1, 0 or blank, not 'maybe'",
            id="value of a label",
        ),
        pytest.param(
            [{"rule": ""}],
            "line 2: rule is blank",
            id="no rule",
        ),
        pytest.param(
            [{"rule": "Z9"}],
            "line 2: the codebook has no rule 'Z9'",
            id="unknown rule",
        ),
        pytest.param(
            [{"codebook_version": "two"}],
            "line 2: codebook_version is a number, not 'two'",
            id="version that is no number",
        ),
        pytest.param(
            [{"codebook_version": "0"}],
            "line 2: codebook_version is a number from 1 on, not '0'",
            id="version before the first",
        ),
        pytest.param(
            [{}, {"comment_id": "c9"}],
            "line 3: there is no comment 'c9'",
            id="judgement of nothing",
        ),
        pytest.param(
            [{}, {}],
            "line 3: 'a1' judged comment 'c1' twice in round '1'",
            id="judged twice",
        ),
        pytest.param(
            [{"round": "4"}],
            "line 2: round is '1', '2' or '3', not '4'",
            id="unknown round",
        ),
        pytest.param(
            [_SECOND],
            "line 2: comment 'c1' has no round 1 before round 2",
            id="second round without a first",
        ),
        pytest.param(
            [{}, {"annotator": "a3", "round": "3"}],
            "line 3: comment 'c1' has no round 2 before round 3",
            id="adjudication without a second round",
        ),
        pytest.param(
            [{}, {"round": "2"}],
            "line 3: 'a1' judged comment 'c1' in round 1 already; round 2 is another's",
            id="second round by the first annotator",
        ),
    ],
)
def test_fault_of_a_judgement_is_named_with_its_line(
    write_tables: Callable[..., Path], judgements: Rows, fault: str
) -> None:
    assert _validate(write_tables([{}], judgements)) == [f"judgements.csv, {fault}"]


@pytest.mark.parametrize(
    ("cases", "fault"),
    [
        pytest.param(
            [{}, _LOCKED | {"id": "s1"}],
            "line 3: id 's1' was used before",
            id="an id twice",
        ),
        pytest.param([{"text": ""}], "line 2: text is blank", id="no text"),
        pytest.param(
            [{"label": "praise"}],
            "line 2: label: there is no label 'praise'; there are abuse, severe_abuse, "
            "insult, profanity, threat, identity_attack, extremist_praise",
            id="unknown label",
        ),
        pytest.param(
            [{"expected": "yes"}],
            "line 2: expected is '0' or '1', not 'yes'",
            id="expectation",
        ),
        pytest.param(
            [{"part": "shut"}],
            "line 2: part is 'open' or 'locked', not 'shut'",
            id="unknown part",
        ),
        pytest.param(
            [{}, {"id": "s2", "part": "locked"}],
            "line 3: function 'thanks' is locked here and open before",
            id="function in both parts",
        ),
        pytest.param(
            [{}, {"id": "s2", "function": "greeting"}],
            "line 1: 2 functions are open and 0 locked; they should be half and half",
            id="no halves",
        ),
    ],
)
def test_fault_of_a_suite_is_named_with_its_line(
    write_tables: Callable[..., Path], cases: Rows, fault: str
) -> None:
    assert _validate(write_tables([{}], [{}], cases)) == [f"cases.csv, {fault}"]


def test_every_fault_is_listed_at_once_in_order(
    write_tables: Callable[..., Path],
) -> None:
    folder = write_tables(
        [{"text": ""}, {"id": "c2", "split": "dev", "batch": "b2"}],
        [{"insult": "?", "threat": "1"}, {"comment_id": "c2"}],
        [{"expected": "2"}],
    )

    assert _validate(folder) == [
        "comments.csv, line 2: text is blank",
        "comments.csv, line 3: split is 'train' or 'test', not 'dev'",
        "judgements.csv, line 2: insult: a label is 1, 0 or blank, not '?'",
        "judgements.csv, line 2: threat is 1, so abuse must be 1 too, not blank",
        "cases.csv, line 2: expected is '0' or '1', not '2'",
    ]


@pytest.mark.parametrize("name", ["comments.csv", "judgements.csv", "suites/cases.csv"])
def test_row_of_another_width_is_a_fault(
    write_tables: Callable[..., Path], name: str
) -> None:
    folder = write_tables([{}], [{}], [{}])
    with (folder / name).open("a") as file:
        file.write("x,y\n")

    assert _validate(folder) == [
        f"{Path(name).name}, line 3: has too few or too many cells"
    ]


def test_a_version_of_the_codebook_that_is_not_written_yet_is_a_fault(
    write_tables: Callable[..., Path],
) -> None:
    (fault,) = _validate(write_tables([{}], [{"codebook_version": "99"}]))

    assert fault.startswith(
        "judgements.csv, line 2: codebook_version is 99, but there are "
    )


def test_every_column_of_a_judgement_is_checked() -> None:
    assert tuple(JudgementRow.model_fields) == JUDGEMENT_COLUMNS
