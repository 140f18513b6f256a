"""Every importer, on invented rows in the layout that its authors publish."""

from collections.abc import Callable
from pathlib import Path

import pytest

from labels.corpora.registry import IMPORTERS, read_corpus
from labels.labelled import shares_of

LayOut = Callable[[dict[str, str]], Path]

_ATTACK = shares_of(identity_attack=1.0)
_NO_ATTACK = shares_of(identity_attack=0.0)
_ABUSE = shares_of(abuse=1.0)
_NO_ABUSE = shares_of(abuse=0.0)
_SIX_ZEROS = shares_of(
    abuse=0.0,
    severe_abuse=0.0,
    insult=0.0,
    profanity=0.0,
    threat=0.0,
    identity_attack=0.0,
)
_NEUTRAL = shares_of(abuse=0.0, insult=0.0, identity_attack=0.0)

_HATEMOJI = "entry_id,text,label_gold,matched_id\n"
_STAGE_1, _STAGE_2 = (f"implicit_hate_v1_stg{stage}_posts.tsv" for stage in (1, 2))

# The corpus, its files, and what is read: id, text, shares.
_LAYOUTS = [
    pytest.param(
        "jigsaw_toxic",
        {
            "train.csv": (
                "id,comment_text,toxic,severe_toxic,obscene,threat,insult,identity_hate"
                "\na1,a fine article,0,0,0,0,0,0\n"
            ),
            "binary.csv": "comment_text,toxic\nso rude,1\n",
        },
        [("a1", "a fine article", _SIX_ZEROS), ("binary-2", "so rude", _ABUSE)],
        id="jigsaw_toxic, six labels beside one",
    ),
    pytest.param(
        "toxic_spans",
        {
            "comments.csv": "comment_id,comment_text\n7,hello there\n",
            "annotations.csv": (
                "annotation,comment_id,country,all toxic,not toxic\n1,7,XX,False,True\n"
            ),
            "spans.csv": "annotation,type,start,end\n",
        },
        [
            (
                "7",
                "hello there",
                shares_of(
                    abuse=0.0,
                    insult=0.0,
                    profanity=0.0,
                    threat=0.0,
                    identity_attack=0.0,
                ),
            )
        ],
        id="toxic_spans",
    ),
    pytest.param(
        "cad",
        {
            "cad_v1_1_train.tsv": 'id\ttext\tlabels\na1\tsaid "no\tNeutral\n',
            "cad_v1_1_test.tsv": "id\ttext\tlabels\na2\tyes\tCounterSpeech\n",
        },
        [("a1", 'said "no', _NEUTRAL), ("a2", "yes", _NEUTRAL)],
        id="cad as published",
    ),
    pytest.param(
        "context_toxicity",
        {
            "gc.csv": "id,text,parent,label,api\n1.1.1,so rude,hello,1,0.02\n",
            "gn.csv": "id,text,label,api,parent\n2.2.2,well put,0,0.99,\n",
        },
        [("1.1.1", "so rude", _ABUSE), ("2.2.2", "well put", _NO_ABUSE)],
        id="context_toxicity",
    ),
    pytest.param(
        "davidson",
        {
            "labeled_data.csv": (
                ",count,hate_speech,offensive_language,neither,class,tweet\n"
                "0,3,2,1,0,0,rude to a people\n"
                "1,3,0,3,0,1,swearing\n"
                "2,4,1,0,3,2,kind\n"
            )
        },
        [
            ("labeled_data-2", "rude to a people", shares_of(identity_attack=2 / 3)),
            (
                "labeled_data-3",
                "swearing",
                shares_of(profanity=1.0, identity_attack=0.0),
            ),
            (
                "labeled_data-4",
                "kind",
                shares_of(abuse=0.0, profanity=0.0, identity_attack=0.25),
            ),
        ],
        id="davidson",
    ),
    pytest.param(
        "stormfront",
        {
            "annotations_metadata.csv": (
                "file_id,user_id,subforum_id,num_contexts,label\n"
                "9_1,5,6,0,noHate\n9_2,5,6,0,hate\n"
            ),
            "all_files/9_1.txt": "good morning",
            "all_files/9_2.txt": "rude to a people\n",
        },
        [("9_1", "good morning", _NO_ATTACK), ("9_2", "rude to a people", _ATTACK)],
        id="stormfront as published",
    ),
    pytest.param(
        "edos",
        {
            "edos_labelled_aggregated.csv": (
                "rewire_id,text,label_sexist,label_category,label_vector,split\n"
                "s1,[USER] look: [URL],not sexist,none,none,dev\n"
                "s2,rude,sexist,3. animosity,3.1,train\n"
                's3,grim,sexist,"1. threats, plans to harm and incitement",1.1,test\n'
            )
        },
        [
            ("s1", "<user> look: <url>", _NO_ATTACK),
            ("s2", "rude", shares_of(identity_attack=1.0, threat=0.0)),
            ("s3", "grim", shares_of(identity_attack=1.0, threat=1.0)),
        ],
        id="edos",
    ),
    pytest.param(
        "implicit_hate",
        {
            _STAGE_1: (
                'post\tclass\n"a ""fine"" day"\tnot_hate\nveiled\timplicit_hate\n'
                "blunt\texplicit_hate\n"
            ),
            _STAGE_2: (
                "post\timplicit_class\textra_implicit_class\n"
                "veiled\tirony\tthreatening\nanother\tincitement\t\n"
            ),
        },
        [
            (
                "implicit_hate_v1_stg1_posts-2",
                'a "fine" day',
                shares_of(identity_attack=0.0),
            ),
            (
                "implicit_hate_v1_stg1_posts-3",
                "veiled",
                shares_of(identity_attack=1.0, threat=1.0),
            ),
            ("implicit_hate_v1_stg1_posts-4", "blunt", _ATTACK),
            ("implicit_hate_v1_stg2_posts-3", "another", _ATTACK),
        ],
        id="implicit_hate, both stages",
    ),
    pytest.param(
        "fox_news",
        {
            "fox-news-comments.json": (
                '{"title": "Tides", "text": "so rude", "label": 1, "succ": "", '
                '"meta": "", "user": "ann", "mentions": "", "prev": ""}\n'
            )
        },
        [("fox-news-comments-1", "so rude", _ATTACK)],
        id="fox_news as published",
    ),
    pytest.param(
        "gab",
        {
            "ghc_train.tsv": "text\thd\tcv\tvo\nso rude\t0\t1\t0\n",
            "ghc_test.tsv": "text\thd\tcv\tvo\nswearing\t0\t0\t1\n",
        },
        [
            (
                "ghc_train-2",
                "so rude",
                shares_of(identity_attack=1.0, profanity=0.0),
            ),
            (
                "ghc_test-2",
                "swearing",
                shares_of(identity_attack=0.0, profanity=1.0),
            ),
        ],
        id="gab as published",
    ),
    pytest.param(
        "hatemoji",
        {
            "HatemojiBuild_train.csv": f"{_HATEMOJI}6,kind 🐝,0,7\n",
            "HatemojiBuild_test.csv": f"{_HATEMOJI}7,rude 🐝,1,6\n",
        },
        [("6", "kind 🐝", _NO_ATTACK), ("7", "rude 🐝", _ATTACK)],
        id="hatemoji as published",
    ),
    pytest.param(
        "surge",
        {"toxicity_en.csv": "text,is_toxic\nso rude,Toxic\nwell put,Not Toxic\n"},
        [
            ("toxicity_en-2", "so rude", _ABUSE),
            ("toxicity_en-3", "well put", _NO_ABUSE),
        ],
        id="surge",
    ),
    pytest.param(
        "ruhsold",
        {
            "task_1_train.tsv": 'bohat "bura\t0\n',
            "task_1_validation.tsv": "bohat acha\t1\n",
        },
        [
            ("task_1_train-1", 'bohat "bura', _ABUSE),
            ("task_1_validation-1", "bohat acha", _NO_ABUSE),
        ],
        id="ruhsold as published, where 0 is abusive",
    ),
    pytest.param(
        "bias_madlibs",
        {
            "bias_madlibs_77k.csv": (
                "Text,Label,Template\nso rude,BAD,x\nwell put,NOT_BAD,x\n"
            )
        },
        [
            ("bias_madlibs_77k-2", "so rude", _ABUSE),
            ("bias_madlibs_77k-3", "well put", _NO_ABUSE),
        ],
        id="bias_madlibs",
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


def test_every_importer_has_a_layout_here() -> None:
    assert {layout.values[0] for layout in _LAYOUTS} == set(IMPORTERS)
