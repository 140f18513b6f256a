"""``gavel score``: from a file of comments to rows of scores."""

import csv
import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from labels.schema import LABELS
from model.cli import main
from model.scorer import Scorer

GAVEL = Path(sys.executable).with_name("gavel")
THREAD = """\
Heading

  • Rabia
    Mar 4, 2013 - 6:12AM

    The road is open.

  • Mar 4, 2013 - 7:01AM

    @Rabia:

    The road is open.

    At last.Recommend

More in Pakistan
"""
ROAD = {
    "id": "1",
    "text": "The road is open.",
    "author": "Rabia",
    "time": "Mar 4, 2013 - 6:12AM",
    "thread": "Heading",
    "parent_id": None,
}
REPLY = {
    "id": "2",
    "text": "@Rabia:\n\nThe road is open.\n\nAt last.",
    "author": None,
    "time": "Mar 4, 2013 - 7:01AM",
    "thread": "Heading",
    "parent_id": "1",
}
OURS = [*LABELS, "action", "obfuscated", "model_version"]

Call = Callable[..., Result]


@pytest.fixture
def score(artefact: Path) -> Call:
    """Call ``gavel score`` with the small model."""

    def call(*arguments: object, piped: bytes = b"") -> Result:
        words = ["score", "--model", str(artefact), *map(str, arguments)]
        return CliRunner().invoke(main, words, input=piped, prog_name="gavel")

    return call


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """More comments than are scored in a few seconds."""
    path = tmp_path / "long.csv"
    path.write_text("text\n" + "good day to you all\n" * 200_000, encoding="utf-8")
    return path


def records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def inputs(rows: list[dict[str, Any]], names: Mapping[str, object]) -> list[Any]:
    """Return the fields of the input that the rows carry on."""
    return [{name: row[name] for name in names} for row in rows]


def test_lines_on_standard_input_become_json_lines(score: Call, scorer: Scorer) -> None:
    result = score(piped=b"good day\nwhat a lovely garden\n")
    texts = ["good day", "what a lovely garden"]
    expected = [
        {
            "id": str(number),
            "scores": {name: round(value, 6) for name, value in one.scores.items()},
            "action": one.action,
            "signals": one.signals,
            "model": {"name": scorer.name, "version": scorer.version},
            "text": text,
        }
        for number, (text, one) in enumerate(
            zip(texts, scorer.score(texts), strict=True), start=1
        )
    ]
    assert (result.exit_code, result.stderr) == (0, "")
    assert records(result.stdout) == expected


def test_a_thread_page_becomes_a_line_for_each_comment(
    score: Call, tmp_path: Path
) -> None:
    path = tmp_path / "page.txt"
    path.write_text(THREAD, encoding="utf-8")
    found = records(score(path).stdout)
    assert inputs(found, ROAD) == [ROAD, REPLY]


def test_a_thread_page_becomes_a_table(score: Call, tmp_path: Path) -> None:
    path, output = tmp_path / "page.txt", tmp_path / "out.csv"
    path.write_text(THREAD, encoding="utf-8")
    score(path, "--output", output)
    rows = table(output)
    assert list(rows[0]) == [*ROAD, *OURS]
    assert [row["parent_id"] for row in rows] == ["", "1"]


def test_a_csv_keeps_its_columns(score: Call, tmp_path: Path) -> None:
    path, output = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_bytes(b'\xef\xbb\xbfabuse,text,id\r\n=1+1,"good\r\nday",x\r\n')
    result = score(path, "--output", output)
    (row,) = table(output)
    assert (result.exit_code, result.output) == (0, "")
    assert list(row) == ["abuse", "text", "id", "gavel_abuse", *OURS[1:]]
    assert (row["abuse"], row["text"], row["id"]) == ("=1+1", "good\r\nday", "x")


def test_a_parquet_keeps_its_columns_and_types(
    score: Call, scorer: Scorer, tmp_path: Path
) -> None:
    path, output = tmp_path / "in.parquet", tmp_path / "out.parquet"
    table = pa.table({"text": ["good day"], "n": [7], "tags": [["a", None]]})
    parquet.write_table(table, path)
    score(path, "--output", output)
    written = parquet.read_table(output)
    assert written.select(["text", "n", "tags"]) == table
    assert written.select(OURS).schema.types == [
        *[pa.float64()] * 7,
        pa.string(),
        pa.bool_(),
        pa.string(),
    ]
    assert written["model_version"].to_pylist() == [scorer.version]


def test_fields_that_only_later_lines_have_reach_the_table(
    score: Call, tmp_path: Path
) -> None:
    path, output = tmp_path / "in.jsonl", tmp_path / "out.tsv"
    path.write_text('{"text": "a"}\n{"text": "b", "n": [1]}\n', encoding="utf-8")
    score(path, "--output", output)
    lines = output.read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["text", "n"],
        ["a", ""],
        ["b", "[1]"],
    ]


def test_columns_and_format_can_be_named(score: Call) -> None:
    result = score(
        *("--format", "tsv", "--text-column", "body", "--id-column", "key"),
        piped=b"key\tbody\nx\tgood day\n",
    )
    (record,) = records(result.stdout)
    assert (record["id"], record["key"], record["body"]) == ("x", "x", "good day")


