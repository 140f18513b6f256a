"""Turns what granian tells of a request into what WSGI applications want to hear."""

import io
import sys
from collections.abc import Callable, Iterable
from typing import Any, Protocol

Answer = tuple[int, list[tuple[str, str]], bytes]
"""Status, headers with names in lower case, body."""

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Headers(Protocol):
    """What granian tells of a request's headers; names are in lower case."""

    def items(self) -> list[tuple[str, str]]:
        """Return every header; one that was sent twice is there twice."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the first header of a name."""


class Scope(Protocol):
    """What granian tells of a request."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    headers: Headers


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """Return the WSGI environment of a request; nothing of the process's own."""
    server, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # WSGI wants the bytes of the path, each as the character of its number.
        "PATH_INFO": scope.path.encode("utf-8", "replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        # X_Forwarded_For would otherwise pass for X-Forwarded-For.
        if "_" in name or name in {"content-length", "transfer-encoding"}:
            continue
        key = name.upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    return environ


def call_wsgi(app: WsgiApp, environ: dict[str, Any]) -> Answer:
    """Return what a WSGI application answers, whole."""
    answered: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _exc_info: Any = None
    ) -> None:
        answered.append((status, headers))

    chunks = app(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    status, headers = answered[-1]
    # granian refuses anything beyond ASCII by ending the worker's thread.
    return (
        int(status[:3]),
        [
            (name.lower(), value.encode("ascii", "replace").decode())
            for name, value in headers
        ],
        body,
    )
