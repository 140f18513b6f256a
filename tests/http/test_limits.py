"""How many requests are answered in a time, counted in memory and in Redis."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits import parse

from labels.settings import load_settings
from labels.store import Store
from labels.store_keys import create_key
from serve import create_app
from serve.access import KEY_RING
from serve.answers import json_response
from serve.counters import MemoryCounter, RedisCounter
from serve.errors import speak
from serve.storage import store_of

Make = Callable[..., Flask]


@pytest.fixture
def make_app(fake_scorer: Any, tmp_path: Path) -> Make:
    def make(**settings: Any) -> Flask:
        chosen = {"instance": tmp_path, "rate_limit": "3/minute"} | settings
        return create_app(chosen, scorer=fake_scorer)

    return make


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Where a Redis of our own is, and its process."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("needs Redis; on Debian: make services, or apt-get install redis")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as visitor:
            if visitor.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    yield f"redis://127.0.0.1:{port}/0", server
    server.send_signal(signal.SIGCONT)
    server.kill()
    server.wait()


def ask(client: FlaskClient, address: str = "192.0.2.7", **headers: str) -> Any:
    return client.post(
        "/v1/score",
        json={"text": "x"},
        headers=headers,
        environ_base={"REMOTE_ADDR": address},
    )


def statuses(client: FlaskClient, number: int, address: str = "192.0.2.7") -> list[int]:
    return [ask(client, address).status_code for _ in range(number)]


def test_one_request_too_many_is_told_when_to_come_back(make_app: Make) -> None:
    client = make_app().test_client()
    assert statuses(client, 3) == [200, 200, 200]
    response = ask(client)
    message = (
        "that is more than 3 requests; the next is answered in "
        f"{response.headers['Retry-After']} seconds"
    )
    error = {"code": "rate_limited", "message": message, "details": []}
    assert (response.status_code, response.get_json()) == (429, {"error": error})
    assert 58 <= int(response.headers["Retry-After"]) <= 60


def test_every_answer_says_how_many_are_left(make_app: Make) -> None:
    client = make_app().test_client()
    told = [
        (answer.headers["RateLimit-Limit"], answer.headers["RateLimit-Remaining"])
        for answer in (ask(client) for _ in range(4))
    ]
    assert told == [("3", "2"), ("3", "1"), ("3", "0"), ("3", "0")]
    assert 58 <= int(ask(client).headers["RateLimit-Reset"]) <= 60


def test_each_address_counts_for_itself(make_app: Make) -> None:
    client = make_app().test_client()
    assert statuses(client, 4)[-1] == 429
    assert statuses(client, 1, "192.0.2.8") == [200]


def test_a_network_of_ipv6_counts_as_one_address(make_app: Make) -> None:
    client = make_app().test_client()
    inside = [ask(client, f"2001:db8::{n}").status_code for n in range(1, 5)]
    assert inside == [200, 200, 200, 429]
    assert statuses(client, 1, "2001:db8:0:1::1") == [200]


def test_each_key_counts_for_itself_wherever_it_comes_from(
    make_app: Make, tmp_path: Path
) -> None:
    store = Store(load_settings({"instance": tmp_path}))
    one, other = (create_key(store, scope="score", name="s") for _ in range(2))
    store.close()
    app = make_app(host="192.0.2.1")
    client = app.test_client()
    answers = [
        ask(client, f"192.0.2.{n}", **{"X-API-Key": one}).status_code for n in range(4)
    ]
    assert answers == [200, 200, 200, 429]
    assert ask(client, **{"X-API-Key": other}).status_code == 200
    app.extensions[KEY_RING].close()
    store_of(app).close()


def test_guesses_of_keys_are_counted(make_app: Make) -> None:
    app = make_app(host="192.0.2.1")
    client = app.test_client()
    answers = [ask(client, **{"X-API-Key": f"guess {n}"}).status_code for n in range(4)]
    app.extensions[KEY_RING].close()
    store_of(app).close()
    assert answers == [401, 401, 401, 429]


def test_health_is_not_counted(make_app: Make) -> None:
    client = make_app().test_client()
    assert {client.get("/healthz").status_code for _ in range(9)} == {200}


def test_the_limit_can_be_off(make_app: Make) -> None:
    client = make_app(rate_limit="off").test_client()
    assert set(statuses(client, 9)) == {200}
    assert "RateLimit-Limit" not in ask(client).headers


@pytest.mark.parametrize(
    ("host", "limit"),
    [
        pytest.param("127.0.0.1", None, id="loopback"),
        pytest.param("192.0.2.1", "6000", id="beyond"),
    ],
)
def test_by_default_strangers_alone_are_limited(
    fake_scorer: Any, tmp_path: Path, host: str, limit: str | None
) -> None:
    settings = {"instance": tmp_path, "host": host}
    app = create_app(settings, scorer=fake_scorer, insecure=True)
    assert ask(app.test_client()).headers.get("RateLimit-Limit") == limit


def test_a_dialect_answers_in_its_own_envelope(make_app: Make) -> None:
    app = make_app()
    speak(
        app,
        lambda path: path.startswith("/v1/score"),
        lambda error: json_response({"oops": error.code}, error.status),
    )
    client = app.test_client()
    statuses(client, 3)
    answer = ask(client)
    assert (answer.status_code, answer.get_json()) == (429, {"oops": "rate_limited"})
    assert "Retry-After" in answer.headers


def test_whom_a_trusted_proxy_names_is_counted(make_app: Make) -> None:
    client = make_app(trusted_proxies=1, host="127.0.0.1").test_client()
    first = [
        ask(client, **{"X-Forwarded-For": "192.0.2.9"}).status_code for _ in range(4)
    ]
    forged = ask(client, **{"X-Forwarded-For": "192.0.2.50, 192.0.2.9"})
    other = ask(client, **{"X-Forwarded-For": "192.0.2.10"})
    assert (first[-1], forged.status_code, other.status_code) == (429, 429, 401)


def test_what_a_stranger_says_of_himself_is_not_believed(make_app: Make) -> None:
    client = make_app().test_client()
    answers = [
        ask(client, **{"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(4)
    ]
    assert answers[-1] == 429


def test_a_window_ends() -> None:
    now = 100.0
    counter = MemoryCounter(parse("2/minute"), clock=lambda: now)
    assert [counter.hit("a").is_over for _ in range(3)] == [False, False, True]
    now = 160.0
    assert not counter.hit("a").is_over


@pytest.mark.parametrize("jump", [-86_400, 86_400], ids=["back", "forward"])
def test_a_clock_that_jumps_changes_no_window(
    monkeypatch: pytest.MonkeyPatch, jump: int
) -> None:
    counter = MemoryCounter(parse("2/minute"))
    for _ in range(3):
        counter.hit("a")
    jumped = time.time() + jump
    monkeypatch.setattr(time, "time", lambda: jumped)
    window = counter.hit("a")
    assert (window.count, window.is_over) == (4, True)
    assert 58 <= window.seconds <= 60


def test_a_flood_of_addresses_takes_bounded_room() -> None:
    counter = MemoryCounter(parse("2/minute"))
    for number in range(250_000):
        counter.hit(str(number))
    assert len(counter._windows) <= 100_000


def test_services_that_share_redis_count_together(
    make_app: Make, redis_url: tuple[str, Any]
) -> None:
    clients = [
        make_app(rate_limit_storage=redis_url[0]).test_client() for _ in range(2)
    ]
    answers = [ask(clients[n % 2]).status_code for n in range(4)]
    assert answers == [200, 200, 200, 429]
    assert 58 <= int(ask(clients[0]).headers["Retry-After"]) <= 60


@pytest.mark.parametrize(
    "fault", [signal.SIGKILL, signal.SIGSTOP], ids=["gone", "hung"]
)
def test_requests_are_answered_without_redis(
    make_app: Make, redis_url: tuple[str, Any], fault: signal.Signals
) -> None:
    url, server = redis_url
    client = make_app(rate_limit_storage=url).test_client()
    assert ask(client).status_code == 200
    server.send_signal(fault)
    began = time.monotonic()
    assert statuses(client, 4) == [200, 200, 200, 429]
    assert time.monotonic() - began < 5


def test_a_clock_that_jumps_back_harms_no_count_in_redis(
    redis_url: tuple[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = RedisCounter(parse("2/minute"), redis_url[0])
    counter.hit("a")
    earlier = time.time() - 86_400
    monkeypatch.setattr(time, "time", lambda: earlier)
    window = counter.hit("a")
    assert (window.count, window.seconds <= 60) == (2, True)
