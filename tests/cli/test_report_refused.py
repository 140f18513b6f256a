"""``gavel report``: input it cannot use, output it cannot write, and its end."""

import os
import pty
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from labels.schema import LABELS
from model.cli import main

GAVEL = Path(sys.executable).with_name("gavel")
ZEROS = ",".join("0" * (len(LABELS) - 1))


def call(artefact: Path, *arguments: object) -> Result:
    words = ["report", "--model", artefact, *arguments]
    return CliRunner().invoke(main, [*map(str, words)], prog_name="gavel")


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        pytest.param(
            "in.csv",
            "",
            "{path} is empty; its first line should name the columns",
            id="empty",
        ),
        pytest.param(
            "in.csv",
            "id,text\n",
            "{path} holds no comment, so there is nothing to report",
            id="header alone",
        ),
        pytest.param(
            "in.txt",
            "",
            "{path} holds no comment, so there is nothing to report",
            id="no line",
        ),
        pytest.param(
            "in.csv",
            "id,body\n1,a\n",
            "{path} has no column 'text'; it has 'id', 'body': say which one holds the "
            "comments with --text-column",
            id="no text column",
        ),
        pytest.param(
            "in.csv",
            f"text,{','.join(LABELS)},action,model_version\na,2,{ZEROS},allow,v1\n",
            "no row of {path} can be reported on; first of all, line 2: the score of "
            "abuse is 2, outside [0, 1]",
            id="no sound row",
        ),
        pytest.param(
            "in.parquet",
            "",
            "{path} is not a whole Parquet file (Parquet file size is 0 bytes); write "
            "it again",
            id="empty Parquet",
        ),
    ],
)
def test_a_file_of_no_use_is_refused_in_one_line(
    artefact: Path, tmp_path: Path, name: str, content: str, error: str
) -> None:
    path, out = tmp_path / name, tmp_path / "out.html"
    path.write_text(content, encoding="utf-8")
    out.write_text("old", encoding="utf-8")

    result = call(artefact, path, "--report", out)

    line = f"gavel: {error.format(path=path)}\n"
    assert (result.exit_code, result.output) == (1, line)
    assert out.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param(
            ["--report", "in.csv"],
            "in.csv is the input itself; name another output",
            id="input",
        ),
        pytest.param(
            ["--report", "link.html"],
            "link.html is the input itself; name another output",
            id="link to the input",
        ),
        pytest.param(
            ["--report", "o.html", "--json", "./o.html"],
            "--report and --json are both o.html; name two",
            id="one for both",
        ),
        pytest.param(
            ["--report", "absent/o.html"],
            "cannot write absent/o.html: make the folder absent first",
            id="no folder",
        ),
        pytest.param(
            ["--report", "."],
            "cannot write .: it is not an ordinary file",
            id="folder",
        ),
        pytest.param(
            ["--report", "o.html", "--time-column", "posted"],
            "in.csv has no column 'posted': say which one holds the time with "
            "--time-column, or leave it out",
            id="no such column",
        ),
    ],
)
def test_outputs_and_columns_are_checked(
    artefact: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    error: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("text\ngood day\n", encoding="utf-8")
    Path("link.html").symlink_to("in.csv")

    result = call(artefact, "in.csv", *arguments)

    assert (result.exit_code, result.output) == (1, f"gavel: {error}\n")
    assert Path("in.csv").read_text(encoding="utf-8") == "text\ngood day\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "link.html"]


def test_a_field_that_no_line_has_is_refused(artefact: Path, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "a"}\n', encoding="utf-8")

    result = call(
        artefact, path, "--report", tmp_path / "o.html", "--author-column", "user"
    )

    assert (result.exit_code, result.output) == (
        1,
        "gavel: no comment has a field 'user': say which one holds the author with "
        "--author-column, or leave it out\n",
    )


def test_texts_cannot_be_shown_and_left_out(artefact: Path, tmp_path: Path) -> None:
    result = call(
        artefact, "a.csv", "--report", tmp_path / "o.html", "--unmask", "--no-texts"
    )

    assert result.exit_code == 2
    assert "--unmask shows texts and --no-texts none; take one" in result.stderr


def test_ctrl_c_leaves_no_half_file(artefact: Path, tmp_path: Path) -> None:
    source, folder = tmp_path / "in.csv", tmp_path / "out"
    os.mkfifo(source)
    folder.mkdir()
    outputs: list[str | Path] = [
        "--report",
        folder / "o.html",
        "--json",
        folder / "o.json",
    ]
    with (
        subprocess.Popen(
            [GAVEL, "report", source, "--model", artefact, *outputs],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as reporting,
        # Opening waits until the command reads; then it waits for us.
        source.open("wb") as pipe,
    ):
        pipe.write(b"text\ngood day\n")
        pipe.flush()
        reporting.send_signal(signal.SIGINT)
        printed, _ = reporting.communicate(timeout=60)
    assert (reporting.returncode, printed) == (130, b"")
    assert list(folder.iterdir()) == []


def test_a_terminal_shows_progress(artefact: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.txt"
    source.write_text("good day\n" * 3_000, encoding="utf-8")
    screen, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    page = tmp_path / "o.html"
    subprocess.run(
        [GAVEL, "report", source, "--model", artefact, "--report", page],
        stderr=terminal,
        check=True,
    )
    os.close(terminal)
    shown = os.read(screen, 65_536).decode()
    os.close(screen)
    assert "3,000 comments 100%|" in shown
