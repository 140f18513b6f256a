"""POST /v1/feedback: what is kept, and that it is kept once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from labels.codebook import read_codebook
from labels.schema import LABELS
from labels.store_tables import feedback
from serve import create_app
from serve.storage import store_of

SAID: dict[str, Any] = {
    "comment": {"id": "c1", "text": "you clod", "author": "Ann"},
    "labels": {"abuse": 1, "threat": 0},
    "decision": "remove",
    "annotator": "moderator 7",
    "model_version": "0123456789ab",
}


@pytest.fixture
def app(fake_scorer: Any, tmp_path: Path) -> Iterator[Flask]:
    settings = {"instance": tmp_path, "store_comments": "1"}
    app = create_app(settings, scorer=fake_scorer)
    yield app
    store_of(app).close()


def rows(app: Flask) -> list[dict[str, Any]]:
    with store_of(app).reading() as connection:
        found = connection.execute(select(feedback).order_by(feedback.c.id))
        return [dict(row) for row in found.mappings()]


def test_a_judgement_is_kept_with_who_when_and_by_which_codebook(
    app: Flask, client: FlaskClient
) -> None:
    response = client.post("/v1/feedback", json=SAID)
    (row,) = rows(app)
    moment = row.pop("created_at")
    assert (response.status_code, response.get_json()) == (201, {"id": "1"})
    assert row == {
        "id": 1,
        "comment_id": "c1",
        "text": "you clod",
        "author": "Ann",
        "parent_text": None,
        **dict.fromkeys(LABELS),
        "abuse": 1,
        "threat": 0,
        "decision": "remove",
        "rule": None,
        "annotator": "moderator 7",
        "key_id": None,
        "source": "feedback",
        "codebook_version": read_codebook().version,
        "model_version": "0123456789ab",
        "idempotency_owner": None,
        "idempotency_key": None,
        "request_sha256": None,
    }
    assert moment.utcoffset().total_seconds() == 0


def test_a_repeated_request_is_kept_once(app: Flask, client: FlaskClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    first = client.post("/v1/feedback", json=SAID, headers=headers)
    second = client.post("/v1/feedback", json=SAID, headers=headers)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json() == {"id": "1"}
    assert len(rows(app)) == 1


def test_another_body_under_the_same_key_is_a_conflict(client: FlaskClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    client.post("/v1/feedback", json=SAID, headers=headers)
    response = client.post(
        "/v1/feedback", json={**SAID, "decision": "approve"}, headers=headers
    )
    assert response.status_code == 409
    assert response.get_json()["error"]["code"] == "idempotency_conflict"


def test_without_a_key_each_request_counts(client: FlaskClient) -> None:
    answers = [client.post("/v1/feedback", json=SAID).get_json() for _ in range(2)]
    assert answers == [{"id": "1"}, {"id": "2"}]


def test_words_that_are_stored_need_not_be_sent(
    app: Flask, client: FlaskClient
) -> None:
    comment = {"id": 7, "text": "you clod", "author": "Ann", "store": True}
    client.post("/v1/score", json=comment)
    said = {"comment": {"id": 7}, "labels": {"abuse": 1}}
    response = client.post("/v1/feedback", json=said)
    (row,) = rows(app)
    assert response.status_code == 201
    assert (row["text"], row["author"]) == ("you clod", "Ann")
    assert row["model_version"] == "0123456789ab"


def test_words_that_are_not_stored_must_be_sent(client: FlaskClient) -> None:
    response = client.post(
        "/v1/feedback", json={"comment": {"id": "c9"}, "labels": {"abuse": 1}}
    )
    message = (
        "comment.text is missing, and no comment is stored under this id; send the text"
    )
    error = {
        "code": "unknown_comment",
        "message": message,
        "details": [{"field": "comment.text", "message": message}],
    }
    assert (response.status_code, response.get_json()) == (404, {"error": error})


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        pytest.param(
            {"labels": {"abuse": 2}},
            {"labels": "labels has abuse, which must be 0 or 1"},
            id="a label of 2",
        ),
        pytest.param(
            {"labels": {"abuse": True}},
            {"labels": "labels has abuse, which must be 0 or 1"},
            id="a label that is a truth value",
        ),
        pytest.param(
            {"labels": {"rude": 1}},
            {"labels": f"labels has 'rude'; there are {', '.join(LABELS)}"},
            id="unknown label",
        ),
        pytest.param(
            {"labels": [1]},
            {"labels": "labels must be an object of labels and 0 or 1"},
            id="labels is a list",
        ),
        pytest.param(
            {"labels": {}, "decision": None},
            {"": "the body has neither labels nor a decision; send one of them"},
            id="nothing said",
        ),
        pytest.param(
            {"decision": "burn"},
            {"decision": "decision must be 'approve', 'remove' or 'skip'"},
            id="unknown decision",
        ),
        pytest.param(
            {"comment": {"text": "x"}},
            {"comment.id": "comment.id is missing"},
            id="no id",
        ),
        pytest.param(
            {"comment": {"id": "", "text": "x"}},
            {
                "comment.id": "comment.id is empty, longer than 500 characters, or "
                "holds a NUL or a lone surrogate; nothing could find it again"
            },
            id="empty id",
        ),
        pytest.param(
            {"comment": {"id": "c1", "text": " "}},
            {"comment.text": "comment.text is blank; there is nothing to score"},
            id="blank text",
        ),
        pytest.param(
            {"annotater": "x"},
            {"annotater": "annotater is no field here; did you mean annotator?"},
            id="misspelt field",
        ),
        pytest.param(
            {"text": "x"},
            {"text": "text is no field here; did you mean comment.text?"},
            id="text outside the comment",
        ),
        pytest.param(
            {"model_version": "v" * 65},
            {
                "model_version": "model_version has 65 characters; send the version "
                "that came with the scores"
            },
            id="a version that is none",
        ),
    ],
)
def test_every_fault_is_named(
    client: FlaskClient, changed: dict[str, Any], faults: dict[str, str]
) -> None:
    response = client.post("/v1/feedback", json=SAID | changed)
    error = {
        "code": "invalid_request",
        "message": "; ".join(faults.values()),
        "details": [
            {"field": field, "message": message} for field, message in faults.items()
        ],
    }
    assert (response.status_code, response.get_json()) == (400, {"error": error})


def test_a_rule_must_be_one_of_the_codebook(client: FlaskClient) -> None:
    response = client.post("/v1/feedback", json=SAID | {"rule": "Z9"})
    assert response.get_json()["error"]["message"].startswith(
        "rule is no rule of the codebook; there are A1, "
    )


@pytest.mark.parametrize("body", ["[]", "3", "null", '"x"'])
def test_a_body_that_is_no_object_is_refused(client: FlaskClient, body: str) -> None:
    response = client.post("/v1/feedback", data=body, content_type="application/json")
    assert response.status_code == 400
    assert response.get_json()["error"]["message"] == "the body must be an object"


@pytest.mark.parametrize(
    "key", [pytest.param("x" * 201, id="long"), pytest.param("a b", id="odd")]
)
def test_an_idempotency_key_that_cannot_be_kept_is_refused(
    client: FlaskClient, key: str
) -> None:
    response = client.post("/v1/feedback", json=SAID, headers={"Idempotency-Key": key})
    assert response.status_code == 400
    assert response.get_json()["error"]["details"][0]["field"] == "Idempotency-Key"


def test_words_that_no_database_holds_are_kept_all_the_same(
    app: Flask, client: FlaskClient
) -> None:
    said = SAID | {"comment": {"id": "c1", "text": "a\x00b\ud800c"}}
    response = client.post("/v1/feedback", json=said)
    assert response.status_code == 201
    assert rows(app)[0]["text"] == "a\ufffdb\ufffdc"


def test_no_comment_is_stored_unless_the_request_says_so(
    client: FlaskClient,
) -> None:
    client.post("/v1/score", json={"id": "c1", "text": "you clod"})
    said = {"comment": {"id": "c1"}, "labels": {"abuse": 1}}
    assert client.post("/v1/feedback", json=said).status_code == 404


def test_no_comment_is_stored_unless_the_operator_says_so(
    fake_scorer: Any, tmp_path: Path
) -> None:
    client = create_app({"instance": tmp_path}, scorer=fake_scorer).test_client()
    client.post("/v1/score", json={"id": "c1", "text": "you clod", "store": True})
    said = {"comment": {"id": "c1"}, "labels": {"abuse": 1}}
    assert client.post("/v1/feedback", json=said).status_code == 404
