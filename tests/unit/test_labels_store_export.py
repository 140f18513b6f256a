"""What the store gives to whoever trains or audits."""

import csv
from pathlib import Path

import pytest

from labels.comments import Comment
from labels.labelled import LabelledComment, shares_of
from labels.labelled_files import read_labelled_file
from labels.store import Store
from labels.store_erasure import erase_comment
from labels.store_export import read_judged, write_judged, write_judgements
from labels.store_feedback import Judgement, add_judgement


def say(store: Store, comment_id: str, who: str | None = "ann", **labels: int) -> None:
    comment = Comment(comment_id, f"words of {comment_id}", parent_text="a question")
    add_judgement(
        store, Judgement(comment_id, labels, 2, "feedback", comment, annotator=who)
    )


def judged(comment_id: str, **shares: float) -> LabelledComment:
    comment = Comment(comment_id, f"words of {comment_id}", parent_text="a question")
    return LabelledComment(comment, "store", shares_of(**shares))


def test_several_people_make_shares(store: Store) -> None:
    say(store, "c1", "ann", abuse=1, threat=0)
    say(store, "c1", "bob", abuse=0)
    assert read_judged(store) == [judged("c1", abuse=0.5, threat=0.0)]


def test_a_correction_replaces_what_its_author_said(store: Store) -> None:
    say(store, "c1", "ann", abuse=1, threat=0)
    say(store, "c1", "ann", abuse=0)
    assert read_judged(store) == [judged("c1", abuse=0.0, threat=0.0)]


def test_who_gives_no_name_is_one_person(store: Store) -> None:
    say(store, "c1", None, abuse=1)
    say(store, "c1", None, abuse=0)
    assert read_judged(store) == [judged("c1", abuse=0.0)]


def test_erased_words_and_bare_decisions_are_left_out(store: Store) -> None:
    say(store, "c1", abuse=1)
    say(store, "c2")
    erase_comment(store, "c1")
    assert read_judged(store) == []


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_the_table_is_one_that_training_reads(
    store: Store, tmp_path: Path, ending: str
) -> None:
    say(store, "c1", abuse=1)
    table = tmp_path / f"table.{ending}"
    assert write_judged(store, table) == 1
    (read,) = read_labelled_file(table)
    assert (read.comment.text, read.shares) == ("words of c1", shares_of(abuse=1.0))


def test_every_judgement_is_written_with_who_and_when(
    store: Store, tmp_path: Path
) -> None:
    say(store, "c1", "ann", abuse=1)
    say(store, "c1", "ann", abuse=0)
    assert write_judgements(store, tmp_path / "all.csv") == 2
    with (tmp_path / "all.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["judgement_id"] for row in rows] == ["1", "2"]
    assert {row["annotator"] for row in rows} == {"ann"}
    assert {row["codebook_version"] for row in rows} == {"2"}
    assert all(row["created_at"].endswith("+00:00") for row in rows)
