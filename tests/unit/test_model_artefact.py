import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from model.artefact import load_artefact
from model.artefact_format import ArtefactError, array_files, sha256_of
from model.features import ViewWeights
from model.views import VIEWS


@pytest.fixture
def copy(artefact: Path, tmp_path: Path) -> Path:
    """A model that a test may damage."""
    return Path(shutil.copytree(artefact, tmp_path / "copy"))


def _resign(folder: Path) -> None:
    """Make the checksums right again, as one who meant harm would."""
    names = [*array_files(view.name for view in VIEWS), "card.json"]
    lines = [f"{sha256_of(folder / name)}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(lines))


def _edit_card(folder: Path, key: str, value: object) -> None:
    card = json.loads((folder / "card.json").read_text())
    card[key] = value
    (folder / "card.json").write_text(json.dumps(card))
    _resign(folder)


def test_arrays_are_mapped_read_only(artefact: Path) -> None:
    (words, characters) = load_artefact(artefact).views

    assert isinstance(words.weights, np.memmap)
    assert isinstance(characters.weights, np.memmap)
    assert not words.weights.flags.writeable


def test_version_is_stable(artefact: Path, copy: Path) -> None:
    assert load_artefact(copy).version == load_artefact(artefact).version


def test_rare_ngrams_do_not_ship(artefact: Path) -> None:
    def rarest(view: ViewWeights) -> float:
        return float(view.idf.max())

    # ln((1 + n) / (1 + 3)) + 1 is the idf of an n-gram that three of n comments hold.
    trained_on = json.loads((artefact / "card.json").read_text())["trained_on"]
    most = np.log((1 + trained_on) / 4) + 1

    assert all(rarest(view) <= most + 1e-5 for view in load_artefact(artefact).views)


def _cut(folder: Path) -> None:
    path = folder / "words.weights.npy"
    path.write_bytes(path.read_bytes()[:-100])


def _flip(folder: Path) -> None:
    path = folder / "characters.idf.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))


def _remove(folder: Path) -> None:
    (folder / "bias.npy").unlink()


def _no_sums(folder: Path) -> None:
    (folder / "SHA256SUMS").unlink()


def _card_garbage(folder: Path) -> None:
    (folder / "card.json").write_bytes(b"\xff{")


def _edited_description(folder: Path) -> None:
    text = (folder / "card.json").read_text()
    (folder / "card.json").write_text(text + " ")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(_cut, "words.weights.npy differs from its checksum", id="cut off"),
        pytest.param(_flip, "characters.idf.npy differs", id="a flipped bit"),
        pytest.param(_remove, "bias.npy is missing", id="a missing file"),
        pytest.param(_no_sums, "SHA256SUMS is missing", id="no checksums"),
        pytest.param(_card_garbage, "card.json cannot be read", id="card is not JSON"),
        pytest.param(_edited_description, "card.json differs", id="card edited"),
    ],
)
def test_damaged_model_is_refused(
    copy: Path, damage: Callable[[Path], None], message: str
) -> None:
    damage(copy)

    with pytest.raises(ArtefactError, match=message):
        load_artefact(copy)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        pytest.param("format", 99, "has format 99", id="another format"),
        pytest.param("labels", ["abuse"], "labels are", id="other labels"),
        pytest.param("calibration", {}, "edited or belongs", id="other calibration"),
        pytest.param("thresholds", {}, "edited or belongs", id="other thresholds"),
    ],
)
def test_card_that_does_not_fit_is_refused(
    copy: Path, key: str, value: object, message: str
) -> None:
    _edit_card(copy, key, value)

    with pytest.raises(ArtefactError, match=message):
        load_artefact(copy)


def test_array_of_python_objects_is_never_unpickled(copy: Path) -> None:
    np.save(copy / "bias.npy", np.array([{"code": "would run"}] * 7), allow_pickle=True)
    _resign(copy)

    with pytest.raises(ArtefactError, match="edited or belongs to another model"):
        load_artefact(copy)


def test_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="it has no card.json"):
        load_artefact(tmp_path)


def test_absent_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="it is not a folder"):
        load_artefact(tmp_path / "absent")


def test_pickled_file_beside_the_model_is_ignored(copy: Path) -> None:
    (copy / "pipeline.joblib").write_bytes(pickle.dumps({"not": "read"}))

    assert load_artefact(copy).name == "gavel"
