"""Reads and writes requests that hold requests: multipart/mixed, as Google has it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote, urlsplit

from serve.perspective.refusals import PerspectiveError

MOST_PARTS: Final = 1_000
"""How many requests may come as one; Google's own client sends no more."""

# HELM names a request by its whole text, percent-encoded.
_MOST_HEADER_BYTES: Final = 512 * 1024
# A thousand requests have some 20,000 lines. Reading headers costs far more than
# sending them.
_MOST_LINES: Final = 200_000
_BLANK_LINE: Final = re.compile(rb"\r?\n\r?\n")
_FOLD: Final = re.compile(r"[\r\n]+")
_UNSAFE: Final = re.compile(r"[^\x20-\x7e]")
_REQUEST_LINE: Final = re.compile(rb"([A-Z]{1,20}) (\S+)(?: HTTP/[0-9.]+)?\s*")


@dataclass(frozen=True, slots=True)
class Call:
    """A request within a request.

    Attributes:
        content_id: what its sender calls it, or None.
        method: the HTTP method; empty if the part holds no request.
        path: with its leading slash, and without the query.
        query: what stands behind the question mark.
        headers: its own, by their names in lower case.
        body: the bytes behind its headers.
    """

    content_id: str | None
    method: str = ""
    path: str = ""
    query: str = ""
    headers: Mapping[str, str] | None = None
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a request within a request; its body is JSON in ASCII."""

    content_id: str | None
    status: int
    headers: Mapping[str, str]
    body: bytes


def read_calls(body: bytes, boundary: str | None) -> list[Call]:
    """Return the requests that stand between the boundaries, in order.

    A part that holds no request is a Call without a method, so that its neighbours
    are answered all the same.

    Raises:
        PerspectiveError: if there is no part at all, or too many, or too many lines.
    """
    if not boundary:
        raise _unreadable("the Content-Type must be multipart/mixed with a boundary")
    if body.count(b"\n") > _MOST_LINES:
        raise _unreadable(f"it holds more than {_MOST_LINES:,} lines")
    mark = re.escape(boundary.encode("utf-8", "replace"))
    pieces = re.split(rb"(?:^|\r?\n)--" + mark + rb"(?=--|[ \t]*\r?\n)", body)
    # Before the first boundary stands what no reader reads; after the last, likewise.
    parts = []
    for piece in pieces[1:]:
        if piece.startswith(b"--"):
            break
        parts.append(piece)
        if len(parts) > MOST_PARTS:
            raise _unreadable(f"it holds more than {MOST_PARTS:,} requests")
    if not parts:
        raise _unreadable("it holds no part")
    return [_call(part.partition(b"\n")[2]) for part in parts]


def write_replies(replies: Iterable[Reply], boundary: str) -> bytes:
    """Return the answers between boundaries, each under the name of its request."""
    lines: list[bytes] = []
    for reply in replies:
        lines += [f"--{boundary}".encode(), b"Content-Type: application/http"]
        if reply.content_id is not None:
            lines.append(f"Content-ID: {_response_id(reply.content_id)}".encode())
        status = HTTPStatus(reply.status)
        lines += [b"", f"HTTP/1.1 {status.value} {status.phrase}".encode()]
        headers = {**reply.headers, "Content-Length": str(len(reply.body))}
        lines += [f"{name}: {value}".encode() for name, value in headers.items()]
        lines += [b"", reply.body]
    lines += [f"--{boundary}--".encode(), b""]
    return b"\r\n".join(lines)


def _call(part: bytes) -> Call:
    outer, request = _split(part)
    content_id = outer.get("content-id")
    line, _, rest = request.lstrip(b"\r\n").partition(b"\n")
    asked = _REQUEST_LINE.fullmatch(line)
    if asked is None:
        return Call(content_id)
    # Headers may be missing altogether, and then a blank line comes at once.
    headers, body = _split(b"\n" + rest if rest[:2].lstrip(b"\r") == b"\n" else rest)
    try:
        target = urlsplit(asked[2].decode("ascii"))
    except ValueError:
        return Call(content_id)
    return Call(
        content_id,
        asked[1].decode("ascii"),
        # As WSGI has it: each character is a byte.
        "/" + unquote(target.path, "latin-1").lstrip("/"),
        target.query,
        headers,
        body,
    )


def _split(part: bytes) -> tuple[dict[str, str], bytes]:
    """Return the headers of a part, unfolded, and what comes after them."""
    if part[:2].lstrip(b"\r")[:1] == b"\n":
        return {}, part.split(b"\n", 1)[1]
    head, *rest = _BLANK_LINE.split(part, maxsplit=1)
    parsed = BytesHeaderParser().parsebytes(head[:_MOST_HEADER_BYTES])
    headers = {
        name.lower(): _UNSAFE.sub("", _FOLD.sub("", str(value))).strip()
        for name, value in parsed.items()
    }
    return headers, rest[0] if rest else b""


def _response_id(content_id: str) -> str:
    """Return the name of an answer: that of its request, with ``response-`` before.

    >>> _response_id("<1f + a%20b>"), _response_id("7")
    ('<response-1f + a%20b>', 'response-7')
    """
    if content_id.startswith("<"):
        return f"<response-{content_id[1:]}"
    return f"response-{content_id}"


def _unreadable(why: str) -> PerspectiveError:
    return PerspectiveError(
        "invalid_batch", f"The batch cannot be read: {why}; send each request as a part"
    )
