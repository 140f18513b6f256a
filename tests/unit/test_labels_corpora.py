"""Importers, on invented rows in the published formats."""

import csv
import gzip
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from labels.corpora.registry import IMPORTERS, read_corpora, read_corpus
from labels.errors import InputError
from labels.labelled import shares_of
from labels.schema import LABELS

_SHARED = Path(__file__).parents[3] / "shared" / "corpora"


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
        {"label not 0 or 1": 1, "no text": 1, "broken row": 1}
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


def test_toxic_spans_comment_without_annotation_is_counted(toxic_spans: Path) -> None:
    imported = read_corpus("toxic_spans", toxic_spans)

    assert imported.dropped == Counter({"no annotation": 1})


@pytest.mark.parametrize("name", IMPORTERS)
def test_folder_without_the_corpus_says_what_was_expected(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"train\.csv|comments\.csv|cad_v1_1_train"):
        read_corpus(name, tmp_path)


def test_file_of_another_kind_says_which_columns_were_expected(tmp_path: Path) -> None:
    _write_csv(tmp_path / "train.csv", [["a", "b"], [1, 2]])

    with pytest.raises(InputError, match=r"expected comment_text, toxic.* found a, b"):
        read_corpus("jigsaw_toxic", tmp_path)


def test_file_that_is_cut_off_is_named(tmp_path: Path) -> None:
    whole = gzip.compress(b"comment_text,toxic\n" + b"a remark,1\n" * 5_000)
    (tmp_path / "binary.csv.gz").write_bytes(whole[:-20])

    with pytest.raises(InputError, match=r"binary\.csv\.gz cannot be read: cut off"):
        read_corpus("jigsaw_toxic", tmp_path)


def test_unknown_corpus_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are jigsaw_toxic, toxic_spans, cad"):
        read_corpus("madlibs", tmp_path)


def test_folder_without_corpora_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no corpus"):
        read_corpora(tmp_path)


@pytest.mark.skipif(not _SHARED.is_dir(), reason="the public corpora are not here")
@pytest.mark.parametrize(
    ("name", "rows"),
    [("jigsaw_toxic", 23_510), ("toxic_spans", 12_751), ("cad", 20_996)],
)
def test_corpora_are_read_whole(name: str, rows: int) -> None:
    imported = read_corpus(name, _SHARED / name)

    assert len(imported.rows) == imported.rows_read == rows
    assert all(len(row.shares) == len(LABELS) for row in imported.rows)
