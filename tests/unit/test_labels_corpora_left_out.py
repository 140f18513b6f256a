"""Rows that importers leave out, and the reasons they count them by."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from labels.corpora.registry import read_corpus

LayOut = Callable[[dict[str, str]], Path]


@pytest.mark.parametrize(
    ("name", "files", "reason"),
    [
        pytest.param(
            "surge",
            {"toxicity_en.csv": "text,is_toxic\nso rude,Maybe\n"},
            "label unknown (is_toxic)",
            id="surge, a third value",
        ),
        pytest.param(
            "jigsaw_toxic",
            {"binary.csv": "comment_text,toxic\nnever judged,-1\n"},
            "label unknown (toxic)",
            id="jigsaw, a row that was never judged",
        ),
        pytest.param(
            "cad",
            {"cad_v1_1.csv": "id,text,labels\na1,so rude,Neutral|Slur\n"},
            "label unknown (labels)",
            id="cad, another category",
        ),
        pytest.param(
            "davidson",
            {
                "labeled_data.csv": (
                    "hate_speech,offensive_language,neither,class,tweet\n1,1,1,7,hm\n"
                )
            },
            "label unknown (class)",
            id="davidson, another class",
        ),
        pytest.param(
            "davidson",
            {
                "labeled_data.csv": (
                    "hate_speech,offensive_language,neither,class,tweet\n1,x,1,0,hm\n"
                )
            },
            "label unknown (offensive_language)",
            id="davidson, no number of votes",
        ),
        pytest.param(
            "davidson",
            {
                "labeled_data.csv": (
                    "hate_speech,offensive_language,neither,class,tweet\n0,0,0,2,hm\n"
                )
            },
            "label unknown (hate_speech, offensive_language, neither)",
            id="davidson, no vote at all",
        ),
        pytest.param(
            "stormfront",
            {"stormfront.csv": "file_id,label,text\n9_1,relation,so rude\n"},
            "label is relation",
            id="stormfront, rude only beside its neighbours",
        ),
        pytest.param(
            "stormfront",
            {"stormfront.csv": "file_id,label,text\n9_1,idk/skip,hm\n"},
            "label is idk/skip",
            id="stormfront, passed over",
        ),
        pytest.param(
            "stormfront",
            {"annotations_metadata.csv": "file_id,label\n9_1,hate\n"},
            "broken row",
            id="stormfront, no file of the text",
        ),
        pytest.param(
            "toxic_spans",
            {
                "comments.csv": "comment_id,comment_text\n7,hello there\n",
                "annotations.csv": "annotation,comment_id,all toxic,not toxic\n",
                "spans.csv": "annotation,type,start,end\n",
            },
            "no annotation",
            id="toxic_spans, nobody judged it",
        ),
        pytest.param(
            "surge",
            {"toxicity_en.csv": 'text,is_toxic\n"  ",Toxic\n'},
            "no text",
            id="no text",
        ),
        pytest.param(
            "surge",
            {"toxicity_en.csv": "text,is_toxic\nso rude\n"},
            "broken row",
            id="too few cells",
        ),
    ],
)
def test_row_left_out_is_counted_by_its_reason(
    name: str, files: dict[str, str], reason: str, lay_out: LayOut
) -> None:
    assert read_corpus(name, lay_out(files)).dropped == Counter({reason: 1})


def test_repeated_id_is_left_out(lay_out: LayOut) -> None:
    folder = lay_out({"gn.csv": "id,text,label,api,parent\n1,a,0,0,\n1,b,1,0,\n"})

    imported = read_corpus("context_toxicity", folder)

    assert [row.comment.text for row in imported.rows] == ["a"]
    assert imported.dropped == Counter({"repeated id": 1})
