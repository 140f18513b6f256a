"""comments:suggestscore, which feeds the store that feedback feeds."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from labels.schema import LABELS
from labels.store_feedback import id_for_text
from labels.store_tables import feedback


def suggest(client: FlaskClient, scores: Any, **more: Any) -> TestResponse:
    attributes = {name: {"summaryScore": {"value": v}} for name, v in scores.items()}
    body = {"comment": {"text": "you clod"}, "attributeScores": attributes}
    return client.post("/v1alpha1/comments:suggestscore", json={**body, **more})


def test_what_coral_sends_is_kept_as_feedback(
    app: Flask, client: FlaskClient, rows_of: Any
) -> None:
    response = suggest(
        client,
        {"TOXICITY": 1},
        languages=["en"],
        context={"entries": [{"text": '{"url":"https://example.org"}'}]},
        communityId="Coral:https://example.org",
        clientToken="comment:a1",
    )
    (row,) = rows_of(app, feedback)
    assert response.get_json() == {
        "clientToken": "comment:a1",
        "requestedLanguages": ["en"],
        "detectedLanguages": ["en"],
    }
    assert {name: row[name] for name in ("comment_id", "text", *LABELS)} == {
        "comment_id": "comment:a1",
        "text": "you clod",
        **dict.fromkeys(LABELS),
        "abuse": 1,
    }
    assert (row["annotator"], row["source"], row["parent_text"]) == (
        "Coral:https://example.org",
        "suggestscore",
        None,
    )


def test_from_one_half_on_a_label_holds(
    app: Flask, client: FlaskClient, rows_of: Any
) -> None:
    suggest(client, {"TOXICITY": 0.5, "THREAT@2": 0.49, "INSULT_EXPERIMENTAL": 0})
    (row,) = rows_of(app, feedback)
    assert (row["abuse"], row["threat"], row["insult"]) == (1, 0, 0)


def test_the_score_of_a_span_counts_where_there_is_none_of_the_whole(
    app: Flask, client: FlaskClient, rows_of: Any
) -> None:
    spans = [{"begin": 0, "end": 3, "score": {"value": v}} for v in (0.1, 0.9)]
    suggest(client, {}, attributeScores={"THREAT": {"spanScores": spans}})
    assert [row["threat"] for row in rows_of(app, feedback)] == [1]


@pytest.mark.parametrize("token", [None, "my-app"])
def test_a_token_that_names_no_comment_is_not_taken_for_an_id(
    app: Flask, client: FlaskClient, rows_of: Any, token: str | None
) -> None:
    suggest(client, {"TOXICITY": 0}, clientToken=token)
    (row,) = rows_of(app, feedback)
    assert row["comment_id"] == id_for_text("you clod")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"comment": {"text": ""}}, "Comment must be non-empty."),
        ({"attributeScores": {}}, "Missing attribute_scores"),
        ({"attributeScores": {"SPAM": {}}}, "Unknown requested attribute: SPAM"),
        (
            {"attributeScores": {"TOXICITY": {}}},
            "Invalid value at 'attributeScores.TOXICITY': it needs a summaryScore with "
            "a value",
        ),
        (
            {"attributeScores": {"TOXICITY": {"summaryScore": {"value": 2}}}},
            "Invalid value at 'attributeScores.TOXICITY.summaryScore.value': Input "
            "should be less than or equal to 1",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_kept(
    app: Flask, client: FlaskClient, rows_of: Any, body: Any, message: str
) -> None:
    response = suggest(client, {"TOXICITY": 1}, **body)
    assert (response.status_code, response.get_json()["error"]["message"]) == (
        400,
        message,
    )
    assert rows_of(app, feedback) == []
