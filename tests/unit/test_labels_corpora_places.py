"""Where importers look, and which rows they keep together, merge or hold out."""

import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from labels.corpora.registry import read_corpus
from labels.labelled import shares_of

LayOut = Callable[[dict[str, str]], Path]

_NO_ATTACK = shares_of(identity_attack=0.0)

_HATEMOJI = "entry_id,text,label_gold,matched_id\n"
_STAGE_1, _STAGE_2 = (f"implicit_hate_v1_stg{stage}_posts.tsv" for stage in (1, 2))


def test_gzipped_table_is_read(tmp_path: Path) -> None:
    content = gzip.compress(b"text,is_toxic\nso rude,Toxic\n")
    (tmp_path / "toxicity_en.csv.gz").write_bytes(content)

    (row,) = read_corpus("surge", tmp_path).rows

    assert row.comment.text == "so rude"


def test_single_file_is_read(lay_out: LayOut) -> None:
    folder = lay_out({"toxicity_en.csv": "text,is_toxic\nso rude,Toxic\n"})

    (row,) = read_corpus("surge", folder / "toxicity_en.csv").rows

    assert row.comment.text == "so rude"


def test_corpus_in_two_layouts_is_read_once(lay_out: LayOut) -> None:
    folder = lay_out(
        {"task_1_train.tsv": "acha\t1\n", "task_1.csv": "text,label\nacha,1\n"}
    )

    imported = read_corpus("ruhsold", folder)

    assert [path.name for path in imported.files] == ["task_1_train.tsv"]


def test_comment_that_was_answered_is_kept(lay_out: LayOut) -> None:
    folder = lay_out(
        {"gc.csv": "id,text,parent,label,api\n1,no,@ann asks,0,0.1\n2,a,,0,0"}
    )

    answered, alone = read_corpus("context_toxicity", folder).rows

    assert answered.comment.parent_text == "<user> asks"
    assert alone.comment.parent_text is None


def test_fox_news_reply_keeps_the_comment_before_it(lay_out: LayOut) -> None:
    folder = lay_out(
        {
            "fox-news-comments.json": (
                '{"title": "T", "text": "no", "label": 0, "prev": "is it?"}\n'
            )
        }
    )

    (row,) = read_corpus("fox_news", folder).rows

    assert row.comment.parent_text == "is it?"


@pytest.mark.parametrize(
    ("name", "files", "groups"),
    [
        pytest.param(
            "hatemoji",
            {"HatemojiBuild.csv": f"{_HATEMOJI}6,a,0,7\n7,b,1,6\n10,c,0,11\n"},
            ["hatemoji:6-7", "hatemoji:6-7", "hatemoji:10-11"],
            id="a text and its twin",
        ),
        pytest.param(
            "stormfront",
            {"stormfront.csv": "file_id,label,text\n9_1,hate,a\n9_12,noHate,b\n"},
            ["stormfront:9", "stormfront:9"],
            id="the sentences of a post",
        ),
        pytest.param(
            "fox_news",
            {"fox-news-comments.csv": "title,text,label\nT,a,0\nT,b,1\n"},
            ["fox_news:T", "fox_news:T"],
            id="the comments on an article",
        ),
    ],
)
def test_rows_that_belong_together_share_a_group(
    name: str, files: dict[str, str], groups: list[str], lay_out: LayOut
) -> None:
    assert [row.group for row in read_corpus(name, lay_out(files)).rows] == groups


def test_implicit_hate_rows_of_the_same_text_count_once(lay_out: LayOut) -> None:
    folder = lay_out(
        {
            _STAGE_1: "post\tclass\nveiled\timplicit_hate\nveiled\texplicit_hate\n",
            _STAGE_2: "post\timplicit_class\textra_implicit_class\nveiled\tirony\t\n",
        }
    )

    imported = read_corpus("implicit_hate", folder)

    assert [row.comment.text for row in imported.rows] == ["veiled"]
    assert imported.rows_read == 3
    assert imported.dropped == Counter({"merged with the row of the same text": 2})


def test_implicit_hate_stage_1_stands_where_the_stages_disagree(
    lay_out: LayOut,
) -> None:
    folder = lay_out(
        {
            _STAGE_1: "post\tclass\nmild\tnot_hate\n",
            _STAGE_2: "post\timplicit_class\textra_implicit_class\nmild\tirony\t\n",
        }
    )

    (row,) = read_corpus("implicit_hate", folder).rows

    assert row.shares == _NO_ATTACK


def test_bias_madlibs_are_held_out_from_every_fit(lay_out: LayOut) -> None:
    folder = lay_out({"bias_madlibs_77k.csv": "Text,Label\nwell put,NOT_BAD\n"})

    (row,) = read_corpus("bias_madlibs", folder).rows

    assert row.is_held_out


def test_stormfront_text_outside_its_folder_is_not_opened(lay_out: LayOut) -> None:
    folder = lay_out(
        {
            "annotations_metadata.csv": "file_id,label\n../secret,hate\n",
            "secret.txt": "not part of the corpus",
            "all_files/1_1.txt": "unused",
        }
    )

    assert read_corpus("stormfront", folder).dropped == Counter({"broken row": 1})
