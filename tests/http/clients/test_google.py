"""Google's own client for Python, which Perspective's documents tell users to take."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

import pytest
from googleapiclient.discovery import build, build_from_document
from googleapiclient.errors import HttpError

CLIENT = f"google-api-python-client {version('google-api-python-client')}"
POINTED = "`discoveryServiceUrl`, or `build_from_document`"

Expected = Callable[[str, str], float]

TEXT = "What a silly answer, you clown."


@pytest.fixture
def client(gavel_url: str) -> Iterator[Any]:
    with build(
        "commentanalyzer",
        "v1alpha1",
        developerKey="any-key",
        discoveryServiceUrl=f"{gavel_url}/$discovery/rest?version=v1alpha1",
        static_discovery=False,
    ) as client:
        yield client


@pytest.fixture
def comments(client: Any) -> Iterator[Any]:
    with client.comments() as comments:
        yield comments


def _asking(text: str, *attributes: str, **more: Any) -> dict[str, Any]:
    return {
        "comment": {"text": text},
        "requestedAttributes": {name: {} for name in attributes},
        **more,
    }


def test_analyze_is_answered(comments: Any, expected: Expected) -> None:
    answer = comments.analyze(body=_asking(TEXT, "TOXICITY", "THREAT@2")).execute()
    scores = {
        name: {"value": expected(TEXT, label), "type": "PROBABILITY"}
        for name, label in (("TOXICITY", "abuse"), ("THREAT@2", "threat"))
    }
    assert answer == {
        "attributeScores": {
            name: {
                "summaryScore": score,
                "spanScores": [{"begin": 0, "end": len(TEXT), "score": score}],
            }
            for name, score in scores.items()
        },
        "languages": ["en"],
        "detectedLanguages": ["en"],
    }


def test_a_document_that_was_saved_works_with_another_address(
    gavel_url: str, expected: Expected
) -> None:
    address = f"{gavel_url}/$discovery/rest?version=v1alpha1"
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own
        document = json.load(answer)
    elsewhere = document | {"rootUrl": "http://elsewhere.invalid/"}
    with build_from_document(
        elsewhere, developerKey="k", client_options={"api_endpoint": gavel_url}
    ) as client:
        call = client.comments().analyze(body=_asking(TEXT, "TOXICITY"))
        answer = call.execute()
    score = answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"]
    assert score == expected(TEXT, "abuse")


def test_suggestscore_is_taken(comments: Any) -> None:
    body = {
        "comment": {"text": TEXT},
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
        "languages": ["en"],
        "clientToken": "comment:17",
    }
    assert comments.suggestscore(body=body).execute() == {
        "clientToken": "comment:17",
        "requestedLanguages": ["en"],
        "detectedLanguages": ["en"],
    }


@pytest.mark.parametrize(
    ("body", "message", "kind"),
    [
        pytest.param(
            _asking("", "TOXICITY"),
            "Comment must be non-empty.",
            "COMMENT_EMPTY",
            id="no text",
        ),
        pytest.param(
            _asking(TEXT),
            "Missing requested_attributes",
            "NO_REQUESTED_ATTRIBUTES",
            id="no attributes",
        ),
        pytest.param(
            _asking("a" * 20_481, "TOXICITY"),
            "Comment text too long.",
            "COMMENT_TOO_LONG",
            id="too long",
        ),
        pytest.param(
            _asking(TEXT, "TOXICITY", languages=["de"]),
            "Attribute TOXICITY does not support request languages: de",
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
            id="another language",
        ),
    ],
)
def test_an_error_has_its_message_and_its_type(
    comments: Any, body: dict[str, Any], message: str, kind: str
) -> None:
    with pytest.raises(HttpError) as caught:
        comments.analyze(body=body).execute()
    error = caught.value
    assert (error.status_code, error.reason) == (400, message)
    assert error.error_details[0]["errorType"] == kind


def test_a_batch_is_answered_under_the_ids_of_its_requests(
    client: Any, comments: Any, expected: Expected
) -> None:
    # HELM's ids are the texts themselves; the client folds the lines that hold them.
    long = "🙂 A long answer,\nwith + and <signs>. " * 500
    texts = [f"{TEXT} {i}" for i in range(9)] + [long]
    answers: dict[str, float] = {}

    def note(request_id: str, answer: Any, error: HttpError | None) -> None:
        assert error is None
        answers[request_id] = answer["attributeScores"]["TOXICITY"]["summaryScore"][
            "value"
        ]

    batch = client.new_batch_http_request(callback=note)
    for text in texts:
        asked = _asking(text, "TOXICITY", languages=["en"], spanAnnotations=True)
        batch.add(comments.analyze(body=asked), request_id=text)
    batch.execute()
    assert answers == {text: expected(text, "abuse") for text in texts}


def test_an_error_in_a_batch_costs_only_its_own_request(
    client: Any, comments: Any
) -> None:
    outcomes: dict[str, Any] = {}

    def note(request_id: str, answer: Any, error: HttpError | None) -> None:
        outcomes[request_id] = error.reason if error else sorted(answer)

    batch = client.new_batch_http_request(callback=note)
    for request_id, call in {
        "good": comments.analyze(body=_asking(TEXT, "TOXICITY")),
        "blank": comments.analyze(body=_asking(" ", "TOXICITY")),
        "taken": comments.suggestscore(
            body={
                "comment": {"text": TEXT},
                "attributeScores": {"INSULT": {"summaryScore": {"value": 0}}},
            }
        ),
    }.items():
        batch.add(call, request_id=request_id)
    batch.execute()
    assert outcomes == {
        "good": ["attributeScores", "detectedLanguages", "languages"],
        "blank": "Comment must be non-empty.",
        "taken": ["detectedLanguages", "requestedLanguages"],
    }


def test_a_batch_of_a_thousand_is_answered(client: Any, comments: Any) -> None:
    errors: list[HttpError | None] = []
    batch = client.new_batch_http_request(
        callback=lambda _id, _answer, error: errors.append(error)
    )
    call = comments.analyze(body=_asking(TEXT, "TOXICITY"))
    for _ in range(1_000):
        batch.add(call)
    batch.execute()
    assert errors == [None] * 1_000
