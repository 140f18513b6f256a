from collections.abc import Mapping, Sequence
from io import BytesIO

import pyarrow as pa
import pytest
from pyarrow import parquet

from labels.parquet import ParquetComments
from labels.parquet_writer import writing_parquet
from labels.rows import Column, Naming, Row


def written(
    columns: Sequence[Column], records: Sequence[Mapping[str, object]]
) -> parquet.ParquetFile:
    stream = BytesIO()
    with writing_parquet(stream, columns) as writer:
        for record in records:
            writer.write(record)
            writer.flush()
    return parquet.ParquetFile(stream)


def cells(values: Sequence[object], arrow_type: object = "string") -> list[object]:
    file = written([Column("a", arrow_type)], [{"a": value} for value in values])
    found: list[object] = file.read()["a"].to_pylist()
    return found


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(["a\x00é", "", None], ["a\x00é", "", None], id="texts"),
        pytest.param(["a\ud800", None], ["a\ufffd", None], id="lone surrogate"),
        pytest.param(
            ["a", 1, 2.5, True, {"b": "é"}, [1], None],
            ["a", "1", "2.5", "true", '{"b": "é"}', "[1]", None],
            id="other types",
        ),
        pytest.param([10**30], [str(10**30)], id="large integer"),
    ],
)
def test_a_column_of_text_holds_anything(
    values: Sequence[object], expected: Sequence[object]
) -> None:
    assert cells(values) == expected


@pytest.mark.parametrize(
    ("values", "arrow_type"),
    [
        pytest.param([1, None, -(2**63)], "int64", id="integers"),
        pytest.param([1.5, None], "float64", id="floats"),
        pytest.param([True, None], "bool", id="truths"),
    ],
)
def test_a_column_of_another_type_holds_its_values(
    values: list[object], arrow_type: str
) -> None:
    assert cells(values, arrow_type) == values


@pytest.mark.parametrize(
    "array",
    [
        pytest.param(
            pa.array([1_362_377_520_000_000_001, None], pa.timestamp("ns", "UTC"))
        ),
        pytest.param(pa.array([[1], None, [2, 3]])),
        pytest.param(pa.array([{"a": None}, None, {"a": [1]}])),
        pytest.param(pa.array([b"\xff", None])),
        pytest.param(pa.array(["1.20", None]).cast(pa.decimal128(5, 2))),
        pytest.param(pa.array([0.1, None], pa.float32())),
        pytest.param(pa.array(["a", None], pa.large_string())),
        pytest.param(pa.nulls(2)),
    ],
    ids=lambda array: str(array.type),
)
def test_a_column_from_parquet_comes_back_unchanged(array: pa.Array) -> None:
    stream = BytesIO()
    texts = pa.array(["x"] * len(array))
    parquet.write_table(pa.table({"text": texts, "a": array}), stream)
    source = ParquetComments(stream, "a.parquet", Naming())
    records = [row.fields for row in source if isinstance(row, Row)]
    column = written(source.columns(), records).read()["a"]
    assert column.combine_chunks() == array


def test_no_rows_make_an_empty_table_with_its_columns() -> None:
    file = written([Column("a"), Column("b", "bool")], [])
    expected = pa.schema([("a", pa.string()), ("b", pa.bool_())])
    assert (file.schema_arrow, file.metadata.num_rows) == (expected, 0)


def test_a_field_that_a_record_lacks_is_null() -> None:
    file = written([Column("a"), Column("b")], [{"a": "x", "c": "y"}])
    assert file.read().to_pylist() == [{"a": "x", "b": None}]


def test_long_texts_are_written_in_several_groups() -> None:
    file = written([Column("a")], [{"a": "x" * 2**22}] * 20)
    groups = file.metadata.num_row_groups
    assert (groups, file.metadata.num_rows) == (3, 20)