def test_odd_characters_survive(score: Call) -> None:
    line = '{"text": "\\ud800 \\u0000 🙂", "n": "é"}'
    result = score("--format", "jsonl", piped=line.encode())
    (record,) = records(result.stdout)
    assert (record["text"], record["n"]) == ("\ud800 \x00 🙂", "é")
    assert '\\ud800 \\u0000 🙂", "n": "é"' in result.stdout


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"good day " * 120_000, id="a megabyte"),
    ],
)
def test_a_text_of_any_length_is_scored(score: Call, text: bytes) -> None:
    (record,) = records(score(piped=text + b"\n").stdout)
    assert (record["text"], list(record["scores"])) == (text.decode(), list(LABELS))


def test_an_explained_line_holds_evidence_and_units(score: Call) -> None:
    (record,) = records(score("--explain", piped=b"what a lovely garden\n").stdout)
    unit = record["units"]["abuse"]
    weights = [one["weight"] for one in record["evidence"] if one["label"] == "abuse"]
    assert list(unit) == ["unit", "bias", "logit"]
    assert unit["logit"] == pytest.approx(unit["bias"] + sum(weights), abs=1e-9)


def test_evidence_in_a_table_is_a_usage_error(score: Call, tmp_path: Path) -> None:
    result = score("--explain", "--output", tmp_path / "out.csv", piped=b"a\n")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: --explain needs an --output that ends in .jsonl",
    )


def test_a_broken_row_is_listed_and_every_other_is_written(
    score: Call, tmp_path: Path
) -> None:
    path, output = tmp_path / "in.csv", tmp_path / "out.csv"
    lines = [f"{number},good day" for number in range(2, 3_000)]
    lines[997] = '999,"good day'
    path.write_text("id,text\n" + "\n".join(lines), encoding="utf-8")
    result = score(path, "--output", output)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "line 999: a quotation mark is stray or is never closed\n"
        "scored 2,997 rows, left out 1\n"
    )
    written = [row["id"] for row in table(output)]
    assert written == [str(number) for number in range(2, 3_000) if number != 999]


def test_no_rows_make_a_table_without_rows(score: Call, tmp_path: Path) -> None:
    path, output = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("text\n", encoding="utf-8")
    result = score(path, "--output", output)
    assert (result.exit_code, result.output) == (0, "")
    assert output.read_text(encoding="utf-8") == ",".join(["text", *OURS]) + "\n"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        pytest.param(
            "in.csv",
            "id,body\n",
            "{path} has no column 'text'; it has 'id', 'body': say which one holds the "
            "comments with --text-column",
            id="no text column",
        ),
        pytest.param(
            "in.doc",
            "",
            "the ending of in.doc names no format; rename it to one of .csv, .tsv, "
            ".jsonl, .ndjson, .parquet, .txt or say --format "
            "csv|tsv|jsonl|parquet|lines|thread",
            id="unknown ending",
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
def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    score: Call, tmp_path: Path, name: str, content: str, error: str
) -> None:
    path, output = tmp_path / name, tmp_path / "out.csv"
    path.write_text(content, encoding="utf-8")
    output.write_text("old", encoding="utf-8")
    result = score(path, "--output", output)
    line = f"gavel: {error.format(path=path)}\n"
    assert (result.exit_code, result.output) == (1, line)
    assert output.read_text(encoding="utf-8") == "old"


def test_an_absent_file_is_refused(score: Call, tmp_path: Path) -> None:
    path = tmp_path / "absent.csv"
    result = score(path)
    expected = (1, f"gavel: there is no file {path}\n")
    assert (result.exit_code, result.output) == expected


@pytest.mark.parametrize(
    ("output", "error"),
    [
        pytest.param(
            "in.csv", "{path} is the input itself; name another --output", id="input"
        ),
        pytest.param(
            "../absent/out.csv",
            "cannot write {path}: make the folder {path.parent} first",
            id="no folder",
        ),
        pytest.param(
            "out.xlsx",
            "the ending of out.xlsx names no format; use one of .csv, .tsv, .jsonl, "
            ".ndjson, .parquet",
            id="unknown ending",
        ),
    ],
)
def test_an_output_that_cannot_be_written_is_refused(
    score: Call, tmp_path: Path, output: str, error: str
) -> None:
    source, path = tmp_path / "in.csv", tmp_path / output
    source.write_text("text\ngood day\n", encoding="utf-8")
    result = score(source, "--output", path)
    line = f"gavel: {error.format(path=path)}\n"
    assert (result.exit_code, result.output) == (1, line)
    assert source.read_text(encoding="utf-8") == "text\ngood day\n"


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "absent"
    result = CliRunner().invoke(main, ["score", "--model", str(folder)])
    assert result.exit_code == 1
    assert result.output.startswith(f"gavel: there is no model in {folder}")


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


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet"])
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
        (record,) = records(scoring.stdout.readline().decode())
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
    assert "2,000 rows" in shown
