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


def test_a_file_with_few_comments_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "few.csv"
    data.write_text("text\nwell said\n")
    done = CliRunner().invoke(main, ["bench", "--data", str(data)])

    assert done.exit_code == 1
    assert done.stderr == f"gavel: {data} has too few comments, 1; give 100 or more\n"
