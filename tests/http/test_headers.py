"""What answers tell browsers, and which pages may call."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from serve import create_app

SITE = "https://news.example"


@pytest.fixture
def listed(fake_scorer: Any, tmp_path: Path) -> FlaskClient:
    settings = {"instance": tmp_path, "cors_origins": f"{SITE}, https://b.example"}
    return create_app(settings, scorer=fake_scorer).test_client()


def ask(client: FlaskClient, origin: str) -> Any:
    return client.post("/v1/score", json={"text": "x"}, headers={"Origin": origin})


@pytest.mark.parametrize(
    "path", ["/healthz", "/v1/score", "/nowhere"], ids=["answer", "405", "404"]
)
def test_every_answer_is_safe_to_open_in_a_browser(
    client: FlaskClient, path: str
) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in EXPECTED} == EXPECTED


EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def test_no_site_may_read_answers_unless_it_is_listed(client: FlaskClient) -> None:
    preflight = client.options("/v1/score", headers={"Origin": SITE})
    assert "Access-Control-Allow-Origin" not in preflight.headers


def test_a_listed_site_may_call(listed: FlaskClient) -> None:
    answer = ask(listed, SITE)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    assert "Origin" in answer.headers["Vary"]


def test_a_listed_site_may_ask_first(listed: FlaskClient) -> None:
    answer = listed.options("/v1/score", headers={"Origin": SITE})
    assert answer.status_code == 200
    methods = answer.headers["Access-Control-Allow-Methods"]
    assert set(methods.split(", ")) == {"OPTIONS", "POST"}
    assert "X-API-Key" in answer.headers["Access-Control-Allow-Headers"]


def test_another_site_may_not_read_answers_where_one_is_listed(
    listed: FlaskClient,
) -> None:
    answer = listed.get("/healthz", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        pytest.param("https://evil.example", 403, id="another site"),
        pytest.param("null", 403, id="a page without origin"),
        pytest.param("http://[", 403, id="no origin at all"),
        pytest.param("http://127.0.0.1:8000", 200, id="our own page"),
        pytest.param("http://localhost:8000", 200, id="our own page, by name"),
        pytest.param("http://localhost.evil.example", 403, id="a name like ours"),
    ],
)
def test_a_page_of_another_site_cannot_use_a_service_without_keys(
    client: FlaskClient, origin: str, status: int
) -> None:
    assert ask(client, origin).status_code == status
