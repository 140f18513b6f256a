from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from labels.errors import InputError
from model.bundled_model import BUNDLED
from model.cli import main
from model.like_perspective import (
    UnmatchedThresholdError,
    match_files,
    match_thresholds,
    read_matches,
    write_matches,
)
from model.scorer import Scorer

TEXTS = ["Well said.", "You silly clown.", "Get lost you idiot.", "Thanks a lot."]


@pytest.fixture
def scored(tmp_path: Path) -> Path:
    path = tmp_path / "scored.csv"
    scores = ("0.1", "0.7", "0.9", "not scored")
    lines = [f"{text},{score}" for text, score in zip(TEXTS, scores, strict=True)]
    path.write_text("\n".join(["text,perspective", *lines]), encoding="utf-8")
    return path


def test_as_many_are_flagged() -> None:
    random = np.random.default_rng(0)
    theirs, ours = random.random(1_000), random.random(1_000)
    match = match_thresholds(theirs, ours, 0.8)
    assert match is not None
    assert match.flagged == (theirs >= 0.8).sum() == (ours >= match.threshold).sum()
    assert match.low < match.threshold < match.high


def test_where_nothing_is_flagged_there_is_no_threshold() -> None:
    assert match_thresholds(np.array([0.1]), np.array([0.9]), 0.8) is None


def test_rows_that_perspective_did_not_score_are_passed_over(
    scored: Path, scorer: Scorer
) -> None:
    matches = match_files([scored], scorer, column="perspective", label="abuse")
    ours = [score.scores["abuse"] for score in scorer.score(TEXTS[:3])]
    assert matches.comments == 3
    assert matches.at(0.8).threshold == max(ours)


def test_a_missing_column_is_named(scored: Path, scorer: Scorer) -> None:
    with pytest.raises(InputError, match="has no column 'toxicity'; it has text, per"):
        match_files([scored], scorer, column="toxicity", label="abuse")


def test_a_threshold_that_nothing_reaches_is_told(scored: Path, scorer: Scorer) -> None:
    matches = match_files([scored], scorer, column="perspective", label="abuse")
    with pytest.raises(UnmatchedThresholdError, match="Perspective flags none at"):
        matches.at(0.95)


def test_what_is_written_is_read(scored: Path, scorer: Scorer, tmp_path: Path) -> None:
    matches = match_files([scored], scorer, column="perspective", label="abuse")
    write_matches(matches, tmp_path / "table.json")
    read = read_matches(scorer, "abuse", tmp_path / "table.json")
    assert read.at(0.8).threshold == pytest.approx(matches.at(0.8).threshold, abs=1e-6)


def test_another_model_has_no_table(scorer: Scorer) -> None:
    with pytest.raises(UnmatchedThresholdError, match="give --data"):
        read_matches(scorer, "abuse")


def test_the_table_that_comes_with_gavel_is_of_its_model() -> None:
    match = read_matches(Scorer.load(BUNDLED), "abuse").at(0.8)
    assert match.low < match.threshold < match.high


def test_the_threshold_stands_alone_on_standard_output(
    scored: Path, artefact: Path
) -> None:
    options = ["--like-perspective", "0.8", "--data", str(scored)]
    done = CliRunner().invoke(main, ["thresholds", *options, "--model", str(artefact)])
    assert done.exit_code == 0
    assert 0 <= float(done.stdout) <= 1
    assert "Perspective flagged 1 of 3 of your comments" in done.stderr
