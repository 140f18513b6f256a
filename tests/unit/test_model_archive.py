from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest

from labels.comments import Comment
from labels.readers import open_comments
from labels.rows import Column, Fault, Row
from labels.schema import LABELS
from model.archive import (
    Report,
    ScoredBatch,
    json_record,
    score_archive,
    score_batches,
    table_columns,
    table_record,
)
from model.evidence import Evidence, Unit
from model.scorer import Score

SCORES = dict.fromkeys(LABELS, 0.12345678)
SHOWN = dict.fromkeys(LABELS, 0.123457)
EVIDENCE = Evidence("abuse", 0, 4, "good", -0.12345678)
UNIT = Unit(0, 8, 1.5, 1.37654322)
ROW = Row(2, Comment("x", "good day"), {"id": "x", "text": "good day", "n": 1})
MODEL = {"name": "fake", "version": "v1"}


@dataclass
class FakeScorer:
    """Gives every comment the same score, and remembers how many came at once."""

    name: str = "fake"
    version: str = "v1"
    batches: list[int] = field(default_factory=list)

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        self.batches.append(len(comments))
        return [fake_score(explain=explain)] * len(comments)


def fake_score(*, explain: bool = False) -> Score:
    return Score(
        SCORES,
        "review",
        ("abuse",),
        {"obfuscated": False},
        (EVIDENCE,) if explain else (),
        {"abuse": UNIT} if explain else {},
    )


def row(text: str) -> Row:
    return Row(1, Comment("1", text), {"text": text})


def test_rows_and_faults_are_batched_in_order() -> None:
    first, fault, second, third = row("a"), Fault(2, "broken"), row("b"), row("c")
    items: list[Row | Fault] = [first, fault, second, third]
    scorer = FakeScorer()
    expected = [
        ScoredBatch([first], [fake_score()], [fault]),
        ScoredBatch([second, third], [fake_score()] * 2, []),
    ]
    assert list(score_batches(items, scorer, batch_rows=2)) == expected
    assert scorer.batches == [1, 2]


def test_long_texts_make_small_batches() -> None:
    scorer = FakeScorer()
    list(score_batches([row("a" * 2**21)] * 5, scorer))
    assert scorer.batches == [2, 2, 1]


def test_faults_alone_are_not_scored() -> None:
    scorer = FakeScorer()
    (batch,) = score_batches([Fault(1, "broken")], scorer)
    assert (batch, scorer.batches) == (ScoredBatch(faults=[Fault(1, "broken")]), [])


def test_nothing_makes_no_batch() -> None:
    assert list(score_batches([], FakeScorer())) == []


def test_a_json_record_begins_with_the_id_and_ends_with_the_inputs_fields() -> None:
    record = json_record(ROW, fake_score(), FakeScorer())
    assert list(record.items()) == [
        ("id", "x"),
        ("scores", SHOWN),
        ("action", "review"),
        ("signals", {"obfuscated": False}),
        ("model", MODEL),
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
    assert json_record(numbered, fake_score(), FakeScorer())["id"] == expected


def test_a_field_of_the_input_keeps_its_name_from_ours() -> None:
    fields = {"text": "a", "action": "left", "model": "T", "gavel_model": "U"}
    record = json_record(Row(1, Comment("1", "a"), fields), fake_score(), FakeScorer())
    assert record == {
        "id": "1",
        "scores": SHOWN,
        "gavel_action": "review",
        "signals": {"obfuscated": False},
        "gavel_gavel_model": MODEL,
        **fields,
    }


def test_an_explained_record_holds_evidence_and_units_unrounded() -> None:
    record = json_record(ROW, fake_score(explain=True), FakeScorer(), explain=True)
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
    assert table_record(ROW, fake_score(), FakeScorer(), columns) == {
        "id": "x",
        "text": "good day",
        "n": 1,
        **SHOWN,
        "action": "review",
        "obfuscated": False,
        "model_version": "v1",
    }


@pytest.mark.parametrize(
    ("scored", "faults", "lines"),
    [
        pytest.param(3, 0, [], id="none left out"),
        pytest.param(
            1, 1, ["line 0: broken", "scored 1 row, left out 1"], id="one of two"
        ),
        pytest.param(
            999_999,
            52,
            [
                *(f"line {number}: broken" for number in range(50)),
                "… and 2 more",
                "scored 999,999 rows, left out 52",
            ],
            id="more than are listed",
        ),
    ],
)
def test_a_report_lists_what_was_left_out(
    scored: int, faults: int, lines: list[str]
) -> None:
    report = Report("line", scored=scored)
    for number in range(faults):
        report.add(ScoredBatch(faults=[Fault(number, "broken")]))
    assert report.lines() == lines


def test_an_archive_is_written_as_it_is_read() -> None:
    output = BytesIO()
    written: list[tuple[int, int]] = []

    def note(report: Report) -> None:
        written.append((report.scored, output.getvalue().count(b"\n")))

    with open_comments(BytesIO(b"a\nb\nc\n")) as comments:
        score_archive(comments, FakeScorer(), output, batch_rows=2, on_batch=note)
    assert written == [(2, 2), (3, 3)]


def test_an_archive_becomes_a_table(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with open_comments(BytesIO(b"a\n\xff\nb\n")) as comments:
        report = score_archive(comments, FakeScorer(), path)
    scores = ",".join(["0.123457"] * 7)
    assert path.read_text(encoding="utf-8").splitlines() == [
        f"id,text,{','.join(LABELS)},action,obfuscated,model_version",
        f"1,a,{scores},review,false,v1",
        f"3,b,{scores},review,false,v1",
    ]
    fault = Fault(2, "byte 0xFF at position 1 is not UTF-8")
    assert report == Report("line", scored=2, left_out=1, faults=[fault])
