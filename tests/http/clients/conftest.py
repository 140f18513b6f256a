"""What tests with clients that others wrote share: a service that really runs."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

NODE = Path(__file__).parents[1] / "node"


@pytest.fixture(scope="session")
def gavel_url(
    artefact: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of a service with two workers and a store of its own.

    It leaves out attributes that it does not judge, for the clients that ask for
    them unbidden.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    instance = tmp_path_factory.mktemp("instance")
    gavel = Path(sys.executable).with_name("gavel")
    options = ["--port", str(port), "--workers", "2", "--model", str(artefact)]
    process = subprocess.Popen(
        [gavel, "serve", *options],
        env=os.environ
        | {"GAVEL_INSTANCE": str(instance), "GAVEL_UNKNOWN_ATTRIBUTES": "omit"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    # The third line says that it answers.
    for _ in range(3):
        process.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def expected(scorer: Any) -> Callable[[str, str], float]:
    """Return a function from a text and a label to the score that it must have."""
    return lambda text, label: scorer.score([text])[0].scores[label]


@pytest.fixture
def call_npm(gavel_url: str) -> Callable[..., Any]:
    """Return a function that scores a text with a client on npm."""
    if shutil.which("node") is None:
        pytest.skip("Node is not installed")
    if not (NODE / "node_modules").is_dir():
        pytest.skip("the clients on npm are not installed; run: make clients")

    def call(client: str, text: str, **options: Any) -> Any:
        said = [json.dumps(text), json.dumps(options)]
        done = subprocess.run(
            ["node", "call.js", client, gavel_url, *said],  # noqa: S607 - any Node
            cwd=NODE,
            capture_output=True,
            check=True,
            timeout=60,
        )
        return json.loads(done.stdout)

    return call


@pytest.fixture(autouse=True)
def _named(request: pytest.FixtureRequest, record_property: Any) -> None:
    """Note which client a test calls with, for the table of ``--clients-table``."""
    callspec = getattr(request.node, "callspec", None)
    described = callspec.params.get("caller") if callspec else None
    if described is not None:
        client, how = described.name, "its requests as it sends them, replayed"
    else:
        client, how = request.module.CLIENT, request.module.POINTED
    record_property("client", client)
    record_property("how", how)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--clients-table",
        action="store_true",
        help="print, as Markdown, which clients were tried and how that went",
    )


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if not config.getoption("--clients-table", default=False):
        return
    rows: dict[tuple[str, str], dict[str, int]] = {}
    for outcome in ("passed", "failed", "skipped"):
        for report in terminalreporter.stats.get(outcome, ()):
            said = dict(getattr(report, "user_properties", ()))
            if "client" in said:
                row = rows.setdefault((said["client"], said["how"]), {})
                row[outcome] = row.get(outcome, 0) + 1
    terminalreporter.write_line("| client | pointed at Gavel by | tests |")
    terminalreporter.write_line("|---|---|---|")
    for (client, how), row in sorted(rows.items()):
        counts = ", ".join(f"{count} {outcome}" for outcome, count in row.items())
        terminalreporter.write_line(f"| {client} | {how} | {counts} |")
