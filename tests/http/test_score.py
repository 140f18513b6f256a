"""POST /v1/score: what a good request is answered."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from labels.comments import Comment

MODEL = {"name": "fake", "version": "0123456789ab"}
SCORES = {
    "abuse": 0.75,
    "severe_abuse": 0.0625,
    "insult": 0.5,
    "profanity": 0.25,
    "threat": 0.125,
    "identity_attack": 0.03125,
    "extremist_praise": 0.015625,
}
RESULT = {
    "scores": SCORES,
    "action": "review",
    "reasons": ["abuse"],
    "signals": {"obfuscated": False},
}


def score(client: FlaskClient, request: object) -> Any:
    response = client.post("/v1/score", json=request)
    assert response.status_code == 200
    return response.get_json()


def test_a_comment_gets_seven_scores_an_action_and_the_model_version(
    client: FlaskClient,
) -> None:
    answer = score(client, {"comments": [{"id": "c1", "text": "silly answer"}]})
    assert answer == {"model": MODEL, "results": [{"id": "c1", **RESULT}]}


def test_scores_come_in_the_order_of_the_labels(client: FlaskClient) -> None:
    answer = score(client, {"text": "silly"})
    assert list(answer["results"][0]["scores"]) == list(SCORES)


def test_a_lone_text_is_a_comment_with_the_id_1(client: FlaskClient) -> None:
    assert score(client, {"text": "silly"})["results"] == [{"id": "1", **RESULT}]


def test_a_lone_text_may_have_an_id(client: FlaskClient) -> None:
    assert score(client, {"text": "silly", "id": "x"})["results"][0]["id"] == "x"


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        pytest.param({}, "2", id="none is its place"),
        pytest.param({"id": None}, "2", id="null is none"),
        pytest.param({"id": "b"}, "b", id="a string"),
        pytest.param({"id": 7}, 7, id="a number stays a number"),
        pytest.param({"id": ""}, "", id="an empty string"),
    ],
)
def test_ids_come_back_as_they_were_sent(
    client: FlaskClient, sent: dict[str, object], answered: object
) -> None:
    comments = [{"text": "first"}, {"text": "second", **sent}]
    assert score(client, {"comments": comments})["results"][1]["id"] == answered


def test_evidence_and_units_come_only_if_asked_for(client: FlaskClient) -> None:
    answer = score(client, {"text": "silly", "explain": True})
    assert answer["results"] == [
        {
            "id": "1",
            **RESULT,
            "evidence": [
                {
                    "label": "abuse",
                    "begin": 0,
                    "end": 5,
                    "text": "silly",
                    "weight": 1.5,
                },
                {"label": "threat", "begin": 0, "end": 1, "text": "s", "weight": -1.0},
            ],
            "units": {
                "abuse": {"unit": [0, 5], "bias": -0.5, "logit": 1.0},
                "threat": {"unit": [0, 5], "bias": -1.0, "logit": -2.0},
            },
        }
    ]


def test_labels_restrict_scores_and_evidence_but_not_the_action(
    client: FlaskClient,
) -> None:
    request = {"text": "silly", "labels": ["threat", "insult"], "explain": True}
    assert score(client, request)["results"] == [
        {
            "id": "1",
            "scores": {"insult": 0.5, "threat": 0.125},
            "action": "review",
            "reasons": ["abuse"],
            "signals": {"obfuscated": False},
            "evidence": [
                {"label": "threat", "begin": 0, "end": 1, "text": "s", "weight": -1.0}
            ],
            "units": {"threat": {"unit": [0, 5], "bias": -1.0, "logit": -2.0}},
        }
    ]


def test_the_model_is_given_all_that_is_known_of_a_comment(
    client: FlaskClient, fake_scorer: Any
) -> None:
    comment = {
        "id": 5,
        "text": "no, you",
        "author": "Ann",
        "time": "yesterday",
        "thread": "t",
        "context": {"parent": "you", "article": "On buses"},
    }
    score(client, {"comments": [comment]})
    assert fake_scorer.given == [
        Comment("5", "no, you", "Ann", "yesterday", "t", parent_text="you")
    ]


def test_a_thousand_comments_fit_in_a_request(client: FlaskClient) -> None:
    comments = [{"text": "silly"}] * 1000
    assert len(score(client, {"comments": comments})["results"]) == 1000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a\x00b", id="NUL"),
        pytest.param("\x00", id="only NUL"),
        pytest.param("a\ud800b", id="lone surrogate"),
        pytest.param("\u200b", id="zero-width space"),
        pytest.param("دوست 🙂", id="beyond ASCII"),
        pytest.param("x" * 20_480, id="as long as can be"),
        pytest.param("é" * 10_240, id="as many bytes as can be"),
    ],
)
def test_unusual_text_is_scored_as_it_is(
    client: FlaskClient, fake_scorer: Any, text: str
) -> None:
    score(client, {"text": text})
    assert fake_scorer.given == [Comment("1", text)]


def test_a_lone_surrogate_comes_back_as_the_escape_it_came_as(
    client: FlaskClient,
) -> None:
    response = client.post("/v1/score", data=rb'{"text": "x", "id": "\ud800"}')
    assert response.data.decode("utf-8").count(r'"id": "\ud800"') == 1


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=utf-8", "application/x+json", None],
)
def test_a_body_of_json_may_say_so_or_say_nothing(
    client: FlaskClient, content_type: str | None
) -> None:
    body = json.dumps({"text": "silly"})
    response = client.post("/v1/score", data=body, content_type=content_type)
    assert response.status_code == 200


def test_a_byte_order_mark_is_passed_over(client: FlaskClient) -> None:
    response = client.post("/v1/score", data=b'\xef\xbb\xbf{"text": "silly"}')
    assert response.status_code == 200
