"""Corpora that lie in one file where their authors publish several."""

from collections.abc import Callable
from pathlib import Path

import pytest

from labels.corpora.registry import read_corpus
from labels.labelled import shares_of

LayOut = Callable[[dict[str, str]], Path]

_ATTACK = shares_of(identity_attack=1.0)
_NO_ATTACK = shares_of(identity_attack=0.0)
_ABUSE = shares_of(abuse=1.0)
_NO_ABUSE = shares_of(abuse=0.0)
_NEUTRAL = shares_of(abuse=0.0, insult=0.0, identity_attack=0.0)

# The corpus, its file, and what is read: id, text, shares.
_LAYOUTS = [
    pytest.param(
        "cad",
        {"cad_v1_1.csv": 'id,text,labels\na1,"one[linebreak]two",Neutral\n'},
        [("a1", "one\ntwo", _NEUTRAL)],
        id="cad in one file",
    ),
    pytest.param(
        "stormfront",
        {
            "stormfront.csv": (
                "file_id,subforum_id,num_contexts,label,text,sampled_split\n"
                "9_1,6,0,noHate,good morning,\n"
            )
        },
        [("9_1", "good morning", _NO_ATTACK)],
        id="stormfront in one file",
    ),
    pytest.param(
        "fox_news",
        {"fox-news-comments.csv": "title,text,label\nTides,well put,0\n"},
        [("fox-news-comments-2", "well put", _NO_ATTACK)],
        id="fox_news in one file",
    ),
    pytest.param(
        "gab",
        {"ghc.csv": "text_id,Text,cv,hd,vo\n17,so rude,0,1,1\n"},
        [("17", "so rude", shares_of(identity_attack=1.0, profanity=1.0))],
        id="gab in one file",
    ),
    pytest.param(
        "hatemoji",
        {"HatemojiBuild.csv": "entry_id,text,label_gold,matched_id\n6,kind 🐝,0,7\n"},
        [("6", "kind 🐝", _NO_ATTACK)],
        id="hatemoji in one file",
    ),
    pytest.param(
        "ruhsold",
        {"task_1.csv": "text,label\nbohat bura,0\nbohat acha,1\n"},
        [
            ("task_1-2", "bohat bura", _ABUSE),
            ("task_1-3", "bohat acha", _NO_ABUSE),
        ],
        id="ruhsold in one file",
    ),
]


@pytest.mark.parametrize(("name", "files", "expected"), _LAYOUTS)
def test_rows_are_read_with_our_labels(
    name: str,
    files: dict[str, str],
    expected: list[tuple[str, str, tuple[float | None, ...]]],
    lay_out: LayOut,
) -> None:
    rows = read_corpus(name, lay_out(files)).rows

    assert [(row.comment.id, row.comment.text, row.shares) for row in rows] == expected
    assert {row.source for row in rows} == {name}
