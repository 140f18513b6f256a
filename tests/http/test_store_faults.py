"""A store that is down, full or restarted: scores go on, and nothing kept is lost."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from labels.store_keys import create_key
from labels.store_tables import comments, feedback
from serve import create_app
from serve.access import KEY_RING
from serve.storage import KEEPER, store_of

DOWN = "postgresql://gavel:secret@127.0.0.1:1/gavel"


@pytest.fixture
def postgres_app(postgres: Any, fake_scorer: Any) -> Iterator[Flask]:
    """A service that needs keys and stores comments, in PostgreSQL."""
    settings = {
        "database_url": postgres.empty_database(),
        "host": "192.0.2.1",
        "store_comments": True,
    }
    app = create_app(settings, scorer=fake_scorer)
    yield app
    postgres.start_again()
    app.extensions[KEY_RING].close()
    store_of(app).close()


def said(number: int) -> dict[str, Any]:
    comment = {"id": f"c{number}", "text": "private words"}
    return {"comment": comment, "labels": {"abuse": 1}}


def stored(app: Flask, column: Any) -> list[Any]:
    with store_of(app).reading() as connection:
        return list(connection.execute(select(column)).scalars())


def test_scores_go_on_while_the_store_is_down(fake_scorer: Any) -> None:
    settings = {"database_url": DOWN, "store_comments": True}
    app = create_app(settings, scorer=fake_scorer)
    client = app.test_client()
    asked = {"text": "private words", "store": True}
    began = time.monotonic()
    statuses = [client.post("/v1/score", json=asked).status_code for _ in range(20)]
    app.extensions[KEEPER].close()
    assert statuses == [200] * 20
    # None waits for a store that the first found down.
    assert time.monotonic() - began < 10


def test_feedback_says_that_it_was_not_kept(
    fake_scorer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app({"database_url": DOWN}, scorer=fake_scorer).test_client()
    response = client.post("/v1/feedback", json=said(1))
    message = "the store cannot keep or find anything now; nothing was kept, try again"
    error = {"code": "store_down", "message": message, "details": []}
    assert (response.status_code, response.get_json()) == (503, {"error": error})
    assert response.headers["Retry-After"] == "5"
    assert "private words" not in caplog.text
    assert "secret" not in caplog.text


def test_keys_that_cannot_be_read_open_nothing(fake_scorer: Any) -> None:
    settings = {"database_url": DOWN, "host": "192.0.2.1"}
    app = create_app(settings, scorer=fake_scorer)
    headers = {"X-API-Key": "x" * 40}
    response = app.test_client().post("/v1/score", json={"text": "x"}, headers=headers)
    app.extensions[KEY_RING].close()
    assert response.status_code == 503


def test_what_was_acknowledged_survives_a_crash_of_postgres(
    postgres: Any, postgres_app: Flask
) -> None:
    key = create_key(store_of(postgres_app), scope="suggest", name="site")
    client = postgres_app.test_client()
    headers = {"X-API-Key": key}

    def post(path: str, body: dict[str, Any]) -> int:
        return client.post(path, json=body, headers=headers).status_code

    before = [post("/v1/feedback", said(number)) for number in range(5)]
    postgres.stop("immediate")
    during = [
        post("/v1/feedback", said(9)),
        post("/v1/score", {"id": "kept", "text": "x", "store": True}),
        post("/v1/score", {"text": "x"}),
    ]
    postgres.start()
    after = post("/v1/feedback", said(5))
    assert (before, during, after) == ([201] * 5, [503, 200, 200], 201)
    assert stored(postgres_app, feedback.c.comment_id) == [f"c{n}" for n in range(6)]
    assert within_seconds(postgres_app, "kept")


def test_a_connection_that_a_restart_broke_is_not_noticed(
    postgres: Any, postgres_app: Flask
) -> None:
    key = create_key(store_of(postgres_app), scope="suggest", name="site")
    client = postgres_app.test_client()
    statuses = []
    for number in range(3):
        response = client.post(
            "/v1/feedback", json=said(number), headers={"X-API-Key": key}
        )
        statuses.append(response.status_code)
        postgres.stop()
        postgres.start()
    assert statuses == [201] * 3


def test_a_full_disk_keeps_nothing_it_does_not_acknowledge(
    client: FlaskClient, app: Flask
) -> None:
    assert client.post("/v1/feedback", json=said(1)).status_code == 201
    with store_of(app).writing() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    big = said(2) | {"comment": {"id": "c2", "text": "x" * 20_000}}
    assert client.post("/v1/feedback", json=big).status_code == 503
    assert client.post("/v1/score", json={"text": "x"}).status_code == 200
    store_of(app).close()
    assert client.post("/v1/feedback", json=big).status_code == 201
    assert stored(app, feedback.c.comment_id)[-2:] == ["c1", "c2"]


@pytest.mark.skipif(
    not Path("/dev/full").exists() or os.getuid() != 0,
    reason="needs a file system of a few pages, which only root may mount",
)
def test_a_disk_that_is_really_full_is_told(tmp_path: Path, fake_scorer: Any) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = os.system(f"mount -t tmpfs -o size=300k tmpfs {folder} 2>/dev/null")  # noqa: S605
    if mounted != 0:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        app = create_app({"instance": folder}, scorer=fake_scorer)
        client = app.test_client()
        statuses = [
            client.post(
                "/v1/feedback",
                json=said(n) | {"comment": {"id": f"c{n}", "text": "x" * 20_000}},
            ).status_code
            for n in range(20)
        ]
        kept = stored(app, feedback.c.comment_id)
        store_of(app).close()
    finally:
        os.system(f"umount {folder}")  # noqa: S605
    assert set(statuses) == {201, 503}
    assert kept == [f"c{n}" for n, status in enumerate(statuses) if status == 201]


def test_a_clock_that_jumps_back_repeats_no_request(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"Idempotency-Key": "before-the-jump"}
    first = client.post("/v1/feedback", json=said(1), headers=headers)
    earlier = time.time() - 86_400
    monkeypatch.setattr(time, "time", lambda: earlier)
    second = client.post("/v1/feedback", json=said(1), headers=headers)
    third = client.post("/v1/feedback", json=said(1))
    assert (first.status_code, second.status_code) == (201, 200)
    assert int(third.get_json()["id"]) > int(first.get_json()["id"])


def within_seconds(app: Flask, comment_id: str) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if comment_id in stored(app, comments.c.id):
            return True
        time.sleep(0.1)
    return False
