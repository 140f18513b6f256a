"""What the tests of the service share: an application whose scores are known."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from labels.comments import Comment
from model.evidence import Evidence, Unit
from model.scorer import Score
from serve import create_app

SCORES = {
    "abuse": 0.75,
    "severe_abuse": 0.0625,
    "insult": 0.5,
    "profanity": 0.25,
    "threat": 0.125,
    "identity_attack": 0.03125,
    "extremist_praise": 0.015625,
}


@dataclass
class FakeScorer:
    """Scores every comment alike, and remembers which it was given."""

    name: str = "fake"
    version: str = "0123456789ab"
    given: list[Comment | str] = field(default_factory=list)

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        self.given.extend(comments)
        plain = Score(SCORES, "review", ("abuse",), {"obfuscated": False})
        explained = Score(
            SCORES,
            "review",
            ("abuse",),
            {"obfuscated": False},
            (Evidence("abuse", 0, 5, "silly", 1.5), Evidence("threat", 0, 1, "s", -1)),
            {"abuse": Unit(0, 5, -0.5, 1.0), "threat": Unit(0, 5, -1.0, -2.0)},
        )
        return [explained if explain else plain for _ in comments]


@pytest.fixture
def fake_scorer() -> FakeScorer:
    return FakeScorer()


@pytest.fixture
def app(fake_scorer: FakeScorer, tmp_path: Path) -> Flask:
    settings = {"max_body_bytes": 100_000, "instance": tmp_path}
    return create_app(settings, scorer=fake_scorer)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@dataclass(frozen=True)
class RunningService:
    """A service in a process group of its own, and the lines it printed."""

    process: subprocess.Popen[str]
    port: int
    lines: tuple[str, ...]
    log: Path

    def workers(self) -> list[int]:
        """Return the process ids of the workers that run."""
        first = self.process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text()
        return [int(child) for child in children.split()]


@pytest.fixture
def start_service(
    artefact: Path, tmp_path: Path
) -> Iterator[Callable[..., RunningService]]:
    """Return a function that starts ``gavel serve`` and waits until it answers.

    Without a ``model`` of its own it serves the small one; ``env`` is added to the
    environment.
    """
    started: list[subprocess.Popen[str]] = []

    def start(
        *options: str, model: Path | None = artefact, env: Mapping[str, str] = {}
    ) -> RunningService:
        log = tmp_path / f"service-{len(started)}.log"
        service = _start(model, options, log, env)
        started.append(service.process)
        return service

    yield start
    for process in started:
        _stop(process)


@pytest.fixture(scope="module")
def service(
    artefact: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningService]:
    """Return a service that the tests of a module share."""
    log = tmp_path_factory.mktemp("service") / "log"
    running = _start(artefact, ("--workers", "2"), log, {})
    yield running
    _stop(running.process)


def _start(
    model: Path | None, options: Sequence[str], log: Path, env: Mapping[str, str]
) -> RunningService:
    port = _free_port()
    gavel = Path(sys.executable).with_name("gavel")
    chosen = ["--model", str(model)] if model else []
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [gavel, "serve", "--port", str(port), *chosen, *options],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
            env={**os.environ, **env},
        )
    assert process.stdout is not None
    lines = tuple(process.stdout.readline().rstrip("\n") for _ in range(3))
    return RunningService(process, port, lines, log)


def _stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    finally:
        process.kill()
        process.communicate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
