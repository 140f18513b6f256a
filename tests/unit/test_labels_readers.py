import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from labels.comments import Comment
from labels.errors import InputError
from labels.readers import open_comments
from labels.rows import Column, Fault, Row

THREAD = "Heading\n\n• Rabia\n  Mar 4, 2013 - 6:12AM\n\n  The road is open.\n"


def rows(path: Path, **options: Any) -> list[Row | Fault]:
    with open_comments(path, **options) as source:
        return list(source)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "comments"


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        pytest.param(".csv", "id,text\nx,good day\n", id="csv"),
        pytest.param(".CSV", "id,text\nx,good day\n", id="capitals"),
        pytest.param(".tsv", "id\ttext\nx\tgood day\n", id="tsv"),
        pytest.param(".jsonl", '{"id": "x", "text": "good day"}\n', id="jsonl"),
        pytest.param(".ndjson", '{"id": "x", "text": "good day"}\n', id="ndjson"),
    ],
)
def test_the_ending_names_the_format(file: Path, ending: str, content: str) -> None:
    path = file.with_suffix(ending)
    path.write_text(content, encoding="utf-8")
    (row,) = rows(path)
    assert isinstance(row, Row)
    assert row.comment == Comment("x", "good day")


def test_parquet_is_read(file: Path) -> None:
    path = file.with_suffix(".parquet")
    parquet.write_table(pa.table({"text": ["good day"]}), path)
    assert rows(path) == [Row(1, Comment("1", "good day"), {"text": "good day"})]


def test_a_text_file_with_a_thread_is_a_thread(file: Path) -> None:
    path = file.with_suffix(".txt")
    path.write_text(THREAD, encoding="utf-8")
    (row,) = rows(path)
    assert isinstance(row, Row)
    assert row.comment == Comment(
        "1", "The road is open.", "Rabia", "Mar 4, 2013 - 6:12AM", "Heading"
    )


def test_another_text_file_is_lines(file: Path) -> None:
    path = file.with_suffix(".txt")
    path.write_text("• one\ntwo\n", encoding="utf-8")
    expected = [
        Row(1, Comment("1", "• one"), {"id": "1", "text": "• one"}),
        Row(2, Comment("2", "two"), {"id": "2", "text": "two"}),
    ]
    assert rows(path) == expected


def test_a_format_that_is_named_overrides_the_ending(file: Path) -> None:
    path = file.with_suffix(".csv")
    path.write_text("a,b\n", encoding="utf-8")
    expected = [Row(1, Comment("1", "a,b"), {"id": "1", "text": "a,b"})]
    assert rows(path, file_format="lines") == expected


def test_columns_can_be_named(file: Path) -> None:
    path = file.with_suffix(".csv")
    path.write_text("key,body\nx,good day\n", encoding="utf-8")
    expected = [Row(2, Comment("x", "good day"), {"key": "x", "body": "good day"})]
    assert rows(path, text_column="body", id_column="key") == expected


def test_a_stream_without_a_name_is_lines() -> None:
    with open_comments(BytesIO(b"good day\n")) as source:
        found = list(source)
    expected = {"id": "1", "text": "good day"}
    assert found == [Row(1, Comment("1", "good day"), expected)]


def test_a_pipe_of_json_lines_can_be_asked_for_columns() -> None:
    reading, writing = os.pipe()
    os.write(writing, b'{"text": "a"}\n{"text": "b", "n": 1}\n')
    os.close(writing)
    with (
        os.fdopen(reading, "rb") as pipe,
        open_comments(pipe, file_format="jsonl", with_columns=True) as source,
    ):
        columns = source.columns()
        numbers = [row.number for row in source]
    assert columns == [Column("text"), Column("n", "int64")]
    assert numbers == [1, 2]


def test_a_pipe_of_parquet_is_read(file: Path) -> None:
    parquet.write_table(pa.table({"text": ["good day"]}), file)
    reading, writing = os.pipe()
    os.write(writing, file.read_bytes())
    os.close(writing)
    with (
        os.fdopen(reading, "rb") as pipe,
        open_comments(pipe, file_format="parquet") as source,
    ):
        found = list(source)
    assert found == [Row(1, Comment("1", "good day"), {"text": "good day"})]


@pytest.mark.parametrize(
    ("ending", "line"),
    [
        pytest.param(".csv", b"a,good day\n", id="csv"),
        pytest.param(".jsonl", b'{"text": "good day"}\n', id="jsonl"),
    ],
)
def test_a_file_is_read_no_further_than_it_is_asked_for(
    file: Path, ending: str, line: bytes
) -> None:
    path = file.with_suffix(ending)
    path.write_bytes(b"id,text\n" + line * 100_000)
    with path.open("rb") as stream, open_comments(stream) as source:
        next(iter(source))
        assert stream.tell() < 100_000


def test_an_ending_that_names_no_format_lists_the_formats(file: Path) -> None:
    path = file.with_suffix(".xlsx")
    path.touch()
    with pytest.raises(InputError) as caught:
        rows(path)
    assert str(caught.value) == (
        "the ending of comments.xlsx names no format; rename it to one of .csv, .tsv, "
        ".jsonl, .ndjson, .parquet, .txt (and .gz or .zst after it) or say --format "
        "csv|tsv|jsonl|parquet|lines|thread"
    )


def test_a_format_that_is_none_lists_the_formats(file: Path) -> None:
    file.touch()
    with pytest.raises(InputError) as caught:
        rows(file, file_format="xml")
    assert str(caught.value) == (
        "'xml' is no format; choose from csv, tsv, jsonl, parquet, lines, thread"
    )


def test_an_absent_file_is_refused(file: Path) -> None:
    with pytest.raises(InputError) as caught:
        rows(file)
    assert str(caught.value) == f"there is no file {file}"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        rows(tmp_path)
    assert str(caught.value) == f"{tmp_path} is a folder; name a file in it"


def test_a_path_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    with pytest.raises(InputError) as caught:
        rows(path)
    assert str(caught.value) == f"cannot read {path}: File name too long"
