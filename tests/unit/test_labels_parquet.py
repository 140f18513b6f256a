from collections.abc import Mapping
from io import BytesIO

import pyarrow as pa
import pytest
from pyarrow import parquet

from labels.comments import Comment
from labels.errors import InputError
from labels.parquet import ParquetComments
from labels.rows import Column, Fault, Naming, Row


def written(columns: Mapping[str, pa.Array]) -> bytes:
    stream = BytesIO()
    table = pa.Table.from_arrays(list(columns.values()), names=list(columns))
    parquet.write_table(table, stream)
    return stream.getvalue()


def opened(data: bytes) -> ParquetComments:
    return ParquetComments(BytesIO(data), "a.parquet", Naming())


def test_every_field_of_a_row_is_kept_in_order() -> None:
    source = opened(written({"n": pa.array([1.5]), "text": pa.array(["a\x00"])}))
    expected = Row(1, Comment("1", "a\x00"), {"n": 1.5, "text": "a\x00"})
    assert list(source) == [expected]


def test_rows_are_counted_across_batches() -> None:
    source = opened(written({"text": pa.array(["a"] * 1000)}))
    assert [row.number for row in source] == list(range(1, 1001))


def test_a_null_text_is_a_fault() -> None:
    source = opened(written({"text": pa.array(["a", None])}))
    expected = [Row(1, Comment("1", "a"), {"text": "a"}), Fault(2, "'text' is null")]
    assert list(source) == expected


def test_a_string_that_is_not_utf8_is_a_fault() -> None:
    data = written({"text": pa.array([b"a", b"\xff"]).view(pa.string())})
    expected = [
        Row(1, Comment("1", "a"), {"text": "a"}),
        Fault(2, "byte 0xFF in 'text' is not UTF-8"),
    ]
    assert list(opened(data)) == expected


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(pa.array(["a"], pa.large_string()), id="large strings"),
        pytest.param(pa.array(["a"]).dictionary_encode(), id="dictionary"),
    ],
)
def test_any_kind_of_string_may_hold_the_text(texts: pa.Array) -> None:
    expected = [Row(1, Comment("1", "a"), {"text": "a"})]
    assert list(opened(written({"text": texts}))) == expected


def test_a_moment_and_a_number_are_read_as_time_and_id() -> None:
    columns = {
        "text": pa.array(["a"]),
        "id": pa.array([7]),
        "time": pa.array([1_362_377_520], pa.timestamp("s")),
    }
    (row,) = opened(written(columns))
    assert isinstance(row, Row)
    assert row.comment == Comment("7", "a", time="2013-03-04T06:12:00")


def test_columns_have_their_own_types_and_a_dictionary_that_of_its_values() -> None:
    columns = {
        "text": pa.array(["a"]).dictionary_encode(),
        "tags": pa.array([["x"]], pa.list_(pa.string())),
    }
    expected = [Column("text", pa.string()), Column("tags", pa.list_(pa.string()))]
    assert opened(written(columns)).columns() == expected


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"id,text\n1,a\n", id="foreign"),
        pytest.param(written({"text": pa.array(["a"])})[:-20], id="cut off"),
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a.parquet is not a whole Parquet file \("):
        opened(data)


def test_damage_in_the_middle_is_refused_when_it_is_reached() -> None:
    data = written({"text": pa.array([f"text {number}" for number in range(1000)])})
    source = opened(data[:4] + bytes(400) + data[404:])
    with pytest.raises(InputError, match=r"^a.parquet is not a whole Parquet file \("):
        list(source)


def test_a_text_column_of_another_type_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        opened(written({"text": pa.array([b"a"])}))
    assert str(caught.value) == (
        "column 'text' of a.parquet holds binary, not strings; say which one holds the "
        "comments with --text-column"
    )


def test_a_missing_text_column_is_refused() -> None:
    with pytest.raises(InputError, match="has no column 'text'; it has 'body'"):
        opened(written({"body": pa.array(["a"])}))
