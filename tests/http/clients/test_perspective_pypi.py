"""The package ``perspective`` on PyPI."""

import json
from collections.abc import Callable
from importlib.metadata import version
from typing import Any
from urllib.error import HTTPError

import pytest
from perspective import PerspectiveAPI

CLIENT = f"perspective (PyPI) {version('perspective')}"
POINTED = "`client.api_client.url`"

TEXT = "What a silly answer, you clown."


@pytest.fixture
def client(gavel_url: str) -> Any:
    client = PerspectiveAPI("any-key")
    client.api_client.url = f"{gavel_url}/v1alpha1/{{endpoint}}"
    return client


def test_scores_are_answered(
    client: Any, expected: Callable[[str, str], float]
) -> None:
    assert client.score(TEXT, ["TOXICITY", "INSULT"]) == {
        "TOXICITY": expected(TEXT, "abuse"),
        "INSULT": expected(TEXT, "insult"),
    }


def test_all_that_it_can_send_is_understood(client: Any) -> None:
    answer = client.analyze_comment(
        f"{TEXT} And here is another one.",
        comment_type="PLAIN_TEXT",
        context=[{"text": "What do you say?", "type": "PLAIN_TEXT"}],
        requested_attributes={
            "TOXICITY": {"scoreType": "PROBABILITY", "scoreThreshold": 0.0},
            "THREAT": {"scoreType": "PROBABILITY", "scoreThreshold": 1.0},
        },
        span_annotations=True,
        languages=["en"],
        do_not_store=True,
        client_token="token",  # noqa: S106 - Perspective's word for an echo
        session_id="session",
        community_id="community",
    )
    spans = answer["attributeScores"]["TOXICITY"]["spanScores"]
    assert [(span["begin"], span["end"]) for span in spans] == [(0, 31), (32, 56)]
    assert list(answer["attributeScores"]) == ["TOXICITY"]
    assert answer["clientToken"] == "token"


def test_a_suggestion_is_taken(client: Any) -> None:
    scores = {"TOXICITY": {"summaryScore": {"value": 0.9, "type": "PROBABILITY"}}}
    assert client.suggest_score(TEXT, scores, community_id="ours") == {
        "requestedLanguages": [],
        "detectedLanguages": ["en"],
    }


def test_an_error_is_json(client: Any) -> None:
    with pytest.raises(HTTPError) as caught:
        client.score("")
    with caught.value as answer:
        error = json.load(answer)["error"]
    assert error["message"] == "Comment must be non-empty."
