"""``gavel evaluate --report``: what it refuses, before it measures anything."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from labels.schema import LABELS
from model.bundled_model import BUNDLED
from model.cli import main
from training.evaluate_command import command_line


def _run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["evaluate", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stderr


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("option", "text", "message"),
    [
        pytest.param(
            "--data", "text,rude\na,1\n", "no column that is named after a label",
            id="data without labels",
        ),
        pytest.param(
            "--data", "comment,abuse\na,1\n", "has no column 'text'",
            id="data without texts",
        ),
        pytest.param(
            "--data", "text,abuse\na,very\n", "a label is 1, 0, a share",
            id="a label that is none",
        ),
        pytest.param(
            "--suite", "function,text,gold\na,b,maybe\n", "found 'maybe'",
            id="a suite with unknown labels",
        ),
        pytest.param(
            "--suite", "function,gold\na,1\n", "no column for the case",
            id="a suite without cases",
        ),
        pytest.param(
            "--suite",
            "id,function,tests,ideology,text,parent_text,label,expected,part\n"
            "1,f,t,,hello,,rudeness,1,open\n",
            "no case is about a label that there is (found 'rudeness'",
            id="a suite of ours with an unknown label",
        ),
        pytest.param(
            "--pass-marks", "[[mark]]\n", "names no figure", id="marks without figure"
        ),
    ],
)  # fmt: skip
def test_bad_input_gets_one_sentence(
    option: str, text: str, message: str, tmp_path: Path
) -> None:
    path = _file(tmp_path, "input.csv", text)

    code, said = _run(option, path, "--report", tmp_path / "out.html")

    assert code == 1
    assert said.startswith("gavel: ")
    assert message in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out.html").exists()


def _with_labels(folder: Path, labels: list[str]) -> Path:
    model = folder / "foreign"
    shutil.copytree(BUNDLED, model)
    card = json.loads((model / "card.json").read_text(encoding="utf-8"))
    card["labels"] = labels
    old = hashlib.sha256((model / "card.json").read_bytes()).hexdigest()
    (model / "card.json").write_text(json.dumps(card), encoding="utf-8")
    new = hashlib.sha256((model / "card.json").read_bytes()).hexdigest()
    sums = model / "SHA256SUMS"
    sums.write_text(sums.read_text().replace(old, new))
    return model


@pytest.mark.parametrize(
    "labels",
    [
        pytest.param(list(LABELS[:-1]), id="it lacks a label"),
        pytest.param([*LABELS[:-1], "spam"], id="it has another"),
    ],
)
@pytest.mark.parametrize("role", ["model", "against"])
def test_a_model_of_other_labels_is_refused(
    labels: list[str], role: str, tmp_path: Path
) -> None:
    model = _with_labels(tmp_path, labels)
    chosen = [model] if role == "model" else [BUNDLED, "--against", model]

    code, said = _run(*chosen, "--report", tmp_path / "out.html")

    assert code == 1
    assert "labels are" in said
    assert said.count("\n") == 1


def test_two_outputs_cannot_be_one_file(tmp_path: Path) -> None:
    path = tmp_path / "out.html"

    code, said = _run("--report", path, "--json", path)

    assert (code, "name one file" in said) == (1, True)


def test_an_output_without_its_folder_is_refused_at_once(tmp_path: Path) -> None:
    code, said = _run("--report", tmp_path / "absent" / "out.html")

    assert code == 1
    assert "make the folder" in said


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        pytest.param(["evaluate", "/a/b/m"], "gavel evaluate m", id="a folder"),
        pytest.param(
            ["evaluate", "--report=/a/r.html", "--seed", "1"],
            "gavel evaluate --report=r.html --seed 1",
            id="an option with its value",
        ),
    ],
)
def test_a_report_names_no_folder_of_this_machine(
    arguments: list[str], shown: str
) -> None:
    assert command_line(arguments) == shown


@pytest.mark.long  # it judges all our comments
def test_report_json_and_card_are_written(tmp_path: Path) -> None:
    outputs = [tmp_path / name for name in ("r.html", "r.json", "r.md")]

    done = CliRunner().invoke(
        main,
        [
            *("evaluate", "--report", str(outputs[0])),
            *("--json", str(outputs[1]), "--card", str(outputs[2])),
        ],
    )

    assert done.exit_code == 0
    assert "pass marks kept" in done.stdout
    report = json.loads(outputs[1].read_text(encoding="utf-8"))
    assert report["model"]["version"] in outputs[0].read_text(encoding="utf-8")
    assert report["model"]["version"] in outputs[2].read_text(encoding="utf-8")
    assert str(tmp_path) not in outputs[0].read_text(encoding="utf-8")
