"""``gavel adapt``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from model.cli import main


def _adapt(*arguments: str | Path) -> Result:
    words = ["adapt", *map(str, arguments)]
    return CliRunner().invoke(main, words, prog_name="gavel")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "site.csv"
    lines = ["text,abuse,threat"]
    for number in range(20):
        lines.append(f"the number {number} tram is a plimsy sight,0,0")
        lines.append(f"the number {number} driver is a zworbling clod,1,")
    path.write_text("\n".join(lines))
    return path


def test_the_adapted_model_is_written_and_scores(
    artefact: Path, site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "adapted"

    done = _adapt("--labels", site, "--model", artefact, "--out", out)
    scored = CliRunner().invoke(
        main, ["score", "--model", str(out)], input="a zworbling clod\n"
    )

    card = json.loads((out / "card.json").read_text())
    old = json.loads((artefact / "card.json").read_text())["version"]
    assert done.stdout.splitlines()[:2] == [
        "label  labels  positive  strength  stretch    thresholds",
        "abuse      40        20       0.3        2  as they were",
    ]
    assert "every label of threat is 0, so it stays as it was" in done.stdout
    assert done.stdout.splitlines()[-1] == (
        f"wrote model {card['version']}, adapted from {old}, to {out}"
    )
    assert card["data"][-1]["source"] == "site"
    assert json.loads(scored.stdout)["model"]["version"] == card["version"]


def test_several_files_are_taken_together(
    artefact: Path, site: Path, tmp_path: Path
) -> None:
    more = tmp_path / "more.csv"
    more.write_text("text,insult\nmind the step,0\nyou clod,1\n")
    out = tmp_path / "adapted"

    done = _adapt("--labels", site, "--labels", more, "--model", artefact, "--out", out)

    lines = done.stdout.splitlines()
    assert [line.split()[:3] for line in lines[1:3]] == [
        ["abuse", "40", "20"],
        ["insult", "2", "1"],
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", "site.csv", id="empty file"),
        pytest.param("text,abuse\n", "site.csv holds no comments", id="header alone"),
        pytest.param("text,abuse\nhello,\n", "every label column is blank", id="blank"),
        pytest.param("text,abuse\nhello,1\n", "every label of abuse is 1", id="one"),
        pytest.param("text,abuse\nhello,maybe\n", "not 'maybe'", id="unknown value"),
        pytest.param("text,rude\nhello,1\n", "named after a label", id="no label"),
    ],
)
def test_labels_of_no_use_are_answered_in_one_line(
    content: str, message: str, artefact: Path, tmp_path: Path
) -> None:
    path, out = tmp_path / "site.csv", tmp_path / "adapted"
    path.write_text(content)

    done = _adapt("--labels", path, "--model", artefact, "--out", out)

    (error,) = [line for line in done.stderr.splitlines() if line.startswith("gavel:")]
    assert done.exit_code == 1
    assert message in error
    assert not out.exists()


def test_the_model_to_move_is_not_overwritten(artefact: Path, site: Path) -> None:
    done = _adapt("--labels", site, "--model", artefact, "--out", artefact)

    assert done.exit_code == 1
    assert "holds the model to move" in done.stderr


def test_labels_must_be_named(tmp_path: Path) -> None:
    done = _adapt("--out", tmp_path / "adapted")

    assert done.exit_code == 2
