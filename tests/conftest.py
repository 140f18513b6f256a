"""What many tests share: a small model, trained once a session."""

from pathlib import Path

import pytest

from labels.labelled import LabelledComment
from labels.own import read_own
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
