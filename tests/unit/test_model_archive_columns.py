"""Between Parquet files, columns become what rows become."""

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from labels.readers import open_comments
from labels.rows import Column, CommentSource, Fault, Row
from model.archive import score_archive
from model.archive_jobs import OneProcess
from model.archive_report import Report
from model.scorer import Scorer

TEXTS = ["You are a brainless clown.", "good day", None, "", "What a lovely garden."]
BROKEN = pa.array([b"\xff", b"a", b"b\xfe", b"c", b"d"]).view(pa.string())


class RowsAlone:
    """A source whose rows can be read in no other way than one by one."""

    def __init__(self, source: CommentSource) -> None:
        self._source = source
        self.unit = source.unit
        self.total = source.total

    def columns(self) -> Sequence[Column]:
        return self._source.columns()

    def __iter__(self) -> Iterator[Row | Fault]:
        return iter(self._source)


def written(
    source: Path, scorer: Scorer, *, by_rows: bool, text_column: str = "text"
) -> tuple[pa.Table, Report]:
    output = source.with_name(f"by_rows_{by_rows}.parquet")
    with open_comments(source, text_column=text_column) as comments:
        chosen = RowsAlone(comments) if by_rows else comments
        report = score_archive(chosen, OneProcess(scorer), output)
    return parquet.read_table(output), report


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"text": TEXTS}, id="texts"),
        pytest.param({"text": pa.nulls(5, pa.string())}, id="no text at all"),
        pytest.param({"text": pa.array(TEXTS, pa.large_string())}, id="large"),
        pytest.param({"text": pa.array(TEXTS, pa.string_view())}, id="views"),
        pytest.param({"text": pa.array(TEXTS).dictionary_encode()}, id="dictionary"),
        pytest.param({"text": BROKEN}, id="text not UTF-8"),
        pytest.param({"note": BROKEN, "text": TEXTS}, id="a column not UTF-8"),
        pytest.param(
            {"note": BROKEN.dictionary_encode(), "text": TEXTS}, id="nor a dictionary"
        ),
        pytest.param({"id": [1, None, 3, 4, 5], "text": TEXTS}, id="numbers as ids"),
        pytest.param(
            {"id": [True, None, False, True, None], "text": TEXTS}, id="truths"
        ),
        pytest.param({"id": [[1], None, [], [2], None], "text": TEXTS}, id="lists"),
        pytest.param(
            {"id": [datetime.date(2013, 3, 4)] * 5, "text": TEXTS}, id="dates as ids"
        ),
        pytest.param({"action": ["a"] * 5, "text": TEXTS}, id="our names are taken"),
        pytest.param(
            {
                "list": [[1], None, [], [None], [2, 3]],
                "struct": [{"a": 1}, None, {"a": None}, {"a": 2}, {"a": 3}],
                "map": pa.array(
                    [[("k", 1)], None, [], [], []], pa.map_("string", "i8")
                ),
                "time": pa.array(range(5), pa.timestamp("ns", "UTC")),
                "money": pa.array([1, None, 3, 4, 5]).cast(pa.decimal128(22, 2)),
                "bytes": [b"\xff", None, b"", b"a", b"b"],
                "small": pa.array([0.1, None, 3, 4, 5], pa.float32()),
                "none": pa.nulls(5),
                "text": TEXTS,
            },
            id="other types",
        ),
        pytest.param(
            {
                "text": [*TEXTS[:4], "good day to you\nno"],
                "parent_text": ["", None, "a", "b", "good day to you"],
            },
            id="parents",
        ),
        pytest.param({"text": TEXTS, "parent_text": [1, 2, 3, 4, None]}, id="numbers"),
    ],
)
def test_columns_become_what_rows_become(
    tmp_path: Path, scorer: Scorer, columns: dict[str, object]
) -> None:
    path = tmp_path / "in.parquet"
    parquet.write_table(pa.table(columns), path)
    by_rows, rows_report = written(path, scorer, by_rows=True)
    by_columns, columns_report = written(path, scorer, by_rows=False)
    by_columns.validate(full=True)
    assert by_columns.schema == by_rows.schema
    assert by_columns.equals(by_rows)
    assert columns_report == rows_report


def test_what_a_schema_says_beside_types_is_left_out_on_both_ways(
    tmp_path: Path, scorer: Scorer
) -> None:
    path = tmp_path / "in.parquet"
    field = pa.field("text", pa.string(), nullable=False, metadata={"a": "b"})
    schema = pa.schema([field], metadata={"c": "d"})
    parquet.write_table(pa.table({"text": ["a"]}, schema=schema), path)
    (by_rows, _), (by_columns, _) = (
        written(path, scorer, by_rows=way) for way in (True, False)
    )
    assert by_columns.schema.equals(by_rows.schema, check_metadata=True)


def test_faults_are_numbered_across_batches(tmp_path: Path, scorer: Scorer) -> None:
    path = tmp_path / "in.parquet"
    texts = [None if row % 1_000 == 999 else "a" for row in range(5_000)]
    parquet.write_table(pa.table({"text": texts, "n": range(5_000)}), path)
    table, report = written(path, scorer, by_rows=False)
    assert [fault.number for fault in report.faults] == [1000, 2000, 3000, 4000, 5000]
    assert (table.num_rows, report.scored, report.left_out) == (4_995, 4_995, 5)
    assert table["n"].to_pylist() == [row for row in range(5_000) if row % 1_000 != 999]


def test_another_text_column_can_be_named(tmp_path: Path, scorer: Scorer) -> None:
    path = tmp_path / "in.parquet"
    parquet.write_table(pa.table({"body": TEXTS, "text": list(range(5))}), path)
    by_rows, by_columns = (
        written(path, scorer, by_rows=way, text_column="body") for way in (True, False)
    )
    assert by_columns == by_rows


def test_no_rows_make_a_table_without_rows(tmp_path: Path, scorer: Scorer) -> None:
    path = tmp_path / "in.parquet"
    parquet.write_table(pa.table({"text": pa.array([], pa.string())}), path)
    by_rows, by_columns = (written(path, scorer, by_rows=way) for way in (True, False))
    assert by_columns == by_rows
