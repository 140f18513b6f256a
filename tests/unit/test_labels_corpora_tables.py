"""The files that corpora come as: damaged, foreign, or in another form."""

import gzip
from pathlib import Path

import pytest

from labels.corpora.tables import (
    find_file,
    read_bare_tsv,
    read_json_lines,
    read_table,
    read_tsv,
)
from labels.errors import InputError

_COLUMNS = ("text", "label")


def test_quoted_tab_separated_cell_may_hold_a_tab(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('text\tlabel\n"one\ttwo"\t0\n')

    assert list(read_tsv(path, _COLUMNS)) == [(2, {"text": "one\ttwo", "label": "0"})]


def test_bare_table_has_the_columns_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('a "word\t0\nshort\n')

    assert list(read_bare_tsv(path, _COLUMNS)) == [
        (1, {"text": 'a "word', "label": "0"}),
        (2, None),
    ]


def test_header_added_to_a_bare_table_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("tweet\tlabel\na word\t0\n")

    assert list(read_bare_tsv(path, _COLUMNS)) == [
        (2, {"text": "a word", "label": "0"})
    ]


def test_bare_table_of_another_form_does_not_show_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("somebody's words,0\n")

    with pytest.raises(InputError) as caught:
        list(read_bare_tsv(path, _COLUMNS))

    assert str(caught.value) == (
        f"{path} has another form; expected text and label with a tab between, found "
        "1 cells in the first line"
    )


@pytest.mark.parametrize(
    "line",
    ["[1, 2]", "{", '{"text": "a"}', "[" * 100_000],
    ids=["an array", "cut off", "without a label", "nested deeply"],
)
def test_line_that_is_no_such_object_is_broken(line: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'{{"text": "a", "label": 1}}\n{line}\n')

    assert list(read_json_lines(path, _COLUMNS)) == [
        (1, {"text": "a", "label": "1"}),
        (2, None),
    ]


def test_null_is_a_blank_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"text": "a", "label": null}\n')

    assert list(read_json_lines(path, _COLUMNS)) == [(1, {"text": "a", "label": ""})]


def test_json_lines_of_something_else_say_what_was_expected(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"body": "a", "score": 3}\n')

    with pytest.raises(InputError, match="expected text, label, found body, score"):
        list(read_json_lines(path, _COLUMNS))


def test_table_of_something_else_says_what_was_expected(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("body,score\n")

    with pytest.raises(InputError, match="expected text, label, found body, score"):
        list(read_table(path, _COLUMNS))


def test_empty_table_says_what_was_expected(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("")

    with pytest.raises(InputError, match="expected text, label, found nothing"):
        list(read_table(path, _COLUMNS))


def test_gzipped_file_that_is_cut_off_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"text,label\n" + b"a remark,1\n" * 5_000)[:-20])

    with pytest.raises(InputError, match=r"a\.csv\.gz cannot be read: cut off"):
        list(read_table(path, _COLUMNS))


def test_gzipped_file_that_is_damaged_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    whole = bytearray(gzip.compress(b"text,label\n" + bytes(range(48, 122)) * 500))
    whole[20:60] = bytes(40)
    path.write_bytes(whole)

    with pytest.raises(InputError, match=r"a\.csv\.gz cannot be read"):
        list(read_table(path, _COLUMNS))


def test_plain_file_with_a_gzip_name_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_text("text,label\n")

    with pytest.raises(InputError, match=r"a\.csv\.gz cannot be read"):
        list(read_table(path, _COLUMNS))


def test_file_stands_for_the_folder_it_lies_in(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.touch()

    assert find_file(path, "a.csv") == path
    assert find_file(path, "b.csv") is None
