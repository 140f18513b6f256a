"""Measures the service with everything on, beside a bare endpoint on its server."""

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final

from labels.own import read_own
from labels.settings import child_environment

CONNECTIONS: Final = 16
_BATCH: Final = 100
_BATCHES: Final = 4
_JOB: Final = 1_000
_TEXTS: Final = 4_000
_WARM_SECONDS: Final = 1.0
_PATIENCE_SECONDS: Final = 60

# Scores batches in one process for so many seconds; prints comments a second.
_IN_PROCESS: Final = """
import json, sys, time
from model.bundled_model import load_scorer
texts, seconds = json.load(sys.stdin)
scorer = load_scorer()
batches = [texts[at:at + 100] for at in range(0, len(texts), 100)]
scorer.score(texts)
began, done = time.perf_counter(), 0
while time.perf_counter() - began < seconds:
    done += len(scorer.score(batches[done // 100 % len(batches)]))
print(done / (time.perf_counter() - began))
"""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round measured.

    Attributes:
        bare: requests a second of a bare Flask endpoint on the same server.
        single: the same of /v1/score with a comment each.
        p50: milliseconds to an answer with a comment, for half of the requests.
        p99: the same for 99 in 100.
        batches: comments a second over HTTP, 100 in a request.
        in_process: comments a second of the scorer alone, in as many processes.
        beside_p99: milliseconds to an answer with a comment while a job of batches
            runs, for 99 in 100 requests.
        faults: requests that had another answer than 200, or none.
    """

    bare: float
    single: float
    p50: float
    p99: float
    batches: float
    in_process: float
    beside_p99: float
    faults: int


@dataclass(frozen=True, slots=True)
class Target:
    """A service to put load on, and the header that lets one in."""

    port: int
    header: str = ""

    def request(self, path: str, body: object) -> str:
        """Return an HTTP request."""
        written = json.dumps(body)
        return (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self.header}"
            f"Content-Type: application/json\r\nContent-Length: {len(written)}\r\n"
            f"\r\n{written}"
        )


def run_round(folder: Path, *, workers: int, seconds: float) -> Round:
    """Measure everything once, one after the other, on this machine's loopback.

    ``folder`` becomes the instance of the service that is measured.
    """
    rows = read_own()
    texts = [row.comment.text for row in rows[:: max(1, len(rows) // _TEXTS)]]
    with _bare(workers) as target:
        bare = _Load(target, _singles(target, texts), CONNECTIONS).measure(seconds)
    with _service(folder, workers) as target:
        single = _Load(target, _singles(target, texts), CONNECTIONS).measure(seconds)
        load = _Load(target, _batches(target, texts, _BATCH), _BATCHES)
        batches = load.measure(seconds)
        job = _Load(target, _batches(target, texts, _JOB), 1).start(seconds + 1)
        beside = _Load(target, _analyses(target, texts), 4).measure(seconds)
        job_answers = _finish(job)
    faults = sum(map(_faults, (bare, single, batches, beside, job_answers)))
    return Round(
        bare=_rate(bare),
        single=_rate(single),
        p50=_quantile(single, 0.50),
        p99=_quantile(single, 0.99),
        batches=_rate(batches) * _BATCH,
        in_process=_in_process(texts, workers, seconds),
        beside_p99=_quantile(beside, 0.99),
        faults=faults,
    )


class _Load:
    """A generator of load, in a process of its own."""

    def __init__(
        self, target: Target, requests: Sequence[str], connections: int
    ) -> None:
        self._given = {
            "port": target.port,
            "requests": requests,
            "connections": connections,
        }

    def measure(self, seconds: float) -> dict[str, Any]:
        """Return what came back, after a warm-up."""
        _finish(self.start(_WARM_SECONDS))
        return _finish(self.start(seconds))

    def start(self, seconds: float) -> "subprocess.Popen[str]":
        """Start sending."""
        process = subprocess.Popen(
            [sys.executable, "-m", "serve.load_generator"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None  # noqa: S101 - it was asked for
        json.dump({**self._given, "seconds": seconds}, process.stdin)
        process.stdin.close()
        process.stdin = None
        return process


def _finish(process: "subprocess.Popen[str]") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(process.communicate()[0])
    return found


def _singles(target: Target, texts: Sequence[str]) -> list[str]:
    return [target.request("/v1/score", {"text": text}) for text in texts[:500]]


def _batches(target: Target, texts: Sequence[str], size: int) -> list[str]:
    return [
        target.request("/v1/score", {"comments": [{"text": text} for text in batch]})
        for batch in batched_texts(texts, size)
    ]


def batched_texts(texts: Sequence[str], size: int) -> list[Sequence[str]]:
    """Return the texts in batches of exactly ``size``; a rest is left out."""
    whole = len(texts) // size * size
    return [texts[at : at + size] for at in range(0, whole, size)]


def _analyses(target: Target, texts: Sequence[str]) -> list[str]:
    """Return requests in Perspective's dialect where it is spoken, else in ours."""
    path = "/v1alpha1/comments:analyze"
    asked = [
        {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}}
        for text in texts[:500]
    ]
    if _status(target, path, asked[0]) != http.HTTPStatus.OK:
        return _singles(target, texts)
    return [target.request(path, one | {"languages": ["en"]}) for one in asked]


