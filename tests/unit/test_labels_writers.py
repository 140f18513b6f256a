import datetime
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyarrow import parquet

from labels.csv_rows import CsvComments
from labels.jsonl import JsonlComments
from labels.output_files import OutputError
from labels.rows import Column, Naming, Row
from labels.writers import CsvWriter, JsonlWriter, needs_columns, open_writer

COLUMNS = [Column("id"), Column("text")]


def csv_cells(*values: object) -> bytes:
    stream = BytesIO()
    writer = CsvWriter(stream, [Column("a")])
    writer.write_header()
    for value in values:
        writer.write({"a": value})
    return stream.getvalue()


def json_line(value: object) -> bytes:
    stream = BytesIO()
    JsonlWriter(stream).write({"a": value})
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "line"),
    [
        pytest.param("a b", b"a b\n", id="text"),
        pytest.param('a, "b"', b'"a, ""b"""\n', id="marks"),
        pytest.param("a\nb", b'"a\nb"\n', id="line feed"),
        pytest.param("a\rb", b'"a\rb"\n', id="carriage return"),
        pytest.param("=1+1", b"=1+1\n", id="formula"),
        pytest.param("a\x00", b"a\x00\n", id="NUL"),
        pytest.param("دعا", "دعا\n".encode(), id="Arabic script"),
        pytest.param("a\ud800", "a\ufffd\n".encode(), id="lone surrogate"),
        pytest.param(None, b'""\n', id="nothing"),
        pytest.param(0.1, b"0.1\n", id="float"),
        pytest.param(1e-06, b"1e-06\n", id="small float"),
        pytest.param(True, b"true\n", id="truth"),
        pytest.param({"b": [1, "é"]}, '"{""b"": [1, ""é""]}"\n'.encode(), id="object"),
        pytest.param(pa.array([datetime.date(2013, 3, 4)]), b"2013-03-04\n", id="date"),
    ],
)
def test_a_cell_is_written_in_one_way(value: object, line: bytes) -> None:
    assert csv_cells(value) == b"a\n" + line


@given(texts=st.lists(st.text()), delimiter=st.sampled_from(",\t"))
@example(texts=['a\rb\r\n"c",\td', " e ", "", "x\x00", "'"], delimiter=",")
def test_what_is_written_reads_back_unchanged(texts: list[str], delimiter: str) -> None:
    stream = BytesIO()
    writer = CsvWriter(stream, COLUMNS, delimiter=delimiter)
    writer.write_header()
    for text in texts:
        writer.write({"id": "1", "text": text})
    stream.seek(0)
    source = CsvComments(stream, "a.csv", Naming(), delimiter=delimiter)
    assert [row.comment.text for row in source if isinstance(row, Row)] == texts


@given(st.text())
def test_any_string_survives_json_lines(text: str) -> None:
    odd = f"{text}\ud800 "
    (row,) = JsonlComments(BytesIO(json_line(odd)), Naming(text="a"))
    assert isinstance(row, Row)
    assert row.comment.text == odd


def test_a_field_that_a_record_lacks_is_a_blank_cell() -> None:
    stream = BytesIO()
    CsvWriter(stream, COLUMNS).write({"text": "a", "more": 1})
    assert stream.getvalue() == b",a\n"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        pytest.param("é\u2028\x00", '{"a": "é\u2028\\u0000"}\n'.encode(), id="text"),
        pytest.param("a\ud800b", b'{"a": "a\\ud800b"}\n', id="lone surrogate"),
        pytest.param(0.1, b'{"a": 0.1}\n', id="float"),
        pytest.param(float("nan"), b'{"a": null}\n', id="NaN"),
        pytest.param(
            [{"b": float("inf")}, 1, "x"], b'{"a": [{"b": null}, 1, "x"]}\n', id="inner"
        ),
        pytest.param(
            pa.array([datetime.date(2013, 3, 4)]), b'{"a": "2013-03-04"}\n', id="date"
        ),
        pytest.param(
            pa.array([[float("nan")]]), b'{"a": [null]}\n', id="NaN in a foreign value"
        ),
    ],
)
def test_a_json_value_is_written_in_one_way(value: object, line: bytes) -> None:
    assert json_line(value) == line


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("out.csv", b"id,text\n1,a\tb\n", id="csv"),
        pytest.param("out.tsv", b'id\ttext\n1\t"a\tb"\n', id="tsv"),
        pytest.param("out.jsonl", b'{"id": "1", "text": "a\\tb"}\n', id="jsonl"),
        pytest.param("OUT.NDJSON", b'{"id": "1", "text": "a\\tb"}\n', id="ndjson"),
    ],
)
def test_the_ending_names_the_format(
    tmp_path: Path, name: str, expected: bytes
) -> None:
    with open_writer(tmp_path / name, COLUMNS) as writer:
        writer.write({"id": "1", "text": "a\tb"})
    assert (tmp_path / name).read_bytes() == expected


def test_parquet_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    with open_writer(path, COLUMNS) as writer:
        writer.write({"id": "1", "text": "a"})
    assert parquet.read_table(path).to_pylist() == [{"id": "1", "text": "a"}]


def write_and_fail(path: Path) -> None:
    with open_writer(path, COLUMNS) as writer:
        writer.write({"id": "1", "text": "a"})
        raise InterruptedError


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet"])
def test_a_block_that_fails_leaves_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(InterruptedError):
        write_and_fail(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_stream_takes_json_lines_and_stays_open() -> None:
    stream = BytesIO()
    with open_writer(stream) as writer:
        writer.write({"id": "1"})
    assert stream.getvalue() == b'{"id": "1"}\n'


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.csv", True), ("a.TSV", True), ("a.parquet", True), ("a.jsonl", False)],
)
def test_a_table_needs_columns(name: str, expected: bool) -> None:
    assert needs_columns(Path(name)) is expected


def test_a_stream_needs_no_columns() -> None:
    assert not needs_columns(BytesIO())


def test_an_ending_that_names_no_format_lists_those_that_do() -> None:
    with pytest.raises(OutputError) as caught:
        needs_columns(Path("a/out.xlsx"))
    assert str(caught.value) == (
        "the ending of out.xlsx names no format; use one of .csv, .tsv, .jsonl, "
        ".ndjson, .parquet (and .gz or .zst after it)"
    )
