"""The three corpora that are trained on by default, rule by rule."""

import csv
import gzip
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from labels.corpora.registry import read_corpus
from labels.errors import InputError
from labels.labelled import shares_of


def _write_csv(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


_JIGSAW_HEADER = [
    "id",
    "comment_text",
    "toxic",
    "severe_toxic",
    "obscene",
    "threat",
    "insult",
    "identity_hate",
]


@pytest.fixture
def jigsaw(tmp_path: Path) -> Path:
    rows: list[list[object]] = [
        [*_JIGSAW_HEADER],
        ["a1", "a fine article", 0, 0, 0, 0, 0, 0],
        ["a2", "a rude,\nlong remark", 1, 0, 1, 0, 1, 0],
        ["a3", "never judged", -1, -1, -1, -1, -1, -1],
        ["a4", "  ", 0, 0, 0, 0, 0, 0],
        ["a5", "too few cells"],
    ]
    _write_csv(tmp_path / "train.csv", rows)
    return tmp_path


def test_jigsaw_labels_get_our_names(jigsaw: Path) -> None:
    first, second = read_corpus("jigsaw_toxic", jigsaw).rows

    assert first.shares == (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, None)
    assert second.shares == (1.0, 0.0, 1.0, 1.0, 0.0, 0.0, None)
    assert second.comment.text == "a rude,\nlong remark"


def test_jigsaw_rows_left_out_are_counted_by_reason(jigsaw: Path) -> None:
    imported = read_corpus("jigsaw_toxic", jigsaw)

    assert imported.rows_read == 5
    assert imported.dropped == Counter(
        {"label unknown (toxic)": 1, "no text": 1, "broken row": 1}
    )


def test_jigsaw_one_label_table_knows_abuse_alone(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "binary.csv.gz", "wt", encoding="utf-8") as file:
        file.write("comment_text,toxic\nso rude,1\n")

    (row,) = read_corpus("jigsaw_toxic", tmp_path).rows

    assert row.shares == shares_of(abuse=1.0)


def test_cad_is_tab_separated_without_quoting(tmp_path: Path) -> None:
    (tmp_path / "cad_v1_1_dev.tsv").write_text(
        "id\ttext\tlabels\n"
        'b1-title\tHe said "no[linebreak]way\tNeutral\n'
        "b1-post\trude to a person\tPersonDirectedAbuse,CounterSpeech\n"
        "b2\trude to a party\tAffiliationDirectedAbuse\n"
        "b3\trude to a people\tIdentityDirectedAbuse\n",
        encoding="utf-8",
    )

    rows = read_corpus("cad", tmp_path).rows

    assert rows[0].comment.text == 'He said "no\nway'
    assert [row.shares for row in rows] == [
        shares_of(abuse=0.0, insult=0.0, identity_attack=0.0),
        shares_of(abuse=1.0, insult=1.0, identity_attack=0.0),
        shares_of(abuse=1.0, insult=0.0, identity_attack=0.0),
        shares_of(abuse=1.0, insult=0.0, identity_attack=1.0),
    ]


def test_cad_title_and_post_belong_together(tmp_path: Path) -> None:
    _write_csv(
        tmp_path / "cad_v1_1.csv",
        [
            ["id", "text", "labels"],
            ["x-title", "t", "Neutral"],
            ["x-post", "p", "Neutral"],
        ],
    )

    title, post = read_corpus("cad", tmp_path).rows

    assert title.group == post.group == "cad:x"


@pytest.fixture
def toxic_spans(tmp_path: Path) -> Path:
    _write_csv(
        tmp_path / "comments.csv",
        [["comment_id", "comment_text"], [1, "rude and loud"], [2, "nobody judged it"]],
    )
    annotations = [
        [10, 1, "XX", "False", "False"],
        [11, 1, "XX", "False", "False"],
        [12, 1, "YY", "True", "True"],
        [13, 1, "YY", "True", "False"],
    ]
    _write_csv(
        tmp_path / "annotations.csv",
        [
            ["annotation", "comment_id", "country", "all toxic", "not toxic"],
            *annotations,
        ],
    )
    _write_csv(
        tmp_path / "spans.csv",
        [
            ["annotation", "type", "start", "end"],
            [10, "Insult", 0, 4],
            [10, "Insult", 9, 13],
            [11, "Profane/Obscene", 0, 4],
            [11, "Insu", 0, 4],
        ],
    )
    return tmp_path


def test_toxic_spans_votes_become_shares(toxic_spans: Path) -> None:
    """Three of four call it abuse; of three who were specific, one marked an insult."""
    (row,) = read_corpus("toxic_spans", toxic_spans).rows

    assert row.shares == shares_of(
        abuse=3 / 4, insult=1 / 3, profanity=1 / 3, threat=0.0, identity_attack=0.0
    )


def test_toxic_spans_without_a_table_names_it(tmp_path: Path) -> None:
    (tmp_path / "comments.csv").touch()

    with pytest.raises(InputError, match=r"missing annotations\.csv, spans\.csv"):
        read_corpus("toxic_spans", tmp_path)


def test_toxic_spans_comment_without_annotation_is_counted(toxic_spans: Path) -> None:
    imported = read_corpus("toxic_spans", toxic_spans)

    assert imported.dropped == Counter({"no annotation": 1})
