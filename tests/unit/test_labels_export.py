import csv
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq

from labels.export import write_training_table
from labels.own import read_tagged
from labels.schema import LABELS


def _folder(write_tables: Callable[..., Path]) -> Path:
    return write_tables(
        [{"function": "thanks", "parent_text": "who wants tea?"}],
        [{"abuse": "1"}, {"annotator": "a2", "round": "2", "abuse": "0"}],
    )


def test_a_comment_is_one_row_with_shares_and_tags(
    write_tables: Callable[..., Path],
) -> None:
    folder = _folder(write_tables)

    write_training_table(folder / "out.parquet", read_tagged(folder))

    assert pq.read_table(folder / "out.parquet").to_pylist() == [
        {
            "id": "c1",
            "text": "some words",
            "parent_text": "who wants tea?",
            "function": "thanks",
            "ideology": "",
            "style": "",
            "topic": "",
            "pair_id": "",
            "batch": "b1",
            "split": "train",
            **dict.fromkeys(LABELS),
            "abuse": 0.5,
        }
    ]


def test_blanks_stay_blank_in_csv(write_tables: Callable[..., Path]) -> None:
    folder = _folder(write_tables)

    write_training_table(folder / "out.csv", read_tagged(folder))

    with (folder / "out.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert [row[label] for label in LABELS] == ["0.5", "", "", "", "", "", ""]
