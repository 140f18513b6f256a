"""Sends requests to a service as fast as it answers, and measures the answers.

It is a program of its own, so that it does not share the service's interpreter:
``python -m serve.load_generator`` takes one ``Load`` as JSON on standard input and
prints one ``Answers`` as JSON.
"""

import json
import selectors
import socket
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Final

_RECEIVE_BYTES: Final = 256 * 1024
_PATIENCE_SECONDS: Final = 30
_HEAD_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length:"


@dataclass(frozen=True, slots=True)
class Load:
    """What to send where.

    Attributes:
        port: of 127.0.0.1; load goes nowhere else.
        requests: HTTP/1.1 requests, sent in turn.
        connections: how many are open at once, each with one request on its way.
        seconds: how long requests are sent; answers under way are awaited.
        reconnects: whether a connection that the service closed is opened anew.
    """

    port: int
    requests: tuple[str, ...]
    connections: int
    seconds: float
    reconnects: bool = True


@dataclass(slots=True)
class Answers:
    """What came back.

    Attributes:
        seconds: from the first request to the last answer.
        latencies: seconds from request to whole answer, in order of arrival.
        statuses: how many answers had each status.
        lost: requests that went without an answer, those that never left included.
        refused: of those, how many found nobody that listens.
    """

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    refused: int = 0


def main() -> None:
    """Read a load from standard input, apply it, print what came back."""
    given = json.load(sys.stdin)
    answers = apply_load(Load(**{**given, "requests": tuple(given["requests"])}))
    json.dump(asdict(answers), sys.stdout)


def apply_load(load: Load) -> Answers:
    """Return what a service at 127.0.0.1 answers to the load."""
    return _Run(load).run()


class _Run:
    def __init__(self, load: Load) -> None:
        self.load = load
        self.requests = [request.encode() for request in load.requests]
        self.answers = Answers()
        self.selector = selectors.DefaultSelector()
        self.sent = 0

    def run(self) -> Answers:
        began = time.perf_counter()
        until = began + self.load.seconds
        for _ in range(self.load.connections):
            self._reopen()
        # Whoever waits for the load to begin reads this line; JSON passes over it.
        print(flush=True)  # noqa: T201
        while self.selector.get_map():
            ready = self.selector.select(_PATIENCE_SECONDS)
            if not ready:
                self.answers.lost += len(self.selector.get_map())
                break
            for key, _ in ready:
                self._receive(key.data, until)
        self.answers.seconds = time.perf_counter() - began
        self.selector.close()
        return self.answers

    def _open(self) -> None:
        connection = _Connection(self.load.port)
        self.selector.register(connection.socket, selectors.EVENT_READ, connection)
        self._send(connection)

    def _send(self, connection: "_Connection") -> None:
        request = self.requests[self.sent % len(self.requests)]
        self.sent += 1
        connection.send(request)

    def _receive(self, connection: "_Connection", until: float) -> None:
        status = connection.receive()
        if status is None:
            return
        now = time.perf_counter()
        if status:
            self.answers.latencies.append(now - connection.sent_at)
            counted = self.answers.statuses
            counted[status] = counted.get(status, 0) + 1
        else:
            self.answers.lost += 1
        if status and not connection.is_last and now < until:
            self._send(connection)
            return
        self.selector.unregister(connection.socket)
        connection.socket.close()
        if now < until and self.load.reconnects:
            self._reopen()

    def _reopen(self) -> None:
        try:
            self._open()
        except ConnectionRefusedError:
            self.answers.lost += 1
            self.answers.refused += 1
        except OSError:
            self.answers.lost += 1


class _Connection:
    """One connection, and the answer that is coming in on it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self.received = b""
        self.is_last = False

    def send(self, request: bytes) -> None:
        self.received = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> str | None:
        """Return the status of a whole answer, None while it is not, "" if lost."""
        try:
            chunk = self.socket.recv(_RECEIVE_BYTES)
        except OSError:
            return ""
        if not chunk:
            return ""
        self.received += chunk
        head, end, body = self.received.partition(_HEAD_END)
        if not end:
            return None
        lines = head.lower().split(b"\r\n")
        length = next((line for line in lines if line.startswith(_LENGTH)), _LENGTH)
        if len(body) < int(length.removeprefix(_LENGTH) or 0):
            return None
        self.is_last = b"connection: close" in lines
        return head[9:12].decode("ascii", "replace")


if __name__ == "__main__":
    main()