def _status(target: Target, path: str, body: object) -> int:
    with socket.create_connection(("127.0.0.1", target.port)) as connection:
        connection.sendall(target.request(path, body).encode())
        return int(connection.recv(65_536)[9:12])


@contextmanager
def _bare(workers: int) -> Iterator[Target]:
    target = Target(_free_port())
    command = [sys.executable, "-m", "serve.bare", str(target.port), str(workers)]
    with _running(command, target, {}):
        yield target


@contextmanager
def _service(folder: Path, workers: int) -> Iterator[Target]:
    """Run the service as behind a proxy: with keys and limits, logging all."""
    env = {
        "GAVEL_INSTANCE": str(folder),
        "GAVEL_WORKERS": str(workers),
        "GAVEL_LOG_FORMAT": "json",
    }
    gavel = [sys.executable, "-c", "from model.cli import main; main()"]
    header = ""
    if "keys" in entry_points(group="gavel.commands").names:
        env |= {"GAVEL_TRUSTED_PROXIES": "1", "GAVEL_RATE_LIMIT": "900000/second"}
        made = subprocess.run(  # noqa: S603 - our own command
            [*gavel, "keys", "create", "--scope", "score"],
            env=child_environment(env),
            capture_output=True,
            check=True,
            text=True,
        )
        header = f"Authorization: Bearer {made.stdout.strip()}\r\n"
    target = Target(_free_port(), header)
    with _running([*gavel, "serve", "--port", str(target.port)], target, env):
        yield target


@contextmanager
def _running(
    command: list[str], target: Target, env: Mapping[str, str]
) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603 - our own command
        command,
        env=child_environment(env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_answered(target, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE_SECONDS)


def _wait_until_answered(target: Target, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            _status(target, "/v1/score", {"text": "ready"})
        except (OSError, ValueError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the service that was to be measured did not start")


def _in_process(texts: Sequence[str], workers: int, seconds: float) -> float:
    processes = []
    for _ in range(workers):
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", _IN_PROCESS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None  # noqa: S101 - it was asked for
        json.dump([texts, seconds], process.stdin)
        process.stdin.close()
        process.stdin = None
        processes.append(process)
    return sum(float(process.communicate()[0]) for process in processes)


def _rate(answers: Mapping[str, Any]) -> float:
    return len(answers["latencies"]) / float(answers["seconds"])


def _quantile(answers: Mapping[str, Any], share: float) -> float:
    latencies = sorted(answers["latencies"])
    return 1000 * float(latencies[int(share * (len(latencies) - 1))])


def _faults(answers: Mapping[str, Any]) -> int:
    others = sum(n for status, n in answers["statuses"].items() if status != "200")
    return int(others) + int(answers["lost"])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
