"""``gavel bench``: what it measures, not how fast that is."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from model.cli import main


@pytest.mark.long
def test_every_figure_is_printed_and_written(artefact: Path, tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    done = CliRunner().invoke(
        main,
        ["bench", "--model", str(artefact), "--comments", "150", "--json", str(path)],
    )

    assert done.exit_code == 0, done.output
    figures = {one["what"]: one["value"] for one in json.loads(path.read_text())}
    assert all(f"| {what} |" in done.output for what in figures)
    assert figures["furthest from the reference"] < 1e-6
    assert {"plain scikit-learn", "the reference", "two threads"} <= figures.keys()


@pytest.mark.long
def test_an_archive_is_measured_end_to_end(artefact: Path) -> None:
    options = ["--model", str(artefact), "--comments", "100", "--archive", "20000"]
    done = CliRunner().invoke(main, ["bench", *options])

    assert done.exit_code == 0, done.output
    rows = done.output.splitlines()[2:]
    assert rows[0].startswith("| 20,000 rows, Parquet to Parquet |")
    assert len(rows) == 1 + 10


def test_a_model_that_cannot_score_an_archive_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["bench", "--archive", "100", "--model", str(tmp_path)]
    )

    assert done.exit_code == 1
    assert done.stderr.startswith(f"gavel: there is no model in {tmp_path}")


def test_a_file_with_few_comments_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "few.csv"
    data.write_text("text\nwell said\n")
    done = CliRunner().invoke(main, ["bench", "--data", str(data)])

    assert done.exit_code == 1
    assert done.stderr == f"gavel: {data} has too few comments, 1; give 100 or more\n"
