"""The service as it really runs, on the wire."""

import http.client
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from model.scorer import Scorer
from serve.greeting import EXAMPLE

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"


def ask(port: int, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Send a request; a body that is an iterator goes in chunks, without a length."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def send_raw(port: int, request: bytes) -> bytes:
    """Send bytes, say that no more come, and return all that is answered."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_the_greeting_says_what_answers_where(service: Any, artefact: Path) -> None:
    model = Scorer.load(artefact)
    assert service.lines == (
        f"Gavel answers at http://127.0.0.1:{service.port} "
        f"with {model.name} {model.version}; this line scores a comment:",
        f"curl -s http://127.0.0.1:{service.port}/v1/score "
        "-H 'Content-Type: application/json' "
        f"""-d '{{"text": "{EXAMPLE}"}}'""",
        "Press Ctrl-C to stop.",
    )


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_line_of_the_greeting_scores_a_comment_when_pasted(
    service: Any, artefact: Path
) -> None:
    model = Scorer.load(artefact)
    command = service.lines[1]
    pasted = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, check=True, timeout=20
    )
    score = model.score([EXAMPLE])[0]
    assert json.loads(pasted.stdout) == {
        "model": {"name": model.name, "version": model.version},
        "results": [
            {
                "id": "1",
                "scores": score.scores,
                "action": score.action,
                "reasons": list(score.reasons),
                "signals": score.signals,
            }
        ],
    }


def test_an_address_that_means_all_is_greeted_by_one_that_can_be_asked(
    start_service: Callable[..., Any],
) -> None:
    service = start_service("--host", "0.0.0.0", "--insecure")  # noqa: S104
    assert f" http://127.0.0.1:{service.port}/v1/score " in service.lines[1]


def test_scores_over_http_equal_those_in_process(service: Any, artefact: Path) -> None:
    texts = [
        "Well said.",
        "a\x00b",
        "a\ud800b",
        "what a SILLY i d i o t",
        "دوست 🙂 " * 99,
    ]
    body = json.dumps({"comments": [{"text": text} for text in texts]})
    _, answer = ask(service.port, "POST", "/v1/score", body)
    expected = [score.scores for score in Scorer.load(artefact).score(texts)]
    assert [result["scores"] for result in answer["results"]] == expected


def test_evidence_over_http_equals_that_in_process(
    service: Any, artefact: Path
) -> None:
    text = "What a clumsy, silly \ud800 answer."
    body = json.dumps({"text": text, "explain": True})
    _, answer = ask(service.port, "POST", "/v1/score", body)
    score = Scorer.load(artefact).score([text], explain=True)[0]
    assert answer["results"][0]["evidence"] == [
        {
            "label": item.label,
            "begin": item.begin,
            "end": item.end,
            "text": item.text,
            "weight": item.weight,
        }
        for item in score.evidence
    ]


def test_a_lone_surrogate_survives_the_way_there_and_back(service: Any) -> None:
    body = json.dumps({"text": "silly", "id": "a\ud800b"})
    _, answer = ask(service.port, "POST", "/v1/score", body)
    assert answer["results"][0]["id"] == "a\ud800b"


@pytest.mark.parametrize("path", ["/v1/score", "/nowhere"])
def test_a_body_too_large_is_answered_though_it_is_still_being_sent(
    service: Any, path: str
) -> None:
    status, answer = ask(service.port, "POST", path, b"x" * 40_000_000)
    assert (status, answer["error"]["code"]) == (413, "body_too_large")


def test_a_body_too_large_in_chunks_is_refused(service: Any) -> None:
    chunks = (b"x" * 100_000 for _ in range(400))
    status, answer = ask(service.port, "POST", "/v1/score", chunks)
    assert (status, answer["error"]["code"]) == (413, "body_too_large")


def test_a_body_in_chunks_is_read(service: Any) -> None:
    status, _ = ask(
        service.port, "POST", "/v1/score", iter([b'{"text"', b': "silly"}'])
    )
    assert status == 200


def test_deep_nesting_does_no_harm(service: Any) -> None:
    status, answer = ask(service.port, "POST", "/v1/score", b"[" * 20_000_000)
    assert (status, answer["error"]["code"]) == (400, "too_complex")


def test_requests_sent_in_one_go_are_answered_in_order(service: Any) -> None:
    answered = send_raw(service.port, HEALTH + HEALTH + b"nonsense\r\n\r\n")
    statuses = re.findall(rb"^HTTP/1\.1 (\d+)", answered, re.MULTILINE)
    assert statuses == [b"200", b"200", b"400"]


@pytest.mark.parametrize(
    "request_bytes",
    [
        pytest.param(b"nonsense\r\n\r\n", id="no request line"),
        pytest.param(
            b"POST /v1/score HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n",
            id="negative length",
        ),
        pytest.param(
            b"POST /v1/score HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n"
            b"Content-Length: 2\r\n\r\nxx",
            id="two lengths",
        ),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
    ],
)
def test_what_is_no_http_1_is_refused(service: Any, request_bytes: bytes) -> None:
    answered = send_raw(service.port, request_bytes)
    assert answered.startswith(b"HTTP/1.1 400 Bad Request\r\n")


def test_a_header_without_end_does_no_harm(service: Any) -> None:
    # Whether the refusal is still heard depends on how much was on its way.
    with suppress(OSError):
        send_raw(service.port, b"GET / HTTP/1.1\r\nX: " + b"x" * 5_000_000)
    assert ask(service.port, "GET", "/healthz") == (200, {"status": "ok"})


def test_clients_that_send_half_a_request_hold_nobody_up(service: Any) -> None:
    half = b"POST /v1/score HTTP/1.1\r\nHost: h\r\nContent-Length: 99\r\n\r\n{"
    held = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(8)]
    for connection in held:
        connection.sendall(half)
    try:
        assert ask(service.port, "GET", "/healthz") == (200, {"status": "ok"})
    finally:
        for connection in held:
            connection.close()
