from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labels.errors import InputError, LabelError
from labels.labelled import shares_of
from labels.labelled_files import read_labelled_file


def test_columns_are_matched_by_label_name(tmp_path: Path) -> None:
    path = tmp_path / "site.csv"
    path.write_text("text,insult,abuse,pair_id\nhello,0,,p1\nyou clod,1,1,p1\n")

    rows = read_labelled_file(path)

    assert [row.shares for row in rows] == [
        shares_of(insult=0.0),
        shares_of(abuse=1.0, insult=1.0),
    ]
    assert rows[0].group == rows[1].group == "site:pair_id:p1"
    assert rows[0].source == "site"


def test_parquet_numbers_and_nulls_are_labels(tmp_path: Path) -> None:
    path = tmp_path / "site.parquet"
    pq.write_table(pa.table({"text": ["a", "b"], "abuse": [1.0, None]}), path)

    assert [row.shares[0] for row in read_labelled_file(path)] == [1.0, None]


def test_every_bad_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "site.csv"
    path.write_text("text,abuse\nfine,1\nodd,5\nshort\nodder,yes\n")

    with pytest.raises(LabelError) as caught:
        read_labelled_file(path)

    message = str(caught.value)
    assert (
        "line 3: abuse: a label is 1, 0, a share between them or blank, not '5'"
        in message
    )
    assert "line 4" in message
    assert (
        "line 5: abuse: a label is 1, 0, a share between them or blank, not 'yes'"
        in message
    )


def test_file_without_labels_says_what_they_are_called(tmp_path: Path) -> None:
    path = tmp_path / "site.csv"
    path.write_text("text,toxic\nhello,0\n")

    with pytest.raises(
        InputError, match="it has text, toxic, and the labels are abuse"
    ):
        read_labelled_file(path)


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("1", 1.0),
        ("0.0", 0.0),
        (" True ", 1.0),
        ("false", 0.0),
        ("0.25", 0.25),
        ("", None),
        ("nan", None),
    ],
)
def test_cell_is_read_as_tables_write_labels(
    cell: str, share: float | None, tmp_path: Path
) -> None:
    path = tmp_path / "site.csv"
    path.write_text(f"text,abuse\nhello,{cell}\n")

    (row,) = read_labelled_file(path)

    assert row.shares == shares_of(abuse=share)


@pytest.mark.parametrize("cell", ["-0.1", "1.5", "inf", "two"])
def test_cell_that_is_no_share_is_refused(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "site.csv"
    path.write_text(f"text,abuse\nhello,{cell}\n")

    with pytest.raises(LabelError, match=f"line 2: abuse: .* not '{cell}'"):
        read_labelled_file(path)


def test_label_is_read_from_the_column_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "site.jsonl"
    path.write_text(
        '{"body": "you clod", "nr": 7, "is_toxic": true, "insult": 1, "abuse": 0}\n'
        '{"body": "hello", "nr": 8, "is_toxic": null}\n'
    )

    rows = read_labelled_file(
        path, text_column="body", id_column="nr", columns={"abuse": "is_toxic"}
    )

    assert [(row.comment.id, row.comment.text, row.shares) for row in rows] == [
        ("7", "you clod", shares_of(abuse=1.0, insult=1.0)),
        ("8", "hello", shares_of()),
    ]


def test_absent_column_is_named_beside_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "site.csv"
    path.write_text("text,toxic\nhello,0\n")

    with pytest.raises(InputError, match="no column 'is_toxic'; it has text, toxic"):
        read_labelled_file(path, columns={"abuse": "is_toxic"})


def test_group_column_keeps_rows_together(tmp_path: Path) -> None:
    path = tmp_path / "site.csv"
    path.write_text("text,abuse,group\nhello,0,cad:x\nhowdy,0,\n")

    assert [row.group for row in read_labelled_file(path)] == [
        "site:group:cad:x",
        None,
    ]
