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
    assert "line 3: abuse: a label is 1, 0 or blank, not '5'" in message
    assert "line 4" in message
    assert "line 5: abuse: a label is 1, 0 or blank, not 'yes'" in message


def test_file_without_labels_says_what_they_are_called(tmp_path: Path) -> None:
    path = tmp_path / "site.csv"
    path.write_text("text,toxic\nhello,0\n")

    with pytest.raises(
        InputError, match="it has text, toxic, and the labels are abuse"
    ):
        read_labelled_file(path)
