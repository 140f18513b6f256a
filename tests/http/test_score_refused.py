"""POST /v1/score: how a request that cannot be answered is refused."""

import io

import pytest
from flask.testing import FlaskClient

LABELS = (
    "abuse, severe_abuse, insult, profanity, threat, identity_attack, extremist_praise"
)


NEITHER = "comments is missing or null, and so is text; send one of them"


@pytest.mark.parametrize(
    ("request_body", "faults"),
    [
        pytest.param(
            {},
            {"comments": NEITHER},
            id="neither text nor comments",
        ),
        pytest.param(
            {"comments": None},
            {"comments": NEITHER},
            id="comments is null",
        ),
        pytest.param(
            {"text": None},
            {"comments": NEITHER},
            id="text is null",
        ),
        pytest.param(
            {"text": "x", "comments": [{"text": "y"}]},
            {"text": "text stands beside comments; put it inside one"},
            id="both text and comments",
        ),
        pytest.param(
            {"comments": []},
            {"comments": "comments holds 0; send 1 to 1,000 in a request"},
            id="no comments",
        ),
        pytest.param(
            {"comments": [{"text": "x"}] * 1001},
            {"comments": "comments holds 1,001; send 1 to 1,000 in a request"},
            id="too many comments",
        ),
        pytest.param(
            {"comments": {"text": "x"}},
            {"comments": "comments must be a list of objects"},
            id="comments is an object",
        ),
        pytest.param(
            {"comment": "x"},
            {
                "comments": NEITHER,
                "comment": "comment is no field here; did you mean comments?",
            },
            id="misspelt field",
        ),
        pytest.param(
            {"text": "x", "zzz": 1},
            {"zzz": "zzz is no field here; leave it out"},
            id="unknown field",
        ),
        pytest.param(
            {"text": "x", "zzz": None},
            {"zzz": "zzz is no field here; leave it out"},
            id="unknown field that is null",
        ),
        pytest.param(
            {"text": "x", "\ud800": 1},
            {"": "the body has a field whose name is not Unicode text"},
            id="field with a surrogate",
        ),
        pytest.param(
            {"text": "x", "labels": ["abuse", "rude"]},
            {"labels": f"labels has 'rude'; there are {LABELS}"},
            id="unknown label",
        ),
        pytest.param(
            {"text": "x", "labels": ["\ud800"]},
            {"labels": f"labels has '\\ud800'; there are {LABELS}"},
            id="label with a surrogate",
        ),
        pytest.param(
            {"text": "x", "labels": []},
            {"labels": "labels is empty; leave it out or name at least one"},
            id="no labels",
        ),
        pytest.param(
            {"text": "x", "labels": "abuse"},
            {"labels": "labels must be a list"},
            id="labels is a string",
        ),
        pytest.param(
            {"text": "x", "labels": [1]},
            {"labels.0": "labels.0 must be a string"},
            id="a label is a number",
        ),
        pytest.param(
            {"text": "x", "explain": "yes"},
            {"explain": "explain must be true or false"},
            id="explain is a string",
        ),
        pytest.param(
            {"text": "x", "explain": 1, "labels": []},
            {
                "labels": "labels is empty; leave it out or name at least one",
                "explain": "explain must be true or false",
            },
            id="two faults at once",
        ),
    ],
)
def test_every_fault_of_a_request_is_named(
    client: FlaskClient, request_body: object, faults: dict[str, str]
) -> None:
    response = client.post("/v1/score", json=request_body)
    error = {
        "code": "invalid_request",
        "message": "; ".join(faults.values()),
        "details": [
            {"field": field, "message": message} for field, message in faults.items()
        ],
    }
    assert (response.status_code, response.get_json()) == (400, {"error": error})


def test_a_flood_of_faults_is_answered_in_brief(client: FlaskClient) -> None:
    response = client.post("/v1/score", json={f"f{n}": 1 for n in range(5000)})
    assert len(response.get_json()["error"]["details"]) == 20


