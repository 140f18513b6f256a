"""``gavel score`` as a process: pipes, signals, terminals, a disk that is full."""

import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

GAVEL = Path(sys.executable).with_name("gavel")


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """More comments than are scored in a few seconds."""
    path = tmp_path / "long.csv"
    path.write_text("text\n" + "good day to you all\n" * 200_000, encoding="utf-8")
    return path


def test_a_reader_that_stops_early_ends_it_quietly(
    artefact: Path, long_file: Path
) -> None:
    scoring = subprocess.Popen(
        [GAVEL, "score", "--model", artefact, long_file],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert scoring.stdout is not None
    assert scoring.stderr is not None
    with scoring, scoring.stderr as stderr:
        scoring.stdout.readline()
        scoring.stdout.close()
        assert (stderr.read(), scoring.wait(60)) == (b"", 0)


def test_ctrl_c_leaves_no_half_file(
    artefact: Path, long_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    output = folder / "out.csv"
    output.write_text("old", encoding="utf-8")
    with subprocess.Popen(
        [GAVEL, "score", "--model", artefact, long_file, "--output", output],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as scoring:
        while len(list(folder.iterdir())) == 1:
            time.sleep(0.01)
        scoring.send_signal(signal.SIGINT)
        printed, _ = scoring.communicate(timeout=60)
    assert (scoring.returncode, printed) == (130, b"")
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "out.csv": "old"
    }


@pytest.mark.parametrize(
    "name",
    [
        "out.csv",
        "out.jsonl",
        "out.parquet",
        "out.csv.gz",
        "out.jsonl.zst",
    ],
)
def test_a_disk_without_room_is_said_in_one_line(
    artefact: Path, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    source, output = tmp_path / "in.txt", folder / name
    source.write_text("\n".join(map(str, range(3_000))), encoding="utf-8")
    command = f"ulimit -f 4; exec {GAVEL} score --model {artefact} {source}"
    ended = subprocess.run(
        ["/bin/sh", "-c", f"{command} --output {output}"],
        capture_output=True,
        text=True,
        check=False,
    )
    line = f"gavel: cannot write {output}: File too large\n"
    assert (ended.returncode, ended.stderr) == (1, line)
    assert list(folder.iterdir()) == []


def test_a_full_standard_output_is_said_in_one_line(artefact: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [GAVEL, "score", "--model", artefact],
            input=b"good day\n",
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    line = b"gavel: cannot write standard output: No space left on device\n"
    assert (ended.returncode, ended.stderr) == (1, line)


def test_a_keyboard_is_answered_line_by_line(artefact: Path) -> None:
    keyboard, terminal = pty.openpty()
    with subprocess.Popen(
        [GAVEL, "score", "--model", artefact],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as scoring:
        os.close(terminal)
        assert scoring.stdout is not None
        os.write(keyboard, b"good day\n")
        record = json.loads(scoring.stdout.readline())
        os.write(keyboard, b"\x04")
        _, errors = scoring.communicate(timeout=60)
    os.close(keyboard)
    hint = b"reading comments from the keyboard; Ctrl-D ends them\n"
    assert (record["text"], errors, scoring.returncode) == ("good day", hint, 0)


def test_a_terminal_shows_progress(artefact: Path, tmp_path: Path) -> None:
    source, output = tmp_path / "in.txt", tmp_path / "out.jsonl"
    source.write_text("good day\n" * 2_000, encoding="utf-8")
    screen, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    subprocess.run(
        [GAVEL, "score", "--model", artefact, source, "--output", output],
        stderr=terminal,
        check=True,
    )
    os.close(terminal)
    shown = os.read(screen, 65_536).decode()
    os.close(screen)
    assert "2,000 rows, " in shown
    assert " rows/s 100%|" in shown
    assert "00:00 left" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--help"], id="help"),
        pytest.param(["--version"], id="version"),
        pytest.param(["labels", "stats"], id="labels"),
        pytest.param(["explain", "good day"], id="explain"),
    ],
)
def test_no_room_for_what_a_command_prints_is_said_in_one_line(
    arguments: list[str],
) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [GAVEL, *arguments], stdout=full, stderr=subprocess.PIPE, check=False
        )
    line = b"gavel: reading or writing failed: No space left on device\n"
    assert (ended.returncode, ended.stderr) == (1, line)


def test_a_closed_standard_output_is_said_in_one_line(artefact: Path) -> None:
    ended = subprocess.run(
        ["/bin/sh", "-c", f"{GAVEL} score --model {artefact} >&-"],
        input=b"good day\n",
        stderr=subprocess.PIPE,
        check=False,
    )
    line = b"gavel: standard output is closed; name an --output\n"
    assert (ended.returncode, ended.stderr) == (1, line)


def test_a_setting_that_scoring_does_not_need_does_not_stop_it(
    artefact: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAVEL_PORT", "eighty")
    monkeypatch.setenv("GAVEL_MODEL", str(artefact))
    ended = subprocess.run(
        [GAVEL, "score"], input=b"good day\n", capture_output=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
