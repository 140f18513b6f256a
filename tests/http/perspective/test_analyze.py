"""comments:analyze, as Perspective answers it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from labels.comments import Comment

Ask = Callable[..., TestResponse]

# What the model of these tests says of every comment.
ABUSE = {"value": 0.75, "type": "PROBABILITY"}
THREAT = {"value": 0.125, "type": "PROBABILITY"}


def said(end: int, score: dict[str, Any]) -> dict[str, Any]:
    span = {"begin": 0, "end": end, "score": score}
    return {"spanScores": [span], "summaryScore": score}


def test_an_answer_has_every_field_of_perspectives(analyze: Ask) -> None:
    response = analyze(
        requestedAttributes={"TOXICITY": {}, "THREAT": {}},
        languages=["en"],
        clientToken="7",
    )
    assert response.get_json() == {
        "attributeScores": {"TOXICITY": said(14, ABUSE), "THREAT": said(14, THREAT)},
        "languages": ["en"],
        "detectedLanguages": ["en"],
        "clientToken": "7",
    }


@pytest.mark.parametrize("path", ["/v1alpha1/comments:analyze", "/comments:analyze"])
@pytest.mark.parametrize(
    "query", ["", "?key=k&alt=json&fields=*&prettyPrint=false&quotaUser=u&$.xgafv=2"]
)
def test_a_path_needs_no_version_and_bears_googles_parameters(
    client: FlaskClient, path: str, query: str
) -> None:
    body = {"comment": {"text": "a"}, "requestedAttributes": {"TOXICITY": {}}}
    assert client.post(path + query, json=body).status_code == 200


@pytest.mark.parametrize(
    "attribute",
    ["TOXICITY", "TOXICITY@6", "TOXICITY_EXPERIMENTAL", "TOXICITY_EXPERIMENTAL@1.b"],
)
def test_an_attribute_is_echoed_as_it_came(analyze: Ask, attribute: str) -> None:
    answer = analyze(requestedAttributes={attribute: {}}).get_json()
    assert answer["attributeScores"] == {attribute: said(14, ABUSE)}


def test_every_attribute_is_a_label_of_ours(analyze: Ask) -> None:
    names = {
        "TOXICITY": 0.75,
        "SEVERE_TOXICITY": 0.0625,
        "INSULT": 0.5,
        "PROFANITY": 0.25,
        "THREAT": 0.125,
        "IDENTITY_ATTACK": 0.03125,
        "EXTREMIST_PRAISE": 0.015625,
    }
    answer = analyze(requestedAttributes={name: {} for name in names}).get_json()
    scores = answer["attributeScores"]
    assert {name: scores[name]["summaryScore"]["value"] for name in names} == names


@pytest.mark.parametrize("config", [{}, [], None, {"scoreType": None}])
def test_an_attribute_may_be_asked_for_in_the_ways_that_clients_do(
    analyze: Ask, config: Any
) -> None:
    answer = analyze(requestedAttributes={"TOXICITY": config}).get_json()
    assert answer["attributeScores"] == {"TOXICITY": said(14, ABUSE)}


def test_an_attribute_under_its_threshold_is_left_out(analyze: Ask) -> None:
    asked = {"TOXICITY": {"scoreThreshold": 0.75}, "THREAT": {"scoreThreshold": 0.126}}
    answer = analyze(requestedAttributes=asked).get_json()
    assert list(answer["attributeScores"]) == ["TOXICITY"]


def test_where_no_attribute_reaches_its_threshold_there_is_no_list(
    analyze: Ask,
) -> None:
    answer = analyze(requestedAttributes={"THREAT": {"scoreThreshold": 1}}).get_json()
    assert answer == {"languages": ["en"], "detectedLanguages": ["en"]}


def test_spans_are_sentences_in_utf_16(analyze: Ask) -> None:
    answer = analyze(
        "🙂 this is the first one. And here 🙂 is another.\n", spanAnnotations=True
    ).get_json()
    spans = answer["attributeScores"]["TOXICITY"]["spanScores"]
    assert spans == [
        {"begin": 0, "end": 25, "score": ABUSE},
        {"begin": 26, "end": 49, "score": ABUSE},
    ]


def test_each_sentence_is_scored_beside_the_whole(
    analyze: Ask, fake_scorer: Any
) -> None:
    text = "this is the first one. and here is another"
    analyze(text, spanAnnotations=True)
    given = [comment.text for comment in fake_scorer.given]
    assert given == [text, "this is the first one.", "and here is another"]


def test_without_spans_the_whole_text_is_one(analyze: Ask) -> None:
    answer = analyze("🙂 this is the first one. And here is another.").get_json()
    assert answer["attributeScores"]["TOXICITY"] == said(46, ABUSE)


@pytest.mark.parametrize(
    ("context", "parent"),
    [
        ({"entries": [{"text": "one"}, {"text": "two"}]}, "one\ntwo"),
        ({"entries": [{"text": '{"url": "https://example.org"}'}]}, None),
        (
            {
                "articleAndParentComment": {
                    "article": {"text": "news"},
                    "parentComment": {"text": "hello"},
                }
            },
            "hello\nnews",
        ),
        ({"entries": []}, None),
        ([], None),
    ],
)
def test_the_context_is_what_a_comment_may_quote(
    analyze: Ask, fake_scorer: Any, context: Any, parent: str | None
) -> None:
    assert analyze(context=context).status_code == 200
    assert fake_scorer.given == [Comment("", "a silly answer", parent_text=parent)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            '{comment: {text: "hi"}, requestedAttributes: {TOXICITY:{},},}',
            id="names without quotes, commas at the end",
        ),
        pytest.param(
            "{'comment': {'text': 'hi'}, 'requestedAttributes': {'TOXICITY': {}}}",
            id="single quotes",
        ),
        pytest.param(
            '\ufeff{"comment": {"text": "hi"}, "requested_attributes": {"TOXICITY": '
            '{"score_type": "PROBABILITY"}}, "do_not_store": true, "languages": "en"}',
            id="snake_case, a lone language, a byte order mark",
        ),
        pytest.param(
            '{"comment": {"text": "hi", "type": null}, "context": null, "languages": '
            'null, "requestedAttributes": {"TOXICITY": null}, "clientToken": null}',
            id="nulls",
        ),
    ],
)
@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded"]
)
def test_what_real_callers_send_is_understood(
    client: FlaskClient, body: str, content_type: str | None
) -> None:
    response = client.post(
        "/v1alpha1/comments:analyze", data=body.encode(), content_type=content_type
    )
    assert response.get_json()["attributeScores"] == {"TOXICITY": said(2, ABUSE)}


def test_a_lone_surrogate_is_scored(client: FlaskClient) -> None:
    body = (
        '{"comment": {"text": "a\\ud800b"}, "clientToken": "\\udc00", '
        '"requestedAttributes": {"TOXICITY": {}}}'
    )
    answer = client.post("/v1alpha1/comments:analyze", data=body).get_json()
    assert answer["attributeScores"]["TOXICITY"] == said(3, ABUSE)
    assert answer["clientToken"] == "\udc00"


def test_an_attribute_that_we_do_not_judge_may_be_left_out(ask_with: Any) -> None:
    ask = ask_with(unknown_attributes="omit")
    answer = ask(requestedAttributes={"SPAM": {}, "TOXICITY": {}}).get_json()
    assert list(answer["attributeScores"]) == ["TOXICITY"]


def test_a_context_entry_of_a_megabyte_is_no_fault(make_app: Any) -> None:
    client = make_app(max_body_bytes=3_000_000).test_client()
    body = {
        "comment": {"text": "hi"},
        "context": {"entries": [{"text": "word " * 200_000}] * 2},
        "requestedAttributes": {"TOXICITY": {}},
    }
    assert client.post("/v1alpha1/comments:analyze", json=body).status_code == 200
