"""Every command that the README shows is run, and says what the README says."""

import gzip
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from labels.settings import Settings
from model.bundled_model import BUNDLED
from model.cli import main
from model.scorer import Scorer
from serve.greeting import EXAMPLE, curl_line

_ROOT = Path(__file__).parents[2]
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", _README, re.DOTALL)
    for line in block.splitlines()
]
_SCRIPTS = re.findall(r"```python\n(.*?)```", _README, re.DOTALL)
_CURLS = [command for command in _COMMANDS if command.startswith("curl ")]
_JUDGING = [command for command in _CURLS if "/v1/feedback" in command]
_SCORING = [command for command in _CURLS if command not in _JUDGING]
_ELSEWHERE = {
    "make run": "tests/http runs the server; CI's own machine runs make",
    "make test": "runs this test",
    ".venv/bin/gavel bench": "takes minutes: tests/cli/test_bench.py",
    ".venv/bin/gavel bench --archive 300000": "takes long: tests/cli/test_bench.py",
    ".venv/bin/gavel bench-service --rounds 2 --seconds 3": (
        "takes minutes: tests/cli/test_bench_service.py"
    ),
    ".venv/bin/python -m pytest tests/http/test_server_faults.py "
    "tests/http/test_server_stops.py tests/http/test_reload.py": "make test runs them",
    ".venv/bin/gavel goals instance/candidate --corpora corpora --left-out": (
        "takes minutes: tests/cli/test_goals.py"
    ),
}
_LONG = re.compile("suspects|instance/candidate")
_GAVELS = [
    command
    for command in _COMMANDS
    if ".venv/bin/gavel" in command and command not in _ELSEWHERE
]

pytestmark = pytest.mark.skipif(
    shutil.which("bash") is None, reason="the README's commands need a shell"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it: Gavel in .venv, and the files that are named."""
    folder = tmp_path_factory.mktemp("reader")
    program = folder / ".venv" / "bin" / "gavel"
    program.parent.mkdir(parents=True)
    start = "import sys; from model.cli import main; sys.exit(main())"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{start}' \"$@\"\n")
    program.chmod(0o755)
    (folder / "comments.csv").write_text("id,text\n1,Well said.\n2,Go home.\n")
    (folder / "parts").mkdir()
    (folder / "parts" / "a.csv").write_text("id,text\n1,Well said.\n")
    (folder / "parts" / "b.jsonl").write_text('{"text": "Go home."}\n')
    comments = pa.table({"id": [1, 2, 3], "text": ["Well said.", "Go home.", None]})
    parquet.write_table(comments, folder / "comments.parquet")
    (folder / "archive.csv.gz").write_bytes(gzip.compress(b"id,text\n1,Well said.\n"))
    archive = pa.table({"text": ["Well said.", "Go home."]})
    parquet.write_table(archive, folder / "archive.parquet")
    (folder / "scored-by-perspective.csv").write_text(
        "text,perspective\nWell said.,0.02\nShut up clown.,0.93\n"
    )
    (folder / "site.csv").write_text("text,abuse\nall quiet,0\nyou clod,1\n")
    (folder / "page.txt").write_text(
        "A page\n\n  • Ann\n    Mar 4, 2013 - 6:12AM\n\n    First words.\n\n\n"
        "  • Bob\n    Mar 4, 2013 - 6:40AM\n\n    Second words.\n"
    )
    corpus = folder / "corpora" / "cad"
    corpus.mkdir(parents=True)
    rows = [f"r{number}\tremark {number} of many\tNeutral\n" for number in range(30)]
    (corpus / "cad_v1_1_train.tsv").write_text("id\ttext\tlabels\n" + "".join(rows))
    return folder


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a service with the bundled model."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    program = "from model.cli import main; main()"
    server = subprocess.Popen(
        [sys.executable, "-c", program, "serve", "--port", str(number)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    assert str(number) in server.stdout.readline()
    yield number
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=10)
    server.stdout.close()


@pytest.mark.parametrize(
    ("engine", "written"),
    [
        pytest.param("duckdb", "scored.parquet", id="DuckDB"),
        pytest.param("pyspark", "scored-on-spark", id="Spark"),
    ],
)
def test_script_scores_what_it_says(engine: str, written: str, folder: Path) -> None:
    if find_spec(engine) is None:
        pytest.skip(f"{engine} is not installed")
    (script,) = (one for one in _SCRIPTS if f" {engine}" in one)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(_ROOT), "PYSPARK_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )

    assert done.returncode == 0, done.stderr
    scored = parquet.read_table(folder / written)
    first, second = Scorer.load(BUNDLED).score(["Well said.", "Go home."])
    assert scored["action"].to_pylist() == [first.action, second.action, None]
    assert scored["id"].to_pylist() == [1, 2, 3]


def _run(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-c", command],  # noqa: S607
        cwd=folder,
        # Its keys and promoted model are the reader's, and no other test's.
        env={
            **os.environ,
            "PYTHONPATH": str(_ROOT),
            "GAVEL_INSTANCE": str(folder / "instance"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_every_command_is_run_somewhere() -> None:
    assert set(_COMMANDS) == {*_CURLS, *_GAVELS, *_ELSEWHERE}


# In the README's order: a later command uses what an earlier one wrote.
@pytest.mark.parametrize(
    "command",
    [
        # They fit five folds on all our comments, or use what another of them wrote.
        pytest.param(line, marks=pytest.mark.long) if _LONG.search(line) else line
        for line in _GAVELS
    ],
)
def test_command_works(command: str, folder: Path) -> None:
    done = _run(command, folder)

    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize("command", _SCORING)
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_line_is_answered(command: str, folder: Path, port: int) -> None:
    done = _run(command.replace(":8000", f":{port}"), folder)

    version = Scorer.load(BUNDLED).version
    assert "attributeScores" in done.stdout or version in done.stdout


@pytest.mark.parametrize("command", _JUDGING)
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_feedback_is_kept(command: str, folder: Path, port: int) -> None:
    done = _run(command.replace(":8000", f":{port}"), folder)

    assert int(json.loads(done.stdout)["id"]) > 0


def test_the_first_curl_line_is_that_of_the_greeting() -> None:
    assert _CURLS[0] == curl_line("http://127.0.0.1:8000")


def test_the_first_comment_that_a_newcomer_scores_is_allowed() -> None:
    (score,) = Scorer.load(BUNDLED).score([EXAMPLE])

    assert score.action == "allow"


def test_the_file_example_scores_the_same_comment() -> None:
    assert f"echo '{EXAMPLE}' | .venv/bin/gavel score" in _GAVELS


@pytest.mark.parametrize("name", main.list_commands(None))  # type: ignore[arg-type]
def test_every_command_is_in_the_readme(name: str) -> None:
    shown = re.search(rf"\bgavel {name}\b", _README)

    assert shown is not None


@pytest.mark.parametrize("name", main.list_commands(None))  # type: ignore[arg-type]
def test_every_command_has_help(name: str) -> None:
    done = CliRunner().invoke(main, [name, "--help"])

    assert done.exit_code == 0
    assert done.output.startswith("Usage: ")


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`GAVEL_{setting.upper()}`" in _README
