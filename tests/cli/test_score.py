"""``gavel score``: from a file of comments to rows of scores."""

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import Result
from pyarrow import parquet

from labels.schema import LABELS
from model.scorer import Scorer

THREAD = """\
Heading

  • Rabia
    Mar 4, 2013 - 6:12AM

    The road is open.

  • Mar 4, 2013 - 7:01AM

    @Rabia:

    The road is open.

    At last.Recommend

More in Pakistan
"""
ROAD = {
    "id": "1",
    "text": "The road is open.",
    "author": "Rabia",
    "time": "Mar 4, 2013 - 6:12AM",
    "thread": "Heading",
    "parent_id": None,
}
REPLY = {
    "id": "2",
    "text": "@Rabia:\n\nThe road is open.\n\nAt last.",
    "author": None,
    "time": "Mar 4, 2013 - 7:01AM",
    "thread": "Heading",
    "parent_id": "1",
}
OURS = [*LABELS, "action", "obfuscated", "model_version"]

Call = Callable[..., Result]


def records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def inputs(rows: list[dict[str, Any]], names: Mapping[str, object]) -> list[Any]:
    """Return the fields of the input that the rows carry on."""
    return [{name: row[name] for name in names} for row in rows]


def test_lines_on_standard_input_become_json_lines(score: Call, scorer: Scorer) -> None:
    result = score(piped=b"good day\nwhat a lovely garden\n")
    texts = ["good day", "what a lovely garden"]
    expected = [
        {
            "id": str(number),
            "scores": {name: round(value, 6) for name, value in one.scores.items()},
            "action": one.action,
            "signals": one.signals,
            "model": {"name": scorer.name, "version": scorer.version},
            "text": text,
        }
        for number, (text, one) in enumerate(
            zip(texts, scorer.score(texts), strict=True), start=1
        )
    ]
    assert (result.exit_code, result.stderr) == (0, "")
    assert records(result.stdout) == expected


def test_a_thread_page_becomes_a_line_for_each_comment(
    score: Call, tmp_path: Path
) -> None:
    path = tmp_path / "page.txt"
    path.write_text(THREAD, encoding="utf-8")
    found = records(score(path).stdout)
    assert inputs(found, ROAD) == [ROAD, REPLY]


def test_a_thread_page_becomes_a_table(score: Call, tmp_path: Path) -> None:
    path, output = tmp_path / "page.txt", tmp_path / "out.csv"
    path.write_text(THREAD, encoding="utf-8")
    score(path, "--output", output)
    rows = table(output)
    assert list(rows[0]) == [*ROAD, *OURS]
    assert [row["parent_id"] for row in rows] == ["", "1"]


def test_a_csv_keeps_its_columns(score: Call, tmp_path: Path) -> None:
    path, output = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_bytes(b'\xef\xbb\xbfabuse,text,id\r\n=1+1,"good\r\nday",x\r\n')
    result = score(path, "--output", output)
    (row,) = table(output)
    assert (result.exit_code, result.output) == (0, f"wrote 1 row to {output}\n")
    assert list(row) == ["abuse", "text", "id", "gavel_abuse", *OURS[1:]]
    assert (row["abuse"], row["text"], row["id"]) == ("=1+1", "good\r\nday", "x")


def test_a_parquet_keeps_its_columns_and_types(
    score: Call, scorer: Scorer, tmp_path: Path
) -> None:
    path, output = tmp_path / "in.parquet", tmp_path / "out.parquet"
    table = pa.table({"text": ["good day"], "n": [7], "tags": [["a", None]]})
    parquet.write_table(table, path)
    score(path, "--output", output)
    written = parquet.read_table(output)
    assert written.select(["text", "n", "tags"]) == table
    assert written.select(OURS).schema.types == [
        *[pa.float64()] * 7,
        pa.string(),
        pa.bool_(),
        pa.string(),
    ]
    assert written["model_version"].to_pylist() == [scorer.version]


def test_fields_that_only_later_lines_have_reach_the_table(
    score: Call, tmp_path: Path
) -> None:
    path, output = tmp_path / "in.jsonl", tmp_path / "out.tsv"
    path.write_text('{"text": "a"}\n{"text": "b", "n": [1]}\n', encoding="utf-8")
    score(path, "--output", output)
    lines = output.read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["text", "n"],
        ["a", ""],
        ["b", "[1]"],
    ]


def test_columns_and_format_can_be_named(score: Call) -> None:
    result = score(
        *("--format", "tsv", "--text-column", "body", "--id-column", "key"),
        piped=b"key\tbody\nx\tgood day\n",
    )
    (record,) = records(result.stdout)
    assert (record["id"], record["key"], record["body"]) == ("x", "x", "good day")


def test_odd_characters_survive(score: Call) -> None:
    line = '{"text": "\\ud800 \\u0000 🙂", "n": "é"}'
    result = score("--format", "jsonl", piped=line.encode())
    (record,) = records(result.stdout)
    assert (record["text"], record["n"]) == ("\ud800 \x00 🙂", "é")
    assert '\\ud800 \\u0000 🙂", "n": "é"' in result.stdout


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"good day " * 120_000, id="a megabyte"),
    ],
)
def test_a_text_of_any_length_is_scored(score: Call, text: bytes) -> None:
    (record,) = records(score(piped=text + b"\n").stdout)
    assert (record["text"], list(record["scores"])) == (text.decode(), list(LABELS))


def test_an_explained_line_holds_evidence_and_units(score: Call) -> None:
    (record,) = records(score("--explain", piped=b"what a lovely garden\n").stdout)
    unit = record["units"]["abuse"]
    weights = [one["weight"] for one in record["evidence"] if one["label"] == "abuse"]
    assert list(unit) == ["unit", "bias", "logit"]
    assert unit["logit"] == pytest.approx(unit["bias"] + sum(weights), abs=1e-9)


def test_no_rows_make_a_table_without_rows(score: Call, tmp_path: Path) -> None:
    path, output = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("text\n", encoding="utf-8")
    result = score(path, "--output", output)
    assert (result.exit_code, result.output) == (0, f"wrote 0 rows to {output}\n")
    assert output.read_text(encoding="utf-8") == ",".join(["text", *OURS]) + "\n"
