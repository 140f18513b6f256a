"""POST /batch: requests that come as one."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from labels.store_keys import create_key
from serve.access import KEY_RING
from serve.storage import store_of

ASKED = {"comment": {"text": "hi"}, "requestedAttributes": {"THREAT": {}}}
LINE = "POST /v1alpha1/comments:analyze?key=k&alt=json HTTP/1.1"


def part(
    body: Any = ASKED, *, line: str = LINE, head: str = "", eol: str = "\n"
) -> str:
    sent = body if isinstance(body, str) else json.dumps(body)
    lines = ["Content-Type: application/http", *([head] if head else []), "", line]
    return eol.join([*lines, "Content-Type: application/json", "", sent])


def post(client: FlaskClient, *parts: str, eol: str = "\n", **more: Any) -> Any:
    body = "".join(f"--b{eol}{one}{eol}" for one in parts) + f"--b--{eol}"
    more.setdefault("content_type", 'multipart/mixed; boundary="b"')
    return client.post("/batch", data=body.encode("utf-8", "surrogatepass"), **more)


def replies(response: Any) -> list[tuple[str | None, int, Any]]:
    """Return the name, status and body of each answer."""
    assert response.status_code == 200
    boundary = re.fullmatch(r"multipart/mixed; boundary=(\S+)", response.content_type)
    assert boundary is not None
    answered = []
    for one in response.get_data(as_text=True).split(f"--{boundary[1]}")[1:-1]:
        outer, inner, body = one.split("\r\n\r\n", 2)
        named = re.search(r"Content-ID: (.*)", outer)
        status = re.match(r"HTTP/1\.1 (\d+) ", inner)
        assert status is not None
        name = named[1].strip() if named else None
        answered.append((name, int(status[1]), json.loads(body)))
    return answered


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_an_answer_has_the_name_of_its_request_unfolded(
    client: FlaskClient, eol: str
) -> None:
    head = f"Content-ID: <0a1b-{'2' * 70} +{eol} long%20id>"
    response = post(client, part(head=head, eol=eol), part(eol=eol), eol=eol)
    names = [name for name, _, _ in replies(response)]
    assert names == [f"<response-0a1b-{'2' * 70} + long%20id>", None]


def test_all_comments_are_scored_in_one_call(
    client: FlaskClient, fake_scorer: Any
) -> None:
    calls = []
    score = fake_scorer.score

    def counted(comments: Any, **more: Any) -> Any:
        calls.append(len(comments))
        return score(comments, **more)

    fake_scorer.score = counted
    post(client, *[part() for _ in range(20)])
    assert calls == [20]


@pytest.mark.parametrize(
    ("bad", "status"),
    [
        pytest.param(part({"comment": {"text": ""}}), 400, id="refused"),
        pytest.param(part("nonsense {"), 400, id="no JSON"),
        pytest.param(part(line="nonsense"), 400, id="no request"),
        pytest.param("", 400, id="nothing"),
        pytest.param(part(line="GET /comments:analyze HTTP/1.1"), 405, id="method"),
        pytest.param(part(line="POST /v1/score HTTP/1.1"), 404, id="not ours"),
        pytest.param(part(line="POST /batch HTTP/1.1"), 404, id="a batch"),
    ],
)
def test_a_bad_part_costs_only_itself(
    client: FlaskClient, bad: str, status: int
) -> None:
    answered = replies(post(client, part(), bad, part()))
    assert [code for _, code, _ in answered] == [200, status, 200]
    assert answered[1][2]["error"]["code"] == status


@pytest.mark.parametrize(
    "line",
    [
        "POST /comments:analyze",
        "POST https://anywhere.example/v1alpha1/comments:analyze HTTP/1.1",
        "POST /v1alpha1/comments%3Aanalyze HTTP/1.1",
    ],
)
def test_a_path_may_be_written_in_the_ways_that_clients_do(
    client: FlaskClient, line: str
) -> None:
    assert [code for _, code, _ in replies(post(client, part(line=line)))] == [200]


@pytest.mark.parametrize(
    ("body", "content_type", "why"),
    [
        (b"", "multipart/mixed; boundary=b", "it holds no part"),
        (b"--b--", "multipart/mixed; boundary=b", "it holds no part"),
        (b"{}", "application/json", "the Content-Type must be multipart/mixed with a"),
        (b"--b\r\n\r\n--b--", "multipart/mixed", "the Content-Type must be multipart"),
        (
            b"--b\r\n\r\n" * 1_001,
            "multipart/mixed; boundary=b",
            "it holds more than 1,000 requests",
        ),
        (
            b"--b\r\n" + b"a: b\r\n" * 200_000 + b"--b--",
            "multipart/mixed; boundary=b",
            "it holds more than 200,000 lines",
        ),
    ],
)
def test_what_is_no_batch_is_refused(
    client: FlaskClient, body: bytes, content_type: str, why: str
) -> None:
    response = client.post("/batch", data=body, content_type=content_type)
    error = response.get_json()["error"]
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert error["message"].startswith(f"The batch cannot be read: {why}")


def test_parts_beyond_what_an_answer_may_hold_are_refused(make_app: Any) -> None:
    client = make_app(max_body_bytes=3_000_000).test_client()
    asked = {
        "comment": {"text": "one two three four.\n" * 1_000},
        "requestedAttributes": {f"THREAT@{number}": {} for number in range(40)},
        "spanAnnotations": True,
    }
    answered = replies(post(client, part(asked), part(asked), part(asked), part()))
    assert [code for _, code, _ in answered] == [200, 200, 400, 400]


@pytest.fixture
def guarded(make_app: Callable[..., Flask]) -> Iterator[Any]:
    """Yield a client of a service that wants keys, and two of them."""
    app = make_app(host="192.0.2.1")
    keys = [
        create_key(store_of(app), scope=scope, name=scope)
        for scope in ("score", "suggest")
    ]
    yield app.test_client(), *keys
    app.extensions[KEY_RING].close()


SUGGESTED = {
    "comment": {"text": "hi"},
    "attributeScores": {"THREAT": {"summaryScore": {"value": 1}}},
}


def test_each_part_shows_its_own_key(guarded: Any) -> None:
    client, score, suggest = guarded
    answered = replies(
        post(
            client,
            part(line=f"POST /comments:analyze?key={score}"),
            part(line="POST /comments:analyze"),
            part(line="POST /comments:analyze?key=wrong"),
            part(SUGGESTED, line=f"POST /comments:suggestscore?key={score}"),
            part(SUGGESTED, line=f"POST /comments:suggestscore?key={suggest}"),
        )
    )
    assert [code for _, code, _ in answered] == [200, 403, 400, 403, 200]


def test_the_key_of_the_whole_is_that_of_parts_that_show_none(guarded: Any) -> None:
    client, score, _ = guarded
    parts = (
        part(line="POST /comments:analyze"),
        part(line="POST /comments:analyze?key=wrong"),
    )
    answered = replies(post(client, *parts, headers={"X-API-Key": score}))
    assert [code for _, code, _ in answered] == [200, 400]


def test_each_part_counts_against_the_limit(make_app: Callable[..., Flask]) -> None:
    client = make_app(rate_limit="2/hour").test_client()
    answered = replies(post(client, part(), part(), part()))
    assert [code for _, code, _ in answered] == [200, 200, 429]
    assert answered[2][2]["error"]["details"][0]["metadata"]["quota_limit_value"] == "2"
