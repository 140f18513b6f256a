"""Every error on Perspective's paths, in Google's envelope."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from serve import create_app
from serve.errors import ApiError
from serve.perspective.envelope import envelope

Ask = Callable[..., TestResponse]

KIND = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"


UNREAD = "Invalid JSON payload received."


def refused(message: str, error_type: str, **more: Any) -> dict[str, Any]:
    detail = {"@type": KIND, "errorType": error_type, **more}
    error = {"code": 400, "message": message, "status": "INVALID_ARGUMENT"}
    return {"error": {**error, "details": [detail]}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            {"comment": {"text": " \n"}},
            refused("Comment must be non-empty.", "COMMENT_EMPTY"),
            id="blank",
        ),
        pytest.param(
            {"comment": None},
            refused("Comment must be non-empty.", "COMMENT_EMPTY"),
            id="no comment",
        ),
        pytest.param(
            {"comment": {"text": "ü" * 10_241}},
            refused("Comment text too long.", "COMMENT_TOO_LONG"),
            id="too long in bytes",
        ),
        pytest.param(
            {"requestedAttributes": {}},
            refused("Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES"),
            id="no attributes",
        ),
        pytest.param(
            {"requestedAttributes": {"TOXICITY": {}, "FLIRTATION": {}}},
            refused("Unknown requested attribute: FLIRTATION", "INVALID_REQUEST"),
            id="unknown attribute",
        ),
        pytest.param(
            {"requestedAttributes": {"TOXICITY": {"scoreType": "STD_DEV_SCORE"}}},
            refused(
                "Requested score type STD_DEV_SCORE is not supported by attribute "
                "TOXICITY",
                "INVALID_REQUEST",
            ),
            id="score type",
        ),
        pytest.param(
            {"comment": {"text": "<b>hi</b>", "type": "HTML"}},
            refused(
                "Currently, only 'PLAIN_TEXT' comments are supported",
                "INVALID_REQUEST",
            ),
            id="text type",
        ),
        pytest.param(
            {
                "context": {
                    "entries": [{"text": "a"}],
                    "articleAndParentComment": {"article": {"text": "b"}},
                }
            },
            refused(
                "Context can have either entries or article_and_parent_comment, but "
                "both fields were populated.",
                "INVALID_REQUEST",
            ),
            id="both contexts",
        ),
        pytest.param(
            {"languages": ["en", "de"]},
            refused(
                "Attribute TOXICITY does not support request languages: de",
                "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
                languageNotSupportedByAttributeError={
                    "requestedLanguages": ["de"],
                    "attribute": "TOXICITY",
                },
            ),
            id="language",
        ),
        pytest.param(
            {
                "comment": {"text": "one two three four.\n" * 1_000},
                "requestedAttributes": {
                    f"THREAT@{number}": {} for number in range(101)
                },
                "spanAnnotations": True,
            },
            refused(
                "The answer would hold more than 100,000 scores; ask for fewer attri"
                "butes, or without spanAnnotations, or send fewer comments at once",
                "INVALID_REQUEST",
            ),
            id="an answer without end",
        ),
    ],
)
def test_what_perspective_refuses_is_refused_in_its_words(
    analyze: Ask, body: dict[str, Any], expected: dict[str, Any]
) -> None:
    response = analyze(**body)
    assert (response.status_code, response.get_json()) == (400, expected)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "nonsense {",
            f"{UNREAD} Expecting value: line 1 column 1",
        ),
        ("[]", f"{UNREAD} The body must be an object"),
        (b"\xff", f"{UNREAD} Byte 0 of the body is not UTF-8"),
        (
            '{"a": NaN}',
            f"{UNREAD} Infinity and NaN are no JSON values",
        ),
        ("[" * 40, f"{UNREAD} The body nests too deep"),
        ("{a:" * 40, f"{UNREAD} The body nests too deep"),
        (
            '{"comment": {"txt": "a"}}',
            f"{UNREAD} Unknown name \"txt\" at 'comment': Cannot find field.",
        ),
        ('{"comment": {"text": 7}}', "Invalid value at 'comment.text': it must be a"),
        (
            '{"comment": {"text": "a"}, "requestedAttributes": {"T": {"scoreThreshold"'
            ": 1e999}}}",
            "Invalid value at 'requestedAttributes.T.scoreThreshold'",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    client: FlaskClient, body: str | bytes, message: str
) -> None:
    response = client.post("/v1alpha1/comments:analyze", data=body)
    error = response.get_json()["error"]
    assert error["message"][: len(message)] == message
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    ("method", "path", "code", "status"),
    [
        ("GET", "/v1alpha1/comments:analyze", 405, "UNIMPLEMENTED"),
        ("POST", "/v1alpha1/comments:score", 404, "NOT_FOUND"),
        ("POST", "/comments:score", 404, "NOT_FOUND"),
        ("GET", "/batch", 405, "UNIMPLEMENTED"),
        ("GET", "/$discovery/rest?version=v1", 404, "NOT_FOUND"),
    ],
)
def test_a_wrong_path_or_method_is_told_in_the_same_envelope(
    client: FlaskClient, method: str, path: str, code: int, status: str
) -> None:
    error = client.open(path, method=method).get_json()["error"]
    assert (error["code"], error["status"]) == (code, status)


def test_a_body_too_large_is_told_in_the_same_envelope(make_app: Any) -> None:
    client = make_app(max_body_bytes=2_000).test_client()
    error = client.post("/v1alpha1/comments:analyze", data=b"x" * 3_000).get_json()
    assert (error["error"]["code"], error["error"]["status"]) == (
        413,
        "INVALID_ARGUMENT",
    )


class BrokenScorer:
    """Fails whatever it is given."""

    name = "broken"
    version = "0"

    def score(self, comments: Any, *, explain: bool = False) -> Any:
        raise RuntimeError(f"cannot score {comments} ({explain})")


def test_a_failure_of_ours_is_told_in_the_same_envelope(tmp_path: Any) -> None:
    app = create_app({"instance": tmp_path}, scorer=BrokenScorer())
    body = {"comment": {"text": "private words"}, "requestedAttributes": {"INSULT": {}}}
    response = app.test_client().post("/v1alpha1/comments:analyze", json=body)
    assert (response.status_code, response.get_json()["error"]["status"]) == (
        500,
        "INTERNAL",
    )
    assert "private words" not in response.get_data(as_text=True)


@pytest.fixture
def in_context(client: FlaskClient) -> Any:
    with client.application.app_context():
        yield


@pytest.mark.usefixtures("in_context")
def test_an_unknown_key_is_told_as_google_does() -> None:
    response = envelope(ApiError(401, "unknown_key", "this key is unknown"))
    error = response.get_json()["error"]
    assert (response.status_code, error["message"]) == (
        400,
        "API key not valid. Please pass a valid API key.",
    )
    assert error["details"][0]["reason"] == "API_KEY_INVALID"


@pytest.mark.usefixtures("in_context")
def test_no_key_is_told_as_google_does() -> None:
    error = envelope(ApiError(401, "missing_key", "no key")).get_json()["error"]
    assert (error["code"], error["status"]) == (403, "PERMISSION_DENIED")


@pytest.mark.usefixtures("in_context")
def test_a_limit_that_is_reached_is_told_as_google_does() -> None:
    limited = ApiError(429, "rate_limited", "slow down", headers={"Retry-After": "1"})
    error = envelope(limited).get_json()["error"]
    assert (error["code"], error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["message"].startswith(
        "Quota exceeded for quota metric 'Analysis requests (AnalyzeComment)'"
    )
    assert error["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"
