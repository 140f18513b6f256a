"""Stands between granian and Flask: takes whole requests in, and gives them to lanes.

granian runs it on an event loop, so a client that is slow to send holds no thread,
however many there are; only a request that is whole costs anything more.
"""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from serve.lanes import MOST_SECONDS, Lane
from serve.refusals import REFUSAL
from serve.tally import OVERLOADED, TOO_LARGE, TOO_SLOW, Tally
from serve.wsgi import Answer, Headers, Scope, WsgiApp, call_wsgi, environ_of

BODY_SECONDS: Final = 20.0
"""How long a body may take to come in."""

RECEIVED: Final = "gavel.received"
"""The key of a WSGI environment: when its request was whole, by time.perf_counter."""

_SMALL_BYTES: Final = 32 * 1024
_DRAINED_AT_MOST: Final = 64 * 1024 * 1024
# All bodies that a worker holds at once, in multiples of the largest allowed.
_HELD_BODIES: Final = 8

_SCORING: Final = ("/v1/score", "/v1/moderations", ":analyze", "/batch")
_OPERATIONS: Final = frozenset({"/readyz", "/metrics"})
_HEALTH: Final = "/healthz"

# Flask answers every exception; this is for what even it cannot, such as no memory.
_FAILED: Final[Answer] = (500, [], b"")


class Exchange(Protocol):
    """What granian lets us do with a request: read its body, answer it."""

    def __call__(self) -> Awaitable[bytes]:
        """Return the whole body."""

    def __aiter__(self) -> Any:
        """Return the body in chunks."""

    def response_bytes(
        self, status: int, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        """Answer."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of a worker; a full one refuses, and the others go on.

    Attributes:
        quick: scores a comment or a few. Few threads, since Python runs one at a
            time, and more only get in one another's way.
        bulk: scores long batches, one after another.
        store: everything else, which may wait for a database.
        operations: readiness and metrics, answered under any load.
    """

    quick: Lane
    bulk: Lane
    store: Lane
    operations: Lane

    @classmethod
    def start(cls) -> "Lanes":
        """Return lanes with their threads running."""
        return cls(
            quick=Lane("quick", threads=2, most=256),
            bulk=Lane("bulk", threads=1, most=32),
            store=Lane("store", threads=8, most=128),
            operations=Lane("operations", threads=1, most=32),
        )

    @property
    def all(self) -> tuple[Lane, ...]:
        """Every lane."""
        return self.quick, self.bulk, self.store, self.operations

    def of(self, path: str, size: int) -> Lane:
        """Return the lane of a request by its path and the bytes of its body."""
        if path in _OPERATIONS:
            return self.operations
        if not path.endswith(_SCORING):
            return self.store
        return self.quick if size <= _SMALL_BYTES else self.bulk


class Gateway:
    """An RSGI application around a WSGI one.

    Args:
        app: the WSGI application.
        max_body_bytes: the largest body.
        tally: where refusals and waiting requests are counted.
        body_seconds: how long a body may take to come in.
    """

    def __init__(
        self,
        app: WsgiApp,
        *,
        max_body_bytes: int,
        tally: Tally | None = None,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self.is_draining = False
        self._app = app
        self._limit = max_body_bytes
        self._tally = tally
        self._body_seconds = body_seconds
        self._lanes = Lanes.start()
        self._held = 0
        self._loop: asyncio.AbstractEventLoop

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take the event loop that requests will come in on."""
        self._loop = loop

    def tell_waiting(self) -> None:
        """Tell the tally how many requests wait in each lane."""
        if self._tally is not None:
            for lane in self._lanes.all:
                self._tally.set(("waiting", lane.name), lane.waiting)

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer a request."""
        body, refusal = b"", None
        if _has_body(scope.headers):
            body, refusal = await self._receive(scope, exchange)
        environ = environ_of(scope, body)
        environ[RECEIVED] = time.perf_counter()
        if refusal is not None:
            status, headers, content = self._refuse(environ, refusal)
        elif scope.path == _HEALTH:
            status, headers, content = call_wsgi(self._app, environ)
        else:
            self._held += len(body)
            try:
                status, headers, content = await self._in_lane(environ, len(body))
            finally:
                self._held -= len(body)
        headers = list(headers)
        if self.is_draining or refusal in {TOO_SLOW, TOO_LARGE}:
            headers.append(("connection", "close"))
        exchange.response_bytes(status, headers, content)

    async def _receive(
        self, scope: Scope, exchange: Exchange
    ) -> tuple[bytes, str | None]:
        """Return the body, and why it is refused if it is."""
        length = scope.headers.get("content-length")
        size = int(length) if length else None
        if self._held + (size or 0) > _HELD_BODIES * self._limit:
            return b"", OVERLOADED
        try:
            async with asyncio.timeout(self._body_seconds):
                if size is not None and size <= _SMALL_BYTES:
                    return await exchange(), None
                return await self._receive_chunks(exchange)
        except TimeoutError:
            return b"", TOO_SLOW

    async def _receive_chunks(self, exchange: Exchange) -> tuple[bytes, str | None]:
        chunks: list[bytes] = []
        size = 0
        refusal = None
        try:
            async for chunk in exchange:
                size += len(chunk)
                if size <= self._limit and refusal is None:
                    self._held += len(chunk)
                    chunks.append(chunk)
                    if self._held > _HELD_BODIES * self._limit:
                        refusal = OVERLOADED
                elif refusal is None:
                    refusal = TOO_LARGE
                # Read on, so that a client that is still sending hears the answer; a
                # client without end does not.
                if size > _DRAINED_AT_MOST:
                    break
        finally:
            self._held -= sum(map(len, chunks))
        return (b"", refusal) if refusal else (b"".join(chunks), None)

    async def _in_lane(self, environ: dict[str, Any], size: int) -> Answer:
        future: asyncio.Future[Answer] = self._loop.create_future()

        def answer(waited_seconds: float) -> None:
            result = _FAILED
            try:
                if waited_seconds > MOST_SECONDS:
                    result = self._refuse(environ, OVERLOADED)
                else:
                    result = call_wsgi(self._app, environ)
            finally:
                self._loop.call_soon_threadsafe(_settle, future, result)

        lane = self._lanes.of(environ["PATH_INFO"], size)
        if not lane.offer(answer):
            return self._refuse(environ, OVERLOADED)
        return await future

    def _refuse(self, environ: dict[str, Any], reason: str) -> Answer:
        if self._tally is not None:
            self._tally.count_refusal(reason)
        return call_wsgi(self._app, environ | {REFUSAL: reason})


def _settle(future: "asyncio.Future[Answer]", answer: Answer) -> None:
    # A client that went away may have taken its future along.
    if not future.done():
        future.set_result(answer)


def _has_body(headers: Headers) -> bool:
    length = headers.get("content-length")
    return length not in {None, "0"} or headers.get("transfer-encoding") is not None
