"""The gateway on a real event loop, before a real application."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask, request

from serve.gateway import Gateway
from serve.refusals import REFUSAL
from serve.wsgi import Answer, call_wsgi


class Headers(dict[str, str]):
    """A request's headers, as granian gives them."""

    def items(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return list(super().items())


@dataclass
class Scope:
    path: str = "/v1/score"
    method: str = "POST"
    query_string: str = ""
    headers: Headers = field(default_factory=Headers)
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "[::1]:5000"
    scheme: str = "http"


@dataclass
class Exchange:
    """A client that sends chunks, each after a pause, and keeps its answer."""

    chunks: list[bytes]
    pause_seconds: float = 0.0
    answers: list[Answer] = field(default_factory=list)

    async def __call__(self) -> bytes:
        await asyncio.sleep(self.pause_seconds * len(self.chunks))
        return b"".join(self.chunks)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            await asyncio.sleep(self.pause_seconds)
            yield chunk

    def response_bytes(
        self, status: int, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        self.answers.append((status, headers, body))


app = Flask(__name__)


@app.route("/<path:path>", methods=["GET", "POST"])
def echo(path: str) -> tuple[dict[str, Any], int]:
    """Answer what came through; 503 for what was refused."""
    if path == "broken":
        raise MemoryError
    told = {
        "path": request.path,
        "body": request.get_data().decode(),
        "address": request.remote_addr,
        "forwarded": request.headers.get("X-Forwarded-For"),
        "refusal": request.environ.get(REFUSAL),
    }
    return told, 503 if told["refusal"] else 200


def ask(scope: Scope, exchange: Exchange, **options: Any) -> Answer:
    async def run() -> None:
        gateway = Gateway(app, **{"max_body_bytes": 1_000_000, **options})
        gateway.__rsgi_init__(asyncio.get_running_loop())
        await gateway.__rsgi__(scope, exchange)  # type: ignore[arg-type]

    asyncio.run(run())
    (answer,) = exchange.answers
    return answer


def refusal(answer: Answer) -> str | None:
    told: str | None = app.json.loads(answer[2])["refusal"]
    return told


@pytest.mark.parametrize(
    "headers",
    [Headers({"content-length": "4"}), Headers({"transfer-encoding": "chunked"})],
)
def test_a_body_comes_through_whole(headers: Headers) -> None:
    status, _, body = ask(Scope(headers=headers), Exchange([b"ab", b"cd"]))
    assert (status, app.json.loads(body)["body"]) == (200, "abcd")


def test_an_address_comes_through_without_its_port() -> None:
    answer = ask(Scope(), Exchange([]))
    assert app.json.loads(answer[2])["address"] == "::1"


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    headers = Headers({"x_forwarded_for": "9.9.9.9"})
    answer = ask(Scope(headers=headers), Exchange([]))
    assert app.json.loads(answer[2])["forwarded"] is None


def test_a_path_beyond_ascii_comes_through() -> None:
    answer = ask(Scope(path="/dost/دوست"), Exchange([]))
    assert app.json.loads(answer[2])["path"] == "/dost/دوست"


@pytest.mark.parametrize(
    "headers",
    [Headers({"content-length": "4"}), Headers({"transfer-encoding": "chunked"})],
)
def test_a_body_that_comes_too_slowly_is_refused(headers: Headers) -> None:
    exchange = Exchange([b"ab", b"cd"], pause_seconds=0.2)
    answer = ask(Scope(headers=headers), exchange, body_seconds=0.1)
    assert refusal(answer) == "too_slow"
    assert ("connection", "close") in answer[1]


def test_a_body_that_is_too_large_is_refused_and_not_kept() -> None:
    headers = Headers({"transfer-encoding": "chunked"})
    exchange = Exchange([b"x" * 600] * 3)
    answer = ask(Scope(headers=headers), exchange, max_body_bytes=1_000)
    assert refusal(answer) == "too_large"


def test_more_than_can_be_held_is_refused_before_it_comes() -> None:
    headers = Headers({"content-length": "9000"})
    answer = ask(Scope(headers=headers), Exchange([]), max_body_bytes=1_000)
    assert refusal(answer) == "overloaded"


def test_a_header_that_no_wire_can_carry_is_mended() -> None:
    def wsgi(_: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("X-Name", "Žižek")])
        return [b""]

    assert call_wsgi(wsgi, {})[1] == [("x-name", "?i?ek")]


def test_a_request_that_breaks_the_application_is_still_answered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    words = " ".join(["private", "words"])

    def wsgi(_: Any, __: Any) -> list[bytes]:
        raise MemoryError(words)

    async def run() -> None:
        gateway = Gateway(wsgi, max_body_bytes=1_000)
        gateway.__rsgi_init__(asyncio.get_running_loop())
        await gateway.__rsgi__(Scope(), exchange)  # type: ignore[arg-type]

    exchange = Exchange([])
    asyncio.run(run())
    assert exchange.answers == [(500, [], b"")]
    assert "private words" not in caplog.text
