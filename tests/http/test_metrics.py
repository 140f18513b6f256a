"""GET /metrics, request ids, and what the log says of a request."""

import json
import logging
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from serve.logs import JsonFormatter, UtcFormatter


def samples(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(text: str, name: str, **labels: str) -> float:
    return samples(text)[name, frozenset(labels.items())]


def test_requests_are_counted_by_endpoint_dialect_and_status(
    client: FlaskClient,
) -> None:
    for body in ('{"text": "silly"}', "{}", '{"text": "silly"}'):
        client.post("/v1/score", data=body)
    text = client.get("/metrics").text
    route = {"endpoint": "/v1/score", "dialect": "native"}
    assert value(text, "gavel_http_requests_total", **route, status="200") == 2
    assert value(text, "gavel_http_requests_total", **route, status="400") == 1
    assert value(text, "gavel_http_request_seconds_count", **route, status="2xx") == 2


def test_comments_are_counted_by_action_and_label(client: FlaskClient) -> None:
    client.post("/v1/score", json={"comments": [{"text": "a"}, {"text": "b"}]})
    text = client.get("/metrics").text
    assert value(text, "gavel_comments_total", action="review") == 2
    flagged = "gavel_flagged_comments_total"
    assert value(text, flagged, label="abuse", action="review") == 2


def test_readiness_counts_as_no_comment(client: FlaskClient) -> None:
    client.get("/readyz")
    text = client.get("/metrics").text
    assert value(text, "gavel_comments_total", action="review") == 0


def test_no_path_that_a_client_invents_becomes_a_series(client: FlaskClient) -> None:
    before = len(samples(client.get("/metrics").text))
    for number in range(50):
        client.get(f"/nowhere/{number}?key=secret")
        client.open("/v1/score", method=f"M{number}")
    text = client.get("/metrics").text
    # A count, and a histogram of 13 buckets, sum and count: for each of "other" and
    # /v1/score with 405, and for /metrics itself.
    assert len(samples(text)) - before <= 3 * 17
    assert "nowhere" not in text
    assert "secret" not in text


def test_the_model_is_told_by_its_version(client: FlaskClient) -> None:
    text = client.get("/metrics").text
    assert value(text, "gavel_model_workers", version="0123456789ab") == 1


def test_metrics_are_those_of_all_workers(service: Any) -> None:
    def ask(method: str, path: str, body: str | None = None) -> str:
        connection = HTTPConnection("127.0.0.1", service.port, timeout=20)
        connection.request(method, path, body)
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    for _ in range(40):
        ask("POST", "/v1/score", '{"text": "silly"}')
    route = {"endpoint": "/v1/score", "dialect": "native", "status": "200"}
    for _ in range(6):
        text = ask("GET", "/metrics")
        assert value(text, "gavel_http_requests_total", **route) == 40
    assert (
        sum(
            count
            for (name, _), count in samples(text).items()
            if "model_workers" in name
        )
        == 2
    )


@pytest.mark.parametrize("sent", ["0b3c-11", "a" * 128, "trace=1/2:x"])
def test_a_sane_request_id_is_answered_back(client: FlaskClient, sent: str) -> None:
    response = client.get("/healthz", headers={"X-Request-ID": sent})
    assert response.headers["X-Request-ID"] == sent


@pytest.mark.parametrize("sent", ["", "a b", "a" * 129, 'x"y', "é"])
def test_another_is_replaced_by_one_of_ours(client: FlaskClient, sent: str) -> None:
    response = client.get("/healthz", headers={"X-Request-ID": sent})
    assert len(response.headers["X-Request-ID"]) == 16


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], list[dict[str, Any]]]:
    # As in serve/logs.py; first, since either call sets what the handler takes.
    caplog.set_level(logging.WARNING, "alembic")
    caplog.set_level(logging.INFO)

    def read() -> list[dict[str, Any]]:
        return [json.loads(JsonFormatter().format(one)) for one in caplog.records]

    return read


def test_a_request_is_one_line_of_json(
    client: FlaskClient, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    client.post(
        "/v1/score?key=secret",
        json={"text": "private words", "id": "private-id"},
        headers={"X-Request-ID": "r1"},
    )
    (line,) = logged()
    assert line["milliseconds"] >= 0
    del line["milliseconds"], line["time"], line["process"]
    assert line == {
        "level": "info",
        "logger": "gavel.access",
        "message": "answered",
        "request_id": "r1",
        "method": "POST",
        "route": "/v1/score",
        "dialect": "native",
        "status": 200,
        "comments": 1,
        "key_id": None,
    }


@pytest.mark.parametrize("path", ["/v1/score?key=secret", "/secret?key=secret"])
def test_no_line_holds_what_a_client_wrote(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    caplog.set_level(logging.DEBUG)
    client.post(path, data='{"text": "private words", "secret": 1}')
    lines = [
        formatter.format(record)
        for formatter in (JsonFormatter(), UtcFormatter())
        for record in caplog.records
    ]
    assert [one for one in lines if "secret" in one or "private" in one] == []


def test_readiness_and_metrics_are_logged_only_in_detail(
    client: FlaskClient, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        client.get(path)
    assert logged() == []
