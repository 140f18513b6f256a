"""``gavel goals``."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from training.goals import GOALS, NOT_MEASURED
from training.goals_command import goals

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tiny corpora of invented rows."""
    folder = tmp_path_factory.mktemp("corpora")
    for name in ("cad", "bias_madlibs"):
        (folder / name).mkdir()
    lines = ["id\ttext\tlabels"]
    for number in range(40):
        lines.append(f"n{number}\tthe bus to town number {number} was late\tNeutral")
        lines.append(f"p{number}\tyou clod number {number}\tPersonDirectedAbuse")
    (folder / "cad" / "cad_v1_1_train.tsv").write_text("\n".join(lines))
    table = [
        "Text,Label,Template",
        "their sikh clod,BAD,x",
        "our sikh friend,NOT_BAD,x",
    ]
    table += ["their baker clod,BAD,x", "our baker friend,NOT_BAD,x"]
    table += ["Sikh!,NOT_BAD,x"]
    (folder / "bias_madlibs" / "bias_madlibs_77k.csv").write_text("\n".join(table))
    return folder


def _call(*arguments: str | Path) -> str:
    done = CliRunner().invoke(goals, [*map(str, arguments), "--jobs", "1"])
    assert done.exit_code == 0, done.output
    return done.output


def test_goals_of_every_kind_are_measured_and_written(
    artefact: Path, corpora: Path, tmp_path: Path
) -> None:
    out, alarms = tmp_path / "goals.json", tmp_path / "alarms.csv"

    shown = _call(
        artefact, "--corpora", corpora, "--left-out", "--json", out, "--alarms", alarms
    )

    written = json.loads(out.read_text())
    measured = {
        one["key"] for one in written["goals"] if one["verdict"] != NOT_MEASURED
    }
    assert measured >= {
        "praisecheck.flagged",
        "abusecheck.mean",
        "alarms.share",
        "plain.abuse.pooled.low",
        "left_out.mean",
        "evasion.padded",
        "swap.crossed",
        "madlibs.bpsn.worst",
        "madlibs.identity_only",
        "calibration.extremist_praise.slope",
        "megabytes",
    }
    assert len(written["goals"]) == len(GOALS)
    assert "figure" in shown
    assert alarms.read_text().startswith("source,row,score\n")


def test_without_corpora_and_evaluation_the_rest_is_not_measured(
    artefact: Path, tmp_path: Path
) -> None:
    alone = shutil.copytree(
        artefact, tmp_path / "alone", ignore=shutil.ignore_patterns("*.parquet")
    )
    out = tmp_path / "goals.json"

    _call(alone, "--json", out)

    verdicts = {
        one["key"]: one["verdict"] for one in json.loads(out.read_text())["goals"]
    }
    assert verdicts["alarms.share"] == NOT_MEASURED
    assert verdicts["calibration.abuse.slope"] == NOT_MEASURED
    assert verdicts["swap.crossed"] != NOT_MEASURED
    assert verdicts["abusecheck.mean"] != NOT_MEASURED


def test_nothing_is_told_of_single_cases(
    artefact: Path, corpora: Path, tmp_path: Path
) -> None:
    out = tmp_path / "goals.json"

    _call(
        artefact,
        *("--corpora", corpora, "--json", out, "--alarms", tmp_path / "alarms.csv"),
    )

    written = out.read_text()
    assert "you clod number" not in written
    assert set(json.loads(written)["details"]) == {
        "alarms",
        "against_plain",
        "bias_madlibs",
        "calibration",
        "evasion",
        "identity_swap",
    }
