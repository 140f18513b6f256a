"""``gavel train``, ``gavel evaluate``, ``gavel labels`` and ``gavel explain``."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from labels.own import read_own
from labels.schema import LABELS


def _gavel(
    *arguments: str | Path, text: str = ""
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from model.cli import main; main()",
            *map(str, arguments),
        ],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpora folder with one tiny corpus of invented rows in it."""
    folder = tmp_path_factory.mktemp("corpora") / "cad"
    folder.mkdir()
    lines = ["id\ttext\tlabels"]
    for number in range(40):
        lines.append(f"n{number}\tthe bus to town number {number} was late\tNeutral")
        lines.append(f"p{number}\tyou clod number {number}\tPersonDirectedAbuse")
    (folder / "cad_v1_1_train.tsv").write_text("\n".join(lines))
    return folder.parent


@pytest.fixture(scope="module")
def some_of_ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tenth of our own comments: all of them take minutes to train on."""
    path = tmp_path_factory.mktemp("labels") / "tenth.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["text", *LABELS])
        for ours in read_own()[::10]:
            labels = ["" if one is None else round(one) for one in ours.shares]
            rows.writerow([ours.comment.text, *labels])
    return path


@pytest.fixture(scope="module")
def model(
    site: Path, some_of_ours: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("out") / "model"
    done = _gavel(
        "train",
        "--without-ours",
        "--labels",
        some_of_ours,
        "--corpora",
        site,
        "--out",
        out,
    )
    assert done.returncode == 0, done.stderr
    assert "extremist_praise" in done.stdout
    assert f"to {out}" in done.stdout
    return out


@pytest.mark.parametrize(
    ("number", "send"),
    [
        pytest.param(signal.SIGINT, os.killpg, id="Ctrl-C at a terminal"),
        pytest.param(signal.SIGTERM, os.kill, id="SIGTERM to the first process"),
        pytest.param(signal.SIGTERM, os.killpg, id="SIGTERM to all"),
    ],
)
def test_a_signal_ends_training_quietly_with_all_its_workers(
    number: signal.Signals,
    send: Callable[[int, int], None],
    some_of_ours: Path,
    tmp_path: Path,
) -> None:
    options = ["--without-ours", "--labels", str(some_of_ours)]
    options += ["--out", str(tmp_path / "model")]
    program = "from model.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "train", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as training:
        assert training.stdout is not None
        while "counting n-grams" not in training.stdout.readline():
            pass
        send(training.pid, number)
        # The pipe ends when no worker holds it any more.
        printed, _ = training.communicate(timeout=30)

    assert (training.returncode, printed, list(tmp_path.iterdir())) == (130, "", [])


def test_trained_model_scores(model: Path) -> None:
    done = _gavel("score", "--model", model, text="you clod\n")

    assert done.returncode == 0
    assert json.loads(done.stdout)["id"] == "1"


def test_evaluation_is_printed_and_written_alike(model: Path, site: Path) -> None:
    done = _gavel("evaluate", model, "--corpora", site)

    written = json.loads((model / "evaluation.json").read_text())
    cells = {
        (cell["label"], cell["source"], cell["split"]) for cell in written["cells"]
    }
    assert done.returncode == 0
    assert ("abuse", "cad", "out of fold") in cells
    assert {label for label, source, _ in cells if source == "gavel"} == set(LABELS)
    table = done.stdout.partition("AUC against plain")[0].splitlines()
    assert len(table) == len(written["cells"]) + 1
    assert {result["suite"] for result in written["suites"]} == {
        "abusecheck",
        "praisecheck",
    }


@pytest.mark.long  # it scores all our comments
def test_evaluation_says_when_scores_flatter(model: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    for path in model.iterdir():
        if path.name != "evaluation.parquet":
            (alone / path.name).write_bytes(path.read_bytes())

    done = _gavel("evaluate", alone, "--json", tmp_path / "out.json")

    assert "rows 'trained on' flatter the model" in done.stdout


def test_own_labels_are_trained_on_and_measured(model: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("text,abuse\n" + "all quiet at the harbour,0\nyou clod,1\n" * 3)

    done = _gavel("evaluate", model, "--data", mine, "--json", tmp_path / "out.json")

    assert "mine" in done.stdout
    assert "unseen" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ["train", "--corpora", "{tmp}", "--out", "{tmp}/m"],
            "gavel: {tmp} holds no corpus",
            id="no corpus in the folder",
        ),
        pytest.param(
            ["evaluate", "{tmp}"],
            "gavel: there is no model in {tmp}: it has no card.json",
            id="no model in the folder",
        ),
        pytest.param(
            ["labels", "import", "cad", "{tmp}"],
            "gavel: {tmp} holds no CAD corpus",
            id="importer given another folder",
        ),
        pytest.param(
            ["labels", "import", "cda", "{tmp}"],
            "gavel: there is no importer for 'cda'",
            id="unknown corpus",
        ),
        pytest.param(
            ["labels", "import", "cda", "{tmp}/absent"],
            "gavel: there is no importer for 'cda'",
            id="unknown corpus that is absent",
        ),
        pytest.param(
            ["labels", "import", "cad", "{tmp}/absent"],
            "gavel: there is no file or folder {tmp}/absent",
            id="absent corpus",
        ),
        pytest.param(
            ["labels", "import", "own", "{tmp}/absent.csv"],
            "gavel: there is no file {tmp}/absent.csv",
            id="absent file to import",
        ),
        pytest.param(
            ["labels", "stats", "{tmp}/absent"],
            "gavel: there is no folder {tmp}/absent",
            id="absent folder of labels",
        ),
        pytest.param(
            ["labels", "stats", "{tmp}"],
            "gavel: there is no file {tmp}/judgements.csv",
            id="absent judgements",
        ),
        pytest.param(
            ["train", "--labels", "{tmp}/absent.csv", "--out", "{tmp}/m"],
            "gavel: there is no file {tmp}/absent.csv",
            id="absent labels",
        ),
        pytest.param(
            ["train", "--labels", "{tmp}", "--out", "{tmp}/m"],
            "gavel: {tmp} is a folder; name a file in it",
            id="folder in place of labels",
        ),
        pytest.param(
            ["train", "--corpora", "{tmp}/absent", "--out", "{tmp}/m"],
            "gavel: there is no folder {tmp}/absent",
            id="absent corpora",
        ),
        pytest.param(
            ["train", "--corpora", sys.executable, "--out", "{tmp}/m"],
            f"gavel: {sys.executable} is a file; name the folder that it is in",
            id="file in place of corpora",
        ),
        pytest.param(
            ["explain", "hi", "--model", "{tmp}/absent"],
            "gavel: there is no model in {tmp}/absent",
            id="absent model",
        ),
    ],
)
def test_mistake_is_answered_in_one_line(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    filled = [one.replace("{tmp}", str(tmp_path)) for one in arguments]

    done = _gavel(*filled)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(
        message.replace("{tmp}", str(tmp_path))
    )
    assert "Traceback" not in done.stderr


def test_import_counts_labels(site: Path) -> None:
    done = _gavel("labels", "import", "cad", site / "cad")

    assert done.stdout.splitlines()[:2] == [
        "cad: 80 rows read, 80 kept",
        "  abuse: 80 known, 40 positive",
    ]


def test_explanation_names_scores_words_and_sum(artefact: Path) -> None:
    done = _gavel("explain", "you clown", "--model", artefact, "--label", "insult")

    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[:7]] == list(LABELS)
    assert lines[7].startswith("action: ")
    assert lines[9].startswith("insult: bias ")
    assert lines[10] == "you clown"
    assert {line.split()[1] for line in lines[11:]} == {"you", "clown"}


def test_explanation_reads_standard_input(artefact: Path) -> None:
    done = _gavel("explain", "-", "--model", artefact, text="from a pipe\n")

    assert "from a pipe" in done.stdout


def test_explanation_shows_no_escape_of_the_comment(artefact: Path) -> None:
    done = _gavel("explain", "red \x1b[31m alert", "--model", artefact)

    assert "\x1b" not in done.stdout


def test_a_text_that_begins_like_an_option_is_met_with_a_hint() -> None:
    done = _gavel("explain", "-5 degrees")

    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "Error: there is no option -5; a comment that begins with - comes after --, "
        "as in: gavel explain -- '-5 degrees'",
    )


def test_a_text_after_two_dashes_may_begin_like_an_option(artefact: Path) -> None:
    done = _gavel("explain", "--model", artefact, "--", "-5 degrees")

    assert "-5 degrees" in done.stdout.splitlines()


def test_a_misspelt_option_is_met_with_the_near_one() -> None:
    done = _gavel("explain", "hi", "--lable", "abuse")

    assert (done.returncode, "--label" in done.stderr) == (2, True)
