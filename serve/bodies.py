"""Reads request bodies within limits, and the JSON in them."""

import json
import re
from typing import IO, Any, Final, NoReturn

from flask import Flask, g, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wsgi import get_input_stream

from serve.errors import ApiError
from serve.state import current_service

_EXAMPLE: Final = 'send an object such as {"text": "a comment"}'

_CHUNK: Final = 64 * 1024
_DRAINED_AT_MOST: Final = 64 * 1024 * 1024

# The largest request has 1,000 comments of eight fields: some 20,000 tokens.
_MOST_TOKENS: Final = 50_000
DEEPEST: Final = 32
"""How many levels of lists and objects a body may have."""
# Possessive, so that a body made to be slow takes no longer than any other.
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
_STEPS: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def register(app: Flask) -> None:
    """Have the application read every body before it answers.

    A server that answers and closes while the client is still sending resets the
    connection, and most clients then never see the answer, be it 404, 413 or 415.
    """
    app.before_request(_read_body)


def current_body() -> bytes:
    """Return the body of this request, which was read before it was routed."""
    body: bytes = g.body
    return body


def read_json() -> Any:
    """Return what the body of this request says in JSON.

    Lone surrogates are let through: a comment that holds one is still a comment.

    Raises:
        ApiError: if the body is not JSON in UTF-8, or says that it is not.
    """
    _refuse_other_types()
    body = current_body()
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ApiError(
            400, "invalid_utf8", f"byte {error.start} of the body is not UTF-8"
        ) from None
    if is_unwieldy(body):
        raise ApiError(
            400,
            "too_complex",
            f"the body nests deeper than {DEEPEST} levels or holds more than "
            f"{_MOST_TOKENS:,} values; send at most 1,000 comments in a request",
        )
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except ValueError as error:
        raise ApiError(
            400, "invalid_json", f"the body is not JSON: {error}; {_EXAMPLE}"
        ) from None


def discard_body() -> None:
    """Read the body of a request that is refused, and forget it."""
    _drain(get_input_stream(request.environ))


def _read_body() -> None:
    limit = current_service().settings.max_body_bytes
    stream = get_input_stream(request.environ)
    body = bytearray()
    while chunk := stream.read(_CHUNK):
        body += chunk
        if len(body) > limit:
            _drain(stream)
            raise RequestEntityTooLarge
    g.body = bytes(body)


def _drain(stream: IO[bytes]) -> None:
    """Read on, so that the client hears the answer; a client without end does not."""
    drained = 0
    while drained < _DRAINED_AT_MOST and (chunk := stream.read(_CHUNK)):
        drained += len(chunk)


def _refuse_other_types() -> None:
    if request.content_type and not request.is_json:
        raise ApiError(
            415,
            "unsupported_media_type",
            f"the Content-Type is {request.mimetype}; send application/json",
        )
    encoding = request.headers.get("Content-Encoding", "identity")
    if encoding.lower() != "identity":
        raise ApiError(
            415,
            "unsupported_media_type",
            f"the Content-Encoding is {encoding}; send the body uncompressed",
        )


def is_unwieldy(body: bytes) -> bool:
    """Tell whether a body has nesting or sizes that no request has.

    It is asked before the parser meets them. The parser recurses in C, on the small
    stack that the server gives its threads, and turns 32 MB of brackets into a
    gigabyte of objects.
    """
    depth = 0
    for count, token in enumerate(_TOKEN.finditer(body), start=1):
        depth += _STEPS.get(body[token.start()], 0)
        if depth > DEEPEST or count > _MOST_TOKENS:
            return True
    return False


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")
