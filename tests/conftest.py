"""What many tests share: a small model and a report on it, made once a session."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from labels.labelled import LabelledComment
from labels.own import (
    COMMENT_COLUMNS,
    COMMENTS,
    DATA,
    JUDGEMENT_COLUMNS,
    JUDGEMENTS,
    read_own,
)
from labels.suites import SUITE_COLUMNS
from model.scorer import Scorer
from training.evaluation_report import ReportOptions, as_plain, make_report
from training.rows import as_rows
from training.train import Trained, train

# Every fifth comes from every writing batch, held-out ones too.
_EVERY = 5

# A report on fewer of them holds everything, in seconds.
_EVERY_OWN = 25
_HIDDEN_WORD = "zanzibarquay"


@pytest.fixture(scope="session")
def few_labelled() -> list[LabelledComment]:
    """Some of our own comments: enough to train on in seconds."""
    return read_own()[::_EVERY]


@pytest.fixture(scope="session")
def trained(
    few_labelled: list[LabelledComment], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Trained]:
    folder = tmp_path_factory.mktemp("model") / "small"
    return folder, train(as_rows(few_labelled), folder, jobs=1)


@pytest.fixture(scope="session")
def artefact(trained: tuple[Path, Trained]) -> Path:
    """The folder of a small trained model."""
    return trained[0]


@pytest.fixture(scope="session")
def scorer(artefact: Path) -> Scorer:
    return Scorer.load(artefact)


@pytest.fixture(scope="session")
def small_own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of our own comments with all their judgements, as a folder."""
    folder = tmp_path_factory.mktemp("own")
    kept: set[str] = set()
    for name, key in ((COMMENTS, "id"), (JUDGEMENTS, "comment_id")):
        with (DATA / name).open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        if name == COMMENTS:
            rows = rows[::_EVERY_OWN]
            kept = {row["id"] for row in rows}
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, reader.fieldnames or [])
            writer.writeheader()
            writer.writerows(row for row in rows if row[key] in kept)
    return folder


@pytest.fixture(scope="session")
def hidden_corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus whose every comment holds a word that must not be shown."""
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "cad").mkdir()
    rows = [
        f"r{at}\tyou are an idiot {_HIDDEN_WORD} {at}\t"
        + ("PersonDirectedAbuse" if at % 2 else "Neutral")
        for at in range(40)
    ]
    table = "\n".join(["id\ttext\tlabels", *rows]) + "\n"
    (folder / "cad" / "cad_v1_1_train.tsv").write_text(table, "utf-8")
    return folder


@pytest.fixture(scope="session")
def report_options(
    artefact: Path,
    small_own: Path,
    hidden_corpora: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> ReportOptions:
    folder = tmp_path_factory.mktemp("brought")
    suite = folder / "theircheck.csv"
    suite.write_text(
        "functionality,test_case,label_gold\n"
        + "derogation,all women are idiots and vermin,hateful\n"
        + "thanks,thank you all,non-hateful\nodd,what is this,perhaps\n"
    )
    three = folder / "three.csv"
    three.write_text("text,abuse,insult\nall quiet,0,1\nyou clod,1,1\nbye now,0,1\n")
    recent = folder / "recent.csv"
    recent.write_text("text\nwell said\nyou utter idiot\n")
    return ReportOptions(
        artefact,
        own=small_own,
        corpora=hidden_corpora,
        files=[three],
        suites=[suite],
        against=artefact,
        unlabelled=recent,
        jobs=1,
        command="gavel evaluate small",
    )


@pytest.fixture(scope="session")
def report_steps() -> list[str]:
    return []


@pytest.fixture(scope="session")
def report(report_options: ReportOptions, report_steps: list[str]) -> dict[str, Any]:
    return as_plain(make_report(report_options, report_steps.append))


@pytest.fixture(scope="session")
def hidden_word() -> str:
    """A word of every comment of ``hidden_corpora``, and of no other."""
    return _HIDDEN_WORD


@pytest.fixture
def write_tables(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes comments, judgements and a suite into a folder.

    Cells that a row does not name are those of a row without fault. The suite is
    called ``cases.csv`` and lies in the folder ``suites``.
    """

    def write(
        comments: Sequence[dict[str, str]],
        judgements: Sequence[dict[str, str]],
        cases: Sequence[dict[str, str]] = (),
    ) -> Path:
        (tmp_path / "suites").mkdir()
        for name, columns, usual, rows in (
            ("comments.csv", COMMENT_COLUMNS, _COMMENT, comments),
            ("judgements.csv", JUDGEMENT_COLUMNS, _JUDGEMENT, judgements),
            ("suites/cases.csv", SUITE_COLUMNS, _CASE, cases),
        ):
            with (tmp_path / name).open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(usual | row for row in rows)
        return tmp_path

    return write


_COMMENT = {"id": "c1", "text": "some words", "batch": "b1", "split": "train"}
_JUDGEMENT = {
    "comment_id": "c1",
    "annotator": "a1",
    "round": "1",
    "codebook_version": "2",
    "rule": "none",
}
_CASE = {
    "id": "s1",
    "function": "thanks",
    "tests": "Thanks are harmless.",
    "text": "thank you all",
    "label": "abuse",
    "expected": "0",
    "part": "open",
}
