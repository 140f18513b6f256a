"""POST /v1/moderations, as OpenAI answers it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from serve.errors import ApiError
from serve.openai.envelope import envelope

IMAGE = {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}


def ask(client: FlaskClient, said: Any) -> Any:
    return client.post("/v1/moderations", json={"input": said, "model": "any"})


def test_a_result_has_every_category(client: FlaskClient) -> None:
    answer = ask(client, "silly").get_json()
    (result,) = answer["results"]
    assert answer["model"] == "fake-0123456789ab"
    assert result["flagged"] is True
    assert result["category_scores"] == {
        "harassment": 0.75,
        "harassment/threatening": 0.125,
        "hate": 0.03125,
        "hate/threatening": 0.03125,
        "illicit": 0.0,
        "illicit/violent": 0.0,
        "self-harm": 0.0,
        "self-harm/intent": 0.0,
        "self-harm/instructions": 0.0,
        "sexual": 0.0,
        "sexual/minors": 0.0,
        "violence": 0.125,
        "violence/graphic": 0.0,
    }
    assert [name for name, holds in result["categories"].items() if holds] == [
        "harassment"
    ]


def test_what_is_not_judged_says_so(client: FlaskClient) -> None:
    (result,) = ask(client, "silly").get_json()["results"]
    applied = result["category_applied_input_types"]
    assert [name for name, types in applied.items() if types] == [
        "harassment",
        "harassment/threatening",
        "hate",
        "hate/threatening",
        "violence",
    ]


def test_a_blank_text_is_judged_not_at_all(client: FlaskClient) -> None:
    (result,) = ask(client, [" "]).get_json()["results"]
    assert result["flagged"] is False
    assert not any(result["category_applied_input_types"].values())


def test_parts_have_one_result(client: FlaskClient, fake_scorer: Any) -> None:
    parts = [{"type": "text", "text": "a"}, IMAGE, {"type": "text", "text": "b"}]
    assert len(ask(client, parts).get_json()["results"]) == 1
    assert fake_scorer.given == ["a", "b"]


@pytest.mark.parametrize(
    ("said", "param", "code"),
    [
        (None, "input", "invalid_request"),
        ([], "input", "invalid_request"),
        (7, "input", "invalid_request"),
        ([1, 2], "input[0]", "invalid_request"),
        (["a", None], "input[0]", "invalid_request"),
        ([{"type": "text"}], "input[0].text", "invalid_request"),
        ([{"type": "sound"}], "input[0]", "invalid_request"),
        ([IMAGE], "input", "image_not_supported"),
        (["a"] * 1_001, "input", "invalid_request"),
        (["a", "ü" * 10_241], "input[1]", "text_too_long"),
    ],
)
def test_what_cannot_be_judged_is_named(
    client: FlaskClient, said: Any, param: str, code: str
) -> None:
    response = ask(client, said)
    error = response.get_json()["error"]
    assert response.status_code == 400
    assert (error["param"], error["code"], error["type"]) == (
        param,
        code,
        "invalid_request_error",
    )


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/moderations", 405), ("POST", "/v1/moderations/x", 404)],
)
def test_a_wrong_path_or_method_is_told_as_openai_does(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    response = client.open(path, method=method)
    assert response.status_code == status
    assert set(response.get_json()["error"]) == {"message", "type", "param", "code"}


@pytest.mark.parametrize(
    ("status", "code", "kind", "said"),
    [
        (401, "unknown_key", "invalid_request_error", "invalid_api_key"),
        (401, "missing_key", "invalid_request_error", "invalid_api_key"),
        (403, "wrong_scope", "permission_error", "insufficient_permissions"),
        (429, "rate_limited", "rate_limit_error", "rate_limit_exceeded"),
        (503, "store_down", "server_error", "store_down"),
    ],
)
def test_keys_and_limits_are_told_as_openai_does(
    client: FlaskClient, status: int, code: str, kind: str, said: str
) -> None:
    with client.application.app_context():
        response = envelope(ApiError(status, code, "why"))
    assert (response.status_code, response.get_json()["error"]) == (
        status,
        {"message": "why", "type": kind, "param": None, "code": said},
    )
