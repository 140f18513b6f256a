"""What every path answers when something is wrong."""

import logging
from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient

from labels.comments import Comment
from model.scorer import Score
from serve import create_app


class BrokenScorer:
    """Fails with a message that quotes the comment, as library errors may."""

    name = "broken"
    version = "0"

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        raise RuntimeError(f"cannot score {comments} ({explain})")


@pytest.fixture
def broken() -> FlaskClient:
    return create_app({}, scorer=BrokenScorer()).test_client()


def test_an_unknown_path_says_where_to_go(client: FlaskClient) -> None:
    response = client.get("/v1/scores")
    error = {
        "code": "not_found",
        "message": "there is nothing at /v1/scores; POST comments to /v1/score",
        "details": [],
    }
    assert (response.status_code, response.get_json()) == (404, {"error": error})


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    response = client.get("/v1/score")
    error = {
        "code": "method_not_allowed",
        "message": "/v1/score does not answer GET; use OPTIONS, POST",
        "details": [],
    }
    assert (response.status_code, response.get_json()) == (405, {"error": error})


def test_a_wrong_method_is_told_the_right_ones_in_the_header(
    client: FlaskClient,
) -> None:
    assert client.get("/v1/score").headers["Allow"] == "OPTIONS, POST"


def test_an_unexpected_error_tells_the_client_nothing_of_itself(
    broken: FlaskClient,
) -> None:
    response = broken.post("/v1/score", json={"text": "private words"})
    error = {
        "code": "internal_error",
        "message": "the service failed; its log says more, or try again",
        "details": [],
    }
    assert (response.status_code, response.get_json()) == (500, {"error": error})


def test_an_unexpected_error_is_logged_with_its_type_and_origin(
    broken: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    broken.post("/v1/score", json={"text": "private words"})
    assert caplog.messages[0].splitlines()[0] == (
        "api.answer_score failed with RuntimeError"
    )
    assert "in score\n" in caplog.messages[0]


def test_no_log_holds_the_text_of_a_comment(
    broken: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    broken.post("/v1/score", json={"text": "private words"})
    assert "private words" not in caplog.text


def test_a_model_that_cannot_score_is_not_ready(broken: FlaskClient) -> None:
    response = broken.get("/readyz")
    assert (response.status_code, response.get_json()) == (
        503,
        {"status": "unavailable", "checks": {"model": "failed", "store": "ok"}},
    )


def test_a_model_that_cannot_score_lives(broken: FlaskClient) -> None:
    assert broken.get("/healthz").status_code == 200
