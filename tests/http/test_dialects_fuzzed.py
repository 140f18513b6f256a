"""Whatever is sent to a dialect's path: never a 500, always in its own envelope."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PERSPECTIVE = (
    "/v1alpha1/comments:analyze",
    "/comments:suggestscore",
    "/batch",
    "/$discovery/rest",
)
OPENAI = "/v1/moderations"

# Words that our readers look for, among whatever else there is.
_WORDS = st.sampled_from(
    [
        "comment", "text", "type", "PLAIN_TEXT", "HTML", "requestedAttributes",
        "requested_attributes", "TOXICITY", "THREAT@3", "SPAM", "scoreType",
        "scoreThreshold", "context", "entries", "articleAndParentComment", "article",
        "parentComment", "languages", "en", "de", "spanAnnotations", "doNotStore",
        "clientToken", "comment:1", "attributeScores", "summaryScore", "spanScores",
        "score", "value", "begin", "end", "input", "image_url", "model", "\ud800",
        "\x00", "silly. you clown, go away. and then some more words here.\n",
    ]
)  # fmt: skip
_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | _WORDS
    | st.text(max_size=40)
)
_JSON = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(_WORDS | st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=25,
)
_ANALYZE = st.fixed_dictionaries(
    {"comment": st.fixed_dictionaries({"text": _WORDS | _JSON})},
    optional={
        "requestedAttributes": st.dictionaries(_WORDS, _JSON, max_size=3) | _JSON,
        "attributeScores": st.dictionaries(_WORDS, _JSON, max_size=3) | _JSON,
        "context": st.fixed_dictionaries({"entries": st.lists(_JSON, max_size=3)}),
        "languages": st.lists(_WORDS, max_size=3) | _JSON,
        "spanAnnotations": st.booleans() | _JSON,
        "doNotStore": st.booleans() | _JSON,
        "clientToken": _JSON,
    },
)
_MODERATE = st.fixed_dictionaries({"input": _JSON | st.lists(_WORDS, max_size=4)})
_PART_HEADS = st.sampled_from(
    [
        b"Content-ID: <a +\r\n b>\r\n\r\n",
        b"Content-Type: application/http\r\n\r\n",
        b"\r\n",
        b"",
        b"\n\n\n",
        b"Content-ID: \xff\r\n\r\n",
    ]
)
_LINES = st.sampled_from(
    [
        b"POST /v1alpha1/comments:analyze?key=a HTTP/1.1\r\n",
        b"POST /comments:suggestscore\n",
        b"GET /batch HTTP/1.1\r\n",
        b"POST http://[ HTTP/1.1\r\n",
        b"POST /v1/score HTTP/1.1\r\nAuthorization: Bearer x\r\n",
        b"\x00\xff\r\n",
        b"",
    ]
)


def _as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _as_batch(parts: list[tuple[bytes, bytes, bytes]]) -> bytes:
    joined = b"".join(b"--b\r\n" + b"".join(part) + b"\r\n" for part in parts)
    return joined + b"--b--"


_BODIES = (
    st.binary(max_size=200)
    | (_JSON | _ANALYZE | _MODERATE).map(_as_json)
    # What is cut off, or has one byte too many, is no JSON but looks like it.
    | st.tuples(_ANALYZE.map(_as_json), st.integers(0, 200), st.binary(max_size=3)).map(
        lambda cut: cut[0][: cut[1]] + cut[2] + cut[0][cut[1] :]
    )
    | st.lists(
        st.tuples(_PART_HEADS, _LINES, _ANALYZE.map(_as_json) | st.binary(max_size=99)),
        max_size=4,
    ).map(_as_batch)
)
_METHODS = st.sampled_from(["POST", "POST", "POST", "GET", "PUT", "DELETE"])
_TYPES = st.sampled_from(
    [
        "application/json",
        "multipart/mixed; boundary=b",
        'multipart/mixed; boundary="b"',
        "multipart/mixed",
        "text/plain",
        "application/x-www-form-urlencoded",
    ]
)


def _check_perspective(status: int, body: Any) -> None:
    if status == 200:
        return
    error = body["error"]
    assert error["code"] == status
    assert isinstance(error["message"], str)
    assert error["status"].isupper()


def _check_openai(status: int, body: Any) -> None:
    if status == 200:
        assert set(body) == {"id", "model", "results"}
    else:
        assert set(body["error"]) == {"message", "type", "param", "code"}


@given(path=st.sampled_from(PERSPECTIVE), method=_METHODS, type_=_TYPES, body=_BODIES)
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_perspectives_paths_answer_anything_in_googles_envelope(
    client: FlaskClient, path: str, method: str, type_: str, body: bytes
) -> None:
    response = client.open(path, method=method, data=body, content_type=type_)
    assert response.status_code < 500
    if response.mimetype != "multipart/mixed":
        _check_perspective(response.status_code, response.get_json(force=True))


@given(method=_METHODS, type_=_TYPES, body=_BODIES)
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_openais_path_answers_anything_in_its_envelope(
    client: FlaskClient, method: str, type_: str, body: bytes
) -> None:
    response = client.open(OPENAI, method=method, data=body, content_type=type_)
    assert response.status_code < 500
    _check_openai(response.status_code, response.get_json(force=True))


@pytest.fixture(scope="module")
def fuzzed(
    artefact: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """Yield the port and the process of a service that stores nothing of ours."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    gavel = Path(sys.executable).with_name("gavel")
    process = subprocess.Popen(
        [gavel, "serve", "--port", str(port), "--model", artefact, "--workers", "2"],
        env=os.environ | {"GAVEL_INSTANCE": str(tmp_path_factory.mktemp("fuzzed"))},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    yield port, process
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    finally:
        process.kill()
        process.communicate()


_TARGETS = st.sampled_from(
    [*PERSPECTIVE, OPENAI, "/v1alpha1/%ff", "/v1alpha1/..//x", "/batch?key=%00"]
)
_HEADERS = st.sampled_from(
    [
        b"",
        b"Expect: 100-continue\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Authorization: Bearer \xff\r\n",
        b"Authorization: Basic !!\r\n",
        b"X-API-Key: a\r\nX-API-Key: b\r\n",
        b"Cookie: \x01\r\n",
    ]
)


@st.composite
def _requests(draw: st.DrawFn) -> bytes:
    body = draw(_BODIES)
    length = draw(st.just(len(body)) | st.integers(-2, 300))
    head = (
        f"{draw(_METHODS)} {draw(_TARGETS)} HTTP/1.1\r\nHost: here\r\n"
        f"Connection: close\r\nContent-Type: {draw(_TYPES)}\r\n"
        f"Content-Length: {length}\r\n"
    ).encode()
    request: bytes = head + draw(_HEADERS) + b"\r\n" + body
    cut = draw(st.none() | st.integers(0, len(request)))
    return request if cut is None else request[:cut] + draw(st.binary(max_size=5))


@pytest.mark.long
@pytest.mark.timeout(3_600)
@given(sent=_requests())
@settings(
    max_examples=30_000,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_raw_bytes_end_in_no_500_and_no_hang(
    fuzzed: tuple[int, "subprocess.Popen[str]"], sent: bytes
) -> None:
    port, process = fuzzed
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            answered = b"".join(iter(lambda: connection.recv(65_536), b""))
        except (ConnectionResetError, BrokenPipeError):
            # Refused while it was still being sent.
            answered = b""
    # Half a request has no answer; every other has one that is not our fault.
    assert answered[:10] in {b"", b"HTTP/1.1 1", b"HTTP/1.1 2", b"HTTP/1.1 4"}
    assert process.poll() is None


@pytest.mark.long
def test_after_all_that_it_still_scores(
    fuzzed: tuple[int, "subprocess.Popen[str]"],
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", fuzzed[0], timeout=20)
    body = {"comment": {"text": "silly"}, "requestedAttributes": {"TOXICITY": {}}}
    try:
        connection.request("POST", "/v1alpha1/comments:analyze", json.dumps(body))
        assert "attributeScores" in json.load(connection.getresponse())
    finally:
        connection.close()
