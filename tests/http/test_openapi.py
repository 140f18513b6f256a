"""The OpenAPI document: true of a running service, and readable without a script."""

import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from serve import create_app

QUICK = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described(service: Any) -> Any:
    """The document of a running service; words are sent with every judgement.

    Whether they must be depends on what is stored, which no schema can say.
    """
    schema = schemathesis.openapi.from_url(
        f"http://127.0.0.1:{service.port}/openapi.json"
    )

    @schema.hook("map_body")
    def send_words(context: Any, body: Any) -> Any:
        if context.operation.path == "/v1/feedback" and isinstance(body, dict):
            comment = body.get("comment")
            if isinstance(comment, dict) and comment.get("text") is None:
                comment["text"] = "words"
        return body

    return schema


# What takes no body forbids nothing.
OPERATIONS = [
    ("POST", "/v1/score", GenerationMode.POSITIVE),
    ("POST", "/v1/score", GenerationMode.NEGATIVE),
    ("POST", "/v1/feedback", GenerationMode.POSITIVE),
    ("POST", "/v1/feedback", GenerationMode.NEGATIVE),
    ("GET", "/v1/models", GenerationMode.POSITIVE),
    ("GET", "/v1/models/{version}", GenerationMode.POSITIVE),
]


def hold_to_document(operation: Any, mode: GenerationMode, examples: int) -> None:
    """Send what the document allows, or forbids, and look at each answer."""

    @settings(QUICK, max_examples=examples)
    @given(operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        case.call_and_validate()

    run()


@pytest.mark.parametrize(("method", "path", "mode"), OPERATIONS)
def test_the_service_does_what_its_document_says(
    described: Any, method: str, path: str, mode: GenerationMode
) -> None:
    hold_to_document(described[path][method], mode, examples=15)


@pytest.mark.long
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize(("method", "path", "mode"), OPERATIONS)
def test_the_service_does_what_its_document_says_at_length(
    described: Any, method: str, path: str, mode: GenerationMode
) -> None:
    hold_to_document(described[path][method], mode, examples=1_000)


def test_the_document_describes_the_native_api(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    assert {
        (path, method): list(operation["responses"])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    } == {
        ("/v1/feedback", "post"): [
            *("200", "201", "400", "401", "403", "404"),
            *("409", "413", "415", "429", "503"),
        ],
        ("/v1/models", "get"): ["200", "401", "403", "429", "503"],
        ("/v1/models/{version}", "get"): ["200", "401", "403", "404", "429", "503"],
        ("/v1/score", "post"): ["200", "400", "401", "403", "413", "415", "429", "503"],
    }


@pytest.mark.parametrize(
    ("host", "has_free_entry"),
    [
        pytest.param("127.0.0.1", True, id="loopback"),
        pytest.param("192.0.2.1", False, id="beyond"),
    ],
)
def test_the_document_says_whether_a_key_is_needed(
    fake_scorer: Any, tmp_path: Path, host: str, has_free_entry: bool
) -> None:
    app = create_app({"instance": tmp_path, "host": host}, scorer=fake_scorer)
    document = app.test_client().get("/openapi.json").get_json()
    security = document["paths"]["/v1/score"]["post"]["security"]
    assert ({} in security) == has_free_entry
    assert [*security[-3:]] == [{"bearer": []}, {"header": []}, {"query": []}]


def test_the_page_shows_every_operation_and_message(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    page = client.get("/docs").get_data(as_text=True)
    missing = [
        name
        for name in (*document["paths"], *document["components"]["schemas"])
        if name not in page
    ]
    assert missing == []


def test_the_page_runs_nothing_and_loads_nothing(client: FlaskClient) -> None:
    response = client.get("/docs")
    page = response.get_data(as_text=True)
    assert re.findall(r"<script|<link|<img|https?://|@import|url\(|style=", page) == []
    assert response.headers["Content-Security-Policy"].startswith(
        "default-src 'none'; style-src 'sha256-"
    )


def test_the_models_that_score_are_listed(client: FlaskClient) -> None:
    model = {"name": "fake", "version": "0123456789ab"}
    assert client.get("/v1/models").get_json() == {"models": [model]}


def test_a_model_shows_its_card(scorer: Any, artefact: Path) -> None:
    client = create_app({"model": artefact}).test_client()
    answer = client.get(f"/v1/models/{scorer.version}").get_json()
    assert (answer["version"], answer["card"]["labels"]) == (
        scorer.version,
        list(scorer.labels),
    )


def test_a_version_that_does_not_score_is_none(client: FlaskClient) -> None:
    response = client.get("/v1/models/abc")
    message = "no model of that version scores here; 0123456789ab does"
    error = {"code": "unknown_model", "message": message, "details": []}
    assert (response.status_code, response.get_json()) == (404, {"error": error})
