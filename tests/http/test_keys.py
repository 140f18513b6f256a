"""Keys: where they stand, what they open, and how soon they stop."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from labels.settings import load_settings
from labels.store import Store
from labels.store_keys import SCOPES, create_key, list_keys, revoke_key
from serve import create_app
from serve.access import KEY_RING
from serve.storage import store_of

EXPOSED = "192.0.2.1"
SAID = {"comment": {"id": "c1", "text": "x"}, "labels": {"abuse": 1}}


@dataclass(frozen=True)
class Guarded:
    """A service that others reach, and a key of each scope."""

    app: Flask
    keys: dict[str, str]

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()


@pytest.fixture
def guarded(store_settings: dict[str, str], fake_scorer: Any) -> Iterator[Guarded]:
    settings = store_settings | {"host": EXPOSED}
    store = Store(load_settings(settings))
    keys = {scope: create_key(store, scope=scope, name=scope) for scope in SCOPES}
    store.close()
    app = create_app(settings, scorer=fake_scorer)
    yield Guarded(app, keys)
    app.extensions[KEY_RING].close()
    store_of(app).close()


def score(client: FlaskClient, **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.post("/v1/score", json={"text": "x"}, headers=sent)
    return response.status_code


def test_a_key_may_stand_in_three_places(guarded: Guarded) -> None:
    key = guarded.keys["score"]
    client = guarded.client
    asked = client.post(f"/v1/score?key={key}", json={"text": "x"})
    assert [
        score(client, Authorization=f"Bearer {key}"),
        score(client, Authorization=f"bearer {key}"),
        score(client, X_API_Key=key),
        asked.status_code,
    ] == [200, 200, 200, 200]


def test_without_a_key_nothing_is_scored(guarded: Guarded) -> None:
    response = guarded.client.post("/v1/score", json={"text": "x"})
    message = (
        "this service needs a key; send it as Authorization: Bearer KEY, as "
        "X-API-Key, or as ?key="
    )
    error = {"code": "missing_key", "message": message, "details": []}
    assert (response.status_code, response.get_json()) == (401, {"error": error})
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("x" * 40, id="of the right length"),
        pytest.param("x", id="short"),
        pytest.param("é\udc80", id="of odd characters"),
        pytest.param("x" * 5_000, id="long"),
    ],
)
def test_a_key_that_nobody_made_opens_nothing(guarded: Guarded, key: str) -> None:
    sent = key.encode("utf-8", "replace").decode("latin-1")
    response = guarded.client.post(
        "/v1/score", json={"text": "x"}, headers={"X-API-Key": sent}
    )
    assert response.status_code == 401
    assert response.get_json()["error"]["code"] == "unknown_key"


def test_a_key_of_another_case_opens_nothing(guarded: Guarded) -> None:
    assert score(guarded.client, X_API_Key=guarded.keys["score"].swapcase()) == 401


def test_feedback_needs_more_than_a_key_that_may_score(guarded: Guarded) -> None:
    statuses = {
        scope: guarded.client.post(
            "/v1/feedback", json=SAID, headers={"X-API-Key": key}
        ).status_code
        for scope, key in guarded.keys.items()
    }
    assert statuses == {"score": 403, "suggest": 201, "review": 201, "admin": 201}


def test_a_lesser_key_is_told_what_is_needed(guarded: Guarded) -> None:
    response = guarded.client.post(
        "/v1/feedback", json=SAID, headers={"X-API-Key": guarded.keys["score"]}
    )
    message = (
        "this key may score, and /v1/feedback needs one that may suggest; the "
        "service's operator makes them"
    )
    error = {"code": "wrong_scope", "message": message, "details": []}
    assert response.get_json() == {"error": error}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/"])
def test_operations_need_no_key(guarded: Guarded, path: str) -> None:
    assert guarded.client.get(path).status_code == 200


def test_a_revoked_key_stops_within_seconds(guarded: Guarded) -> None:
    key = guarded.keys["score"]
    assert score(guarded.client, X_API_Key=key) == 200
    store = store_of(guarded.app)
    revoke_key(store, list_keys(store)[0].id)
    assert within_seconds(lambda: score(guarded.client, X_API_Key=key) == 401)


def test_a_new_key_works_within_seconds(guarded: Guarded) -> None:
    assert score(guarded.client, X_API_Key=guarded.keys["score"]) == 200
    key = create_key(store_of(guarded.app), scope="score", name="new")
    assert within_seconds(lambda: score(guarded.client, X_API_Key=key) == 200)


def test_the_last_use_is_written_down_when_the_service_ends(guarded: Guarded) -> None:
    score(guarded.client, X_API_Key=guarded.keys["score"])
    guarded.app.extensions[KEY_RING].close()
    used = [key.last_used_at for key in list_keys(store_of(guarded.app))]
    assert [moment is not None for moment in used] == [True, False, False, False]


def test_feedback_says_whose_key_it_came_with(guarded: Guarded) -> None:
    guarded.client.post(
        "/v1/feedback", json=SAID, headers={"X-API-Key": guarded.keys["review"]}
    )
    with store_of(guarded.app).reading() as connection:
        row = connection.exec_driver_sql("SELECT key_id, annotator FROM feedback").one()
    assert tuple(row) == (3, "review")


def test_two_senders_may_choose_the_same_idempotency_key(guarded: Guarded) -> None:
    answers = [
        guarded.client.post(
            "/v1/feedback",
            json=SAID,
            headers={"X-API-Key": guarded.keys[scope], "Idempotency-Key": "k"},
        ).status_code
        for scope in ("suggest", "review", "suggest")
    ]
    assert answers == [201, 201, 200]


def test_loopback_needs_no_key_and_accepts_any(client: FlaskClient) -> None:
    assert [score(client), score(client, X_API_Key="any")] == [200, 200]


def test_a_proxy_before_loopback_makes_keys_needed(
    fake_scorer: Any, tmp_path: Path
) -> None:
    settings = {"instance": tmp_path, "trusted_proxies": 1}
    app = create_app(settings, scorer=fake_scorer)
    assert score(app.test_client()) == 401


def test_what_is_meant_to_be_open_is_open(fake_scorer: Any, tmp_path: Path) -> None:
    settings = {"instance": tmp_path, "host": EXPOSED}
    app = create_app(settings, scorer=fake_scorer, insecure=True)
    assert score(app.test_client()) == 200


def within_seconds(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.1)
    return False
