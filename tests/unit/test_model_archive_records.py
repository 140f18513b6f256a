from dataclasses import dataclass

import pytest

from labels.comments import Comment
from labels.rows import Column, Row
from labels.schema import LABELS
from model.archive_records import added_names, json_record, table_columns, table_record
from model.evidence import Evidence, Unit
from model.scorer import Score


@dataclass
class FakeModel:
    """A model that a record can name."""

    name: str = "fake"
    version: str = "v1"


MODEL = FakeModel()
SHOWN_MODEL = {"name": "fake", "version": "v1"}
SCORES = dict.fromkeys(LABELS, 0.123457)
SCORE = Score(SCORES, "review", ("abuse",), {"obfuscated": False})
EXPLAINED = Score(
    SCORES,
    "review",
    ("abuse",),
    {"obfuscated": False},
    (Evidence("abuse", 0, 4, "good", -0.12345678),),
    {"abuse": Unit(0, 8, 1.5, 1.37654322)},
)
ROW = Row(2, Comment("x", "good day"), {"id": "x", "text": "good day", "n": 1})


def test_a_json_record_begins_with_the_id_and_ends_with_the_inputs_fields() -> None:
    record = json_record(ROW, SCORE, MODEL)
    assert list(record.items()) == [
        ("id", "x"),
        ("scores", SCORES),
        ("action", "review"),
        ("signals", {"obfuscated": False}),
        ("model", SHOWN_MODEL),
        ("text", "good day"),
        ("n", 1),
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"text": "a"}, "7", id="absent"),
        pytest.param({"id": "", "text": "a"}, "7", id="blank"),
        pytest.param({"id": None, "text": "a"}, "7", id="null"),
        pytest.param({"id": 12, "text": "a"}, 12, id="number"),
    ],
)
def test_the_id_of_the_input_is_kept_or_else_its_number(
    fields: dict[str, object], expected: object
) -> None:
    numbered = Row(7, Comment("7", "a"), fields)
    assert json_record(numbered, SCORE, MODEL)["id"] == expected


def test_a_field_of_the_input_keeps_its_name_from_ours() -> None:
    fields = {"text": "a", "action": "left", "model": "T", "gavel_model": "U"}
    record = json_record(Row(1, Comment("1", "a"), fields), SCORE, MODEL)
    assert record == {
        "id": "1",
        "scores": SCORES,
        "gavel_action": "review",
        "signals": {"obfuscated": False},
        "gavel_gavel_model": SHOWN_MODEL,
        **fields,
    }


def test_an_explained_record_holds_evidence_and_units_unrounded() -> None:
    record = json_record(ROW, EXPLAINED, MODEL, explain=True)
    added = {name: record[name] for name in ("evidence", "units")}
    assert added == {
        "evidence": [
            {
                "label": "abuse",
                "begin": 0,
                "end": 4,
                "text": "good",
                "weight": -0.12345678,
            }
        ],
        "units": {"abuse": {"unit": [0, 8], "bias": 1.5, "logit": 1.37654322}},
    }


def test_a_table_has_the_inputs_columns_and_then_ours() -> None:
    columns = table_columns([Column("text"), Column("abuse"), Column("n", "int64")])
    assert columns == [
        Column("text"),
        Column("abuse"),
        Column("n", "int64"),
        Column("gavel_abuse", "float64"),
        *(Column(label, "float64") for label in LABELS[1:]),
        Column("action"),
        Column("obfuscated", "bool"),
        Column("model_version"),
    ]


def test_a_table_record_has_a_value_for_every_column() -> None:
    columns = table_columns([Column("id"), Column("text"), Column("n")])
    assert table_record(ROW, SCORE, MODEL, added_names(columns)) == {
        "id": "x",
        "text": "good day",
        "n": 1,
        **SCORES,
        "action": "review",
        "obfuscated": False,
        "model_version": "v1",
    }
