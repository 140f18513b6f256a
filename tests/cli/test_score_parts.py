"""``gavel score`` on a folder of parts, in one process."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from model.parts_journal import NAME

GAVEL = Path(sys.executable).with_name("gavel")
NAMES = ["a.csv", "b.csv", "c.tsv", "d.jsonl", "e.parquet", "f.parquet"]

Call = Callable[..., Result]
Contents = Callable[[Path], dict[str, Any]]


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder of two parts with a row each."""
    folder = tmp_path / "few"
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text("text\ngood day\n")
    return folder


def test_every_part_becomes_what_it_becomes_alone(
    score: Call,
    parts: Path,
    whole: tuple[Path, Result],
    tmp_path: Path,
    contents: Contents,
) -> None:
    out, result = whole
    for name in NAMES:
        score(parts / name, "--output", tmp_path / name)
    assert result.exit_code == 0
    assert result.output == f"scored 6,000 rows of 6 parts\nwrote 6 parts to {out}\n"
    assert contents(out) == contents(tmp_path)
    assert list(contents(out)) == NAMES


def test_a_broken_row_and_a_damaged_part_are_listed_and_stop_no_other_part(
    score: Call, few: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (few / "a.csv").write_bytes(b"text\n\xff\ngood day\n")
    (few / "damaged.parquet").touch()
    for name in ("notes.txt", "_c.csv", "_SUCCESS", ".hidden.csv"):
        (few / name).touch()
    result = score(few, "--output", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "left aside, since no parts: _c.csv and 1 more\n"
        "a.csv, line 2: byte 0xFF at position 1 is not UTF-8\n"
        f"{few / 'damaged.parquet'} is not a whole Parquet file (Parquet file size is "
        "0 bytes); write it again\n"
        "scored 2 rows of 2 parts, left out 1 row; 1 part failed\n"
        f"wrote 2 parts to {out}\n"
    )
    assert sorted(path.name for path in out.iterdir()) == [NAME, "a.csv", "b.csv"]


def test_killed_run_resumes_without_losing_or_doubling_a_row(
    *,
    score: Call,
    artefact: Path,
    parts: Path,
    whole: tuple[Path, Result],
    tmp_path: Path,
    contents: Contents,
) -> None:
    out = tmp_path / "out"
    with subprocess.Popen(
        [GAVEL, "score", "--model", artefact, parts, "--output", out]
    ) as scoring:
        while not (out / "b.csv").exists():
            time.sleep(0.001)
        scoring.kill()
    kept = (out / "a.csv").stat()
    result = score(parts, "--output", out, "--resume")
    assert result.exit_code == 0
    assert (out / "a.csv").stat() == kept
    assert contents(out) == contents(whole[0])
    assert [path.name for path in out.glob(".*")] == [NAME]


def test_rows_left_out_before_a_resume_are_listed_after_it(
    score: Call, few: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (few / "a.csv").write_bytes(b"text\n\xff\n")
    score(few, "--output", out)
    result = score(few, "--output", out, "--resume")
    assert (result.exit_code, result.stderr) == (
        1,
        "kept 2 of 2 parts of an earlier run\n"
        "a.csv, line 2: byte 0xFF at position 1 is not UTF-8\n"
        "scored 1 row of 2 parts, left out 1 row\n"
        f"wrote 2 parts to {out}\n",
    )


def test_a_part_that_failed_is_tried_again_by_resume(
    score: Call, few: Path, tmp_path: Path, contents: Contents
) -> None:
    out = tmp_path / "out"
    (few / "b.csv").write_text("body\ngood day\n")
    assert score(few, "--output", out).exit_code == 1
    (few / "b.csv").write_text("text\ngood day\n")
    assert score(few, "--output", out, "--resume").exit_code == 0
    assert list(contents(out)) == ["a.csv", "b.csv"]


def test_a_part_whose_line_a_kill_cut_off_is_scored_again(
    score: Call, few: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    score(few, "--output", out)
    with (out / NAME).open("r+b") as journal:
        journal.truncate((out / NAME).stat().st_size - 5)
    for kept in (1, 2):
        result = score(few, "--output", out, "--resume")
        assert result.exit_code == 0
        told = f"kept {kept} of 2 parts of an earlier run"
        assert result.stderr.splitlines()[0] == told


@pytest.mark.parametrize(
    ("again", "error"),
    [
        pytest.param(
            [],
            "{out} already holds a.csv and 1 more; add --resume to keep what an "
            "earlier run finished, or name another --output",
            id="no resume",
        ),
        pytest.param(
            ["--resume", "--id-column", "text"],
            "the parts in {out} were scored with id_column id and not text; resume "
            "with the same or name another --output",
            id="other options",
        ),
    ],
)
def test_parts_that_are_there_are_never_overwritten_nor_mixed(
    score: Call, few: Path, tmp_path: Path, again: list[str], error: str
) -> None:
    out = tmp_path / "out"
    score(few, "--output", out)
    before = (out / NAME).read_bytes()
    result = score(few, "--output", out, *again)
    line = f"gavel: {error.format(out=out)}\n"
    assert (result.exit_code, result.output) == (1, line)
    assert (out / NAME).read_bytes() == before


def test_a_changed_input_is_refused_by_resume(
    score: Call, few: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    score(few, "--output", out)
    (few / "a.csv").write_text("text\nother words\n")
    result = score(few, "--output", out, "--resume")
    assert (result.exit_code, result.stderr) == (
        1,
        f"gavel: {few / 'a.csv'} changed after it was scored; remove {out / 'a.csv'} "
        "to score it again\n",
    )


@pytest.mark.parametrize(
    "journal",
    [
        pytest.param(b"nonsense\n", id="no JSON"),
        pytest.param(b'{"a": 1}\n', id="no header"),
        pytest.param(b"[1]\n", id="a list"),
    ],
)
def test_a_damaged_journal_is_refused(
    score: Call, few: Path, tmp_path: Path, journal: bytes
) -> None:
    out = tmp_path / "out"
    score(few, "--output", out)
    (out / NAME).write_bytes(journal)
    result = score(few, "--output", out, "--resume")
    assert (result.exit_code, result.stderr) == (
        1,
        f"gavel: {out / NAME} is damaged; remove it and the parts beside it, or name "
        "another --output\n",
    )


def test_parts_of_unknown_origin_are_refused_by_resume(
    score: Call, few: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.csv").touch()
    result = score(few, "--output", out, "--resume")
    assert (result.exit_code, result.stderr) == (
        1,
        f"gavel: {out} already holds a.csv, and no earlier run says how they were "
        "scored; name another --output\n",
    )
    assert [path.name for path in out.iterdir()] == ["a.csv"]


def test_a_second_run_into_the_same_folder_is_refused(
    score: Call, few: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with (out / NAME).open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = score(few, "--output", out)
    line = f"gavel: another run writes to {out}; wait for it or name another --output\n"
    assert (result.exit_code, result.stderr) == (1, line)


def test_ctrl_c_leaves_whole_parts_alone(
    artefact: Path, parts: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with subprocess.Popen(
        [GAVEL, "score", "--model", artefact, parts, "--output", out],
        stderr=subprocess.PIPE,
    ) as scoring:
        while not (out / "a.csv").exists():
            time.sleep(0.001)
        os.kill(scoring.pid, signal.SIGINT)
        _, errors = scoring.communicate(timeout=60)
    assert (scoring.returncode, errors) == (130, b"")
    assert [path.name for path in out.glob(".*")] == [NAME]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param(
            ["few"], "few is a folder; name another with --output", id="no out"
        ),
        pytest.param(
            ["few", "--output", "o", "--explain"],
            "--explain needs parts in .jsonl; a.csv is none",
            id="evidence in a table",
        ),
        pytest.param(
            ["few", "--output", "o", "--jobs", "2"],
            "--jobs over a folder of parts needs --engine dask",
            id="jobs alone",
        ),
        pytest.param(
            ["few", "--output", "o", "--scheduler", "tcp://127.0.0.1:1"],
            "--scheduler needs --engine dask",
            id="scheduler alone",
        ),
        pytest.param(
            [
                *("few", "--output", "o", "--engine", "dask", "--jobs", "2"),
                *("--scheduler", "tcp://127.0.0.1:1"),
            ],
            "--jobs starts workers on this machine; those of a --scheduler are started "
            "beside it",
            id="jobs and scheduler",
        ),
        pytest.param(
            ["few/a.csv", "--engine", "dask"],
            "--engine dask needs a folder of parts as INPUT",
            id="a file on Dask",
        ),
    ],
)
def test_options_without_effect_are_usage_errors(
    score: Call,
    few: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    error: str,
) -> None:
    monkeypatch.chdir(few.parent)
    result = score(*arguments)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {error}")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param(
            ["few", "--output", "few"],
            "few is the input itself; name another --output",
            id="the input",
        ),
        pytest.param(
            ["few", "--output", "few/a.csv"],
            "few/a.csv is a file; name a folder for the parts",
            id="a file",
        ),
        pytest.param(
            ["few", "--output", "absent/out"],
            "cannot write absent/out: make the folder absent first",
            id="no folder",
        ),
        pytest.param(
            [".", "--output", "out"],
            ". holds no part; parts end in .csv, .tsv, .jsonl or .parquet",
            id="no parts",
        ),
    ],
)
def test_folders_that_cannot_be_used_are_refused(
    score: Call,
    few: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    error: str,
) -> None:
    monkeypatch.chdir(few.parent)
    result = score(*arguments)
    assert (result.exit_code, result.stderr) == (1, f"gavel: {error}\n")
    assert (few / "a.csv").read_text() == "text\ngood day\n"
