"""What many tests share: a small model, trained once a session; tables of labels."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from labels.labelled import LabelledComment
from labels.own import COMMENT_COLUMNS, JUDGEMENT_COLUMNS, read_own
from labels.suites import SUITE_COLUMNS
from model.scorer import Scorer
from training.rows import as_rows
from training.train import Trained, train

# Every fifth comes from every writing batch, held-out ones too.
_EVERY = 5


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


@pytest.fixture(scope="session", autouse=True)
def _own_instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test away from what a developer promoted and stored."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAVEL_INSTANCE", str(tmp_path_factory.mktemp("instance")))
        yield