NOT_JSON = 'send an object such as {"text": "a comment"}'


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        pytest.param(
            b"",
            "invalid_json",
            f"the body is not JSON: Expecting value: line 1 column 1 (char 0); "
            f"{NOT_JSON}",
            id="no body",
        ),
        pytest.param(
            b'{"text": oops}',
            "invalid_json",
            f"the body is not JSON: Expecting value: line 1 column 10 (char 9); "
            f"{NOT_JSON}",
            id="a bare word",
        ),
        pytest.param(
            b'{"text": NaN}',
            "invalid_json",
            f"the body is not JSON: NaN is no JSON value; {NOT_JSON}",
            id="NaN",
        ),
        pytest.param(
            b'{"text": "x", "id": -Infinity}',
            "invalid_json",
            f"the body is not JSON: -Infinity is no JSON value; {NOT_JSON}",
            id="infinity",
        ),
        pytest.param(
            b'{"text": "\xff"}',
            "invalid_utf8",
            "byte 10 of the body is not UTF-8",
            id="not UTF-8",
        ),
        pytest.param(
            b'{"text": "x"}'.decode().encode("utf-16"),
            "invalid_utf8",
            "byte 0 of the body is not UTF-8",
            id="UTF-16",
        ),
        pytest.param(
            b"[" * 50_000 + b"]" * 50_000,
            "too_complex",
            "the body nests deeper than 32 levels or holds more than 50,000 values; "
            "send at most 1,000 comments in a request",
            id="nested deeply",
        ),
        pytest.param(
            b'{"comments": [' + b"{}," * 25_000 + b"{}]}",
            "too_complex",
            "the body nests deeper than 32 levels or holds more than 50,000 values; "
            "send at most 1,000 comments in a request",
            id="many values",
        ),
        pytest.param(
            b'[{"text": "x"}]',
            "invalid_request",
            'the body must be an object: {"comments": […]} or {"text": "…"}',
            id="a list",
        ),
        pytest.param(
            b'"x"',
            "invalid_request",
            'the body must be an object: {"comments": […]} or {"text": "…"}',
            id="a string",
        ),
    ],
)
def test_a_body_that_is_no_object_in_json_is_refused(
    client: FlaskClient, body: bytes, code: str, message: str
) -> None:
    response = client.post("/v1/score", data=body)
    error = {"code": code, "message": message, "details": []}
    assert (response.status_code, response.get_json()) == (400, {"error": error})


@pytest.mark.parametrize(
    ("text", "deep"),
    [
        pytest.param("[" * 1000, "brackets in a text", id="brackets"),
        pytest.param('\\"[' * 1000, "brackets after quotes", id="quotes"),
        pytest.param("\\\\" * 1000, "backslashes", id="backslashes"),
    ],
)
def test_brackets_inside_a_text_do_not_count_as_nesting(
    client: FlaskClient, text: str, deep: str
) -> None:
    response = client.post("/v1/score", json={"text": text, "thread": deep})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        pytest.param(
            {"Content-Type": "text/plain"},
            "the Content-Type is text/plain; send application/json",
            id="plain text",
        ),
        pytest.param(
            {"Content-Type": "application/x-www-form-urlencoded"},
            "the Content-Type is application/x-www-form-urlencoded; "
            "send application/json",
            id="what curl says unless told",
        ),
        pytest.param(
            {"Content-Type": "application/json", "Content-Encoding": "gzip"},
            "the Content-Encoding is gzip; send the body uncompressed",
            id="compressed",
        ),
    ],
)
def test_a_body_of_another_type_is_refused(
    client: FlaskClient, headers: dict[str, str], message: str
) -> None:
    response = client.post("/v1/score", data=b'{"text": "x"}', headers=headers)
    error = {"code": "unsupported_media_type", "message": message, "details": []}
    assert (response.status_code, response.get_json()) == (415, {"error": error})


TOO_LARGE = {
    "error": {
        "code": "body_too_large",
        "message": "the body is over 100,000 bytes; send fewer comments in a request",
        "details": [],
    }
}


def test_a_body_over_the_limit_is_refused(client: FlaskClient) -> None:
    response = client.post("/v1/score", data=b"x" * 100_001)
    assert (response.status_code, response.get_json()) == (413, TOO_LARGE)


def test_a_body_at_the_limit_is_read(client: FlaskClient) -> None:
    response = client.post("/v1/score", data=b'{"text": "x"}' + b" " * 99_987)
    assert response.status_code == 200


def test_a_body_of_unknown_length_over_the_limit_is_refused(
    client: FlaskClient,
) -> None:
    response = client.post(
        "/v1/score",
        input_stream=io.BytesIO(b"x" * 100_001),
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert (response.status_code, response.get_json()) == (413, TOO_LARGE)
