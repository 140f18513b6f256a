"""Another model takes over without a dropped request; a damaged one never does."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from model.scorer import Scorer

Start = Callable[..., Any]

GAVEL = Path(sys.executable).with_name("gavel")


class Asker:
    """Asks for scores on one connection until told to stop, and keeps the answers."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self._done = Event()
        self.versions: list[str] = []
        self._thread = Thread(target=self._ask)
        self._thread.start()

    def stop(self) -> list[str]:
        self._done.set()
        self._thread.join(timeout=30)
        self._connection.close()
        return self.versions

    def _ask(self) -> None:
        while not self._done.is_set():
            self._connection.request("POST", "/v1/score", '{"text": "silly answer"}')
            answer = json.loads(self._connection.getresponse().read())
            self.versions.append(answer["model"]["version"])


def wait_for(service: Any, line: str, *, times: int = 1) -> None:
    for _ in range(150):
        if service.log.read_text().count(line) >= times:
            return
        time.sleep(0.1)
    pytest.fail(f"the log never said {line!r} {times} times: {service.log.read_text()}")


def metric(port: int, name: str) -> float:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/metrics")
    lines = connection.getresponse().read().decode().splitlines()
    connection.close()
    (line,) = [line for line in lines if line.startswith(f"{name} ")]
    return float(line.split()[-1])


@pytest.fixture
def other(artefact: Path, tmp_path: Path) -> Path:
    """The same model by another name, which is no other version, and one that is."""
    folder = shutil.copytree(artefact, tmp_path / "other")
    card = json.loads((folder / "card.json").read_text())
    return _with_card(folder, {**card, "thresholds": {}})


def _with_card(folder: Path, card: dict[str, Any]) -> Path:
    from model.artefact_format import (  # noqa: PLC0415
        CARD,
        CHECKSUMS,
        scoring_files,
        sha256_of,
        version_of,
    )
    from model.views import VIEW_NAMES  # noqa: PLC0415

    hashes = {name: sha256_of(folder / name) for name in scoring_files(VIEW_NAMES)}
    card["version"] = version_of(card, hashes)
    (folder / CARD).write_text(json.dumps(card))
    sums = {**hashes, CARD: sha256_of(folder / CARD)}
    lines = [f"{digest}  {name}\n" for name, digest in sorted(sums.items())]
    (folder / CHECKSUMS).write_text("".join(lines))
    return folder


def test_a_promoted_model_takes_over_without_a_dropped_request(
    start_service: Start, artefact: Path, other: Path, tmp_path: Path
) -> None:
    env = {"GAVEL_INSTANCE": str(tmp_path / "instance")}

    def promote(model: Path) -> None:
        command = [str(GAVEL), "models", "promote", str(model)]
        subprocess.run(command, env=env, check=True, capture_output=True)

    promote(artefact)
    service = start_service("--workers", "2", model=None, env=env)
    askers = [Asker(service.port) for _ in range(6)]
    promote(other)
    wait_for(service, "answers now", times=2)
    time.sleep(0.3)
    heard = [asker.stop() for asker in askers]
    first, second = Scorer.load(artefact).version, Scorer.load(other).version
    assert [versions[-1] for versions in heard] == [second] * 6
    assert {version for versions in heard for version in versions} <= {first, second}


def test_a_hangup_loads_what_lies_in_the_folder_now(
    start_service: Start, artefact: Path, other: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(artefact, tmp_path / "served")
    service = start_service(model=folder)
    folder.rename(tmp_path / "old")
    shutil.copytree(other, folder)
    asker = Asker(service.port)
    service.process.send_signal(signal.SIGHUP)
    wait_for(service, "answers now")
    time.sleep(0.3)
    assert asker.stop()[-1] == Scorer.load(other).version


def test_a_damaged_model_leaves_the_old_one_answering(
    start_service: Start, artefact: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(artefact, tmp_path / "served")
    service = start_service(model=folder)
    (folder / "bias.npy").unlink()
    (folder / "bias.npy").write_bytes(b"")
    asker = Asker(service.port)
    service.process.send_signal(signal.SIGHUP)
    wait_for(service, "the other model was not taken")
    time.sleep(0.3)
    assert set(asker.stop()) == {Scorer.load(artefact).version}
    assert metric(service.port, "gavel_workers_failing_to_reload") == 1
    assert "bias.npy differs from its checksum" in service.log.read_text()
