"""POST /v1/score: comments that cannot be scored, among others that can."""

from typing import Any

import pytest
from flask.testing import FlaskClient


def score(client: FlaskClient, comments: list[object]) -> Any:
    """Return the results of a request, without the scores of those that have some."""
    response = client.post("/v1/score", json={"comments": comments})
    assert response.status_code == 200
    return [
        result if "error" in result else result["id"]
        for result in response.get_json()["results"]
    ]


@pytest.mark.parametrize(
    ("comment", "code", "message"),
    [
        pytest.param({}, "missing_text", "text is missing or null", id="no text"),
        pytest.param(
            {"text": None},
            "missing_text",
            "text is missing or null",
            id="text is null",
        ),
        pytest.param(
            {"text": 5}, "invalid_text", "text must be a string", id="text is a number"
        ),
        pytest.param(
            {"text": ""},
            "empty_text",
            "text is blank; there is nothing to score",
            id="empty",
        ),
        pytest.param(
            {"text": " \n\t\u00a0"},
            "empty_text",
            "text is blank; there is nothing to score",
            id="white space",
        ),
        pytest.param(
            {"text": "x" * 20_481},
            "text_too_long",
            "text is 20,481 bytes of UTF-8; send at most 20,480",
            id="a byte too long",
        ),
        pytest.param(
            {"text": "é" * 10_241},
            "text_too_long",
            "text is 20,482 bytes of UTF-8; send at most 20,480",
            id="two bytes too long",
        ),
        pytest.param(
            {"text": "x", "context": {"parent": "y" * 20_481}},
            "text_too_long",
            "context.parent is 20,481 bytes of UTF-8; send at most 20,480",
            id="parent too long",
        ),
        pytest.param(
            {"text": "x", "author": 5},
            "invalid_comment",
            "author must be a string",
            id="author is a number",
        ),
        pytest.param(
            {"text": "x", "context": "y"},
            "invalid_comment",
            "context must be an object",
            id="context is a string",
        ),
        pytest.param(
            {"text": "x", "contxt": {}},
            "invalid_comment",
            "contxt is no field here; did you mean context?",
            id="misspelt field",
        ),
        pytest.param(
            {"text": "x", "parent": "y"},
            "invalid_comment",
            "parent is no field here; did you mean context.parent?",
            id="field out of place",
        ),
        pytest.param(
            {"text": "x", "zzz": 1},
            "invalid_comment",
            "zzz is no field here; leave it out",
            id="unknown field",
        ),
        pytest.param(
            {"text": "x", "\ud800": 1},
            "invalid_comment",
            "the comment has a field whose name is not Unicode text",
            id="field with a surrogate",
        ),
        pytest.param(
            {"text": "", "author": 5},
            "empty_text",
            "text is blank; there is nothing to score; author must be a string",
            id="two faults",
        ),
        pytest.param(
            "just words",
            "invalid_comment",
            "the comment must be an object",
            id="not an object",
        ),
    ],
)
def test_a_comment_that_fails_says_why_and_costs_the_others_nothing(
    client: FlaskClient, comment: object, code: str, message: str
) -> None:
    results = score(client, [{"text": "before"}, comment, {"text": "after"}])
    assert results == [
        "1",
        {"id": "2", "error": {"code": code, "message": message}},
        "3",
    ]


@pytest.mark.parametrize(
    "bad_id",
    [
        pytest.param(True, id="a truth value"),
        pytest.param(1.5, id="a fraction"),
        pytest.param(["a"], id="a list"),
        pytest.param({"a": 1}, id="an object"),
    ],
)
def test_a_comment_with_an_unusable_id_is_named_by_its_place(
    client: FlaskClient, bad_id: object
) -> None:
    problem = {
        "code": "invalid_id",
        "message": "id must be a string or a whole number",
    }
    results = score(client, [{"text": "x", "id": bad_id}])
    assert results == [{"id": "1", "error": problem}]


def test_a_comment_that_fails_keeps_its_id(client: FlaskClient) -> None:
    results = score(client, [{"text": "", "id": 7}])
    assert results[0]["id"] == 7
