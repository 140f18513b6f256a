import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from model.artefact import load_artefact
from model.artefact_format import (
    ArtefactError,
    scoring_files,
    sha256_of,
    version_of,
)
from model.features import ViewWeights
from model.views import VIEW_NAMES


@pytest.fixture
def copy(artefact: Path, tmp_path: Path) -> Path:
    """A model that a test may damage."""
    return Path(shutil.copytree(artefact, tmp_path / "copy"))


def _resign(folder: Path) -> None:
    """Make version and checksums right again, as one who meant harm would."""
    names = scoring_files(VIEW_NAMES)
    hashes = {name: sha256_of(folder / name) for name in names}
    card = json.loads((folder / "card.json").read_text())
    card["version"] = version_of(card, hashes)
    (folder / "card.json").write_text(json.dumps(card))
    hashes["card.json"] = sha256_of(folder / "card.json")
    lines = [f"{digest}  {name}\n" for name, digest in hashes.items()]
    (folder / "SHA256SUMS").write_text("".join(lines))


def _edit_card(folder: Path, key: str, value: object) -> None:
    card = json.loads((folder / "card.json").read_text())
    card[key] = value
    (folder / "card.json").write_text(json.dumps(card))
    _resign(folder)


def test_arrays_are_mapped_read_only(artefact: Path) -> None:
    views = load_artefact(artefact).views

    assert [isinstance(view.weights, np.memmap) for view in views] == [True] * 3
    assert [view.weights.flags.writeable for view in views] == [False] * 3


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
    path = folder / "words.learnt.npy"
    path.write_bytes(path.read_bytes()[:-100])


def _flip(folder: Path) -> None:
    path = folder / "characters.keys.npy"
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
        pytest.param(_cut, "words.learnt.npy differs from its checksum", id="cut off"),
        pytest.param(_flip, "characters.keys.npy differs", id="a flipped bit"),
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
        pytest.param(
            "calibration", {}, "calibration of abuse is missing", id="no calibration"
        ),
        pytest.param(
            "thresholds",
            {"abuse": {"review": 0.9, "hold": 0.5}},
            "thresholds of abuse are out of range",
            id="hold below review",
        ),
        pytest.param(
            "thresholds",
            {"abuse": {"review": float("nan")}},
            "review is nan and not a number",
            id="threshold that is no number",
        ),
        pytest.param(
            "thresholds",
            {"insult": {"review": 0.5}},
            "thresholds of 'insult' are not known here",
            id="threshold of a label without any",
        ),
    ],
)
def test_card_that_does_not_fit_is_refused(
    copy: Path, key: str, value: object, message: str
) -> None:
    _edit_card(copy, key, value)

    with pytest.raises(ArtefactError, match=message):
        load_artefact(copy)


def _save(name: str, array: NDArray[Any]) -> Callable[[Path], None]:
    def save(folder: Path) -> None:
        np.save(folder / name, array, allow_pickle=True)

    return save


_LABELS = 7
_OBJECTS = np.array([{"code": "would run"}] * _LABELS)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(
            _save("bias.npy", _OBJECTS), "bias.npy is not an array", id="objects"
        ),
        pytest.param(
            _save("bias.npy", np.zeros(_LABELS)),
            "bias.npy holds float64 and not <f4",
            id="another type",
        ),
        pytest.param(
            _save("bias.npy", np.zeros(3, "<f4")),
            r"bias.npy has shape \(3,\) and not \(7,\)",
            id="another shape",
        ),
        pytest.param(
            _save("bias.npy", np.full(_LABELS, np.inf, "<f4")),
            "bias.npy holds a number that is not finite",
            id="infinity",
        ),
        pytest.param(
            _save("words.starts.npy", np.array([0, 9_999_999], "<u4")),
            "words.starts.npy does not part the n-grams",
            id="bucket beyond the end",
        ),
        pytest.param(
            _save("words.starts.npy", np.zeros(0, "<u4")),
            "words.starts.npy does not part the n-grams",
            id="no buckets",
        ),
        pytest.param(
            _save("words.keys.npy", np.array([1 << 63], "<u8")),
            "words.keys.npy holds what is no n-gram",
            id="unknown words",
        ),
        pytest.param(
            _save("characters.keys.npy", np.array([1 << 60], "<u8")),
            "characters.keys.npy holds what is no n-gram",
            id="six characters",
        ),
        pytest.param(
            _save("classes.keys.npy", np.array([7 << 60 | 1 << 40], "<u8")),
            "classes.keys.npy holds what is no n-gram",
            id="unknown kind",
        ),
        pytest.param(
            _save("words.keys.npy", np.array([1, 1], "<u8")),
            "words.keys.npy holds an n-gram twice",
            id="twice",
        ),
    ],
)
def test_array_out_of_bounds_is_refused_though_it_is_signed(
    copy: Path, damage: Callable[[Path], None], message: str
) -> None:
    damage(copy)
    _resign(copy)

    with pytest.raises(ArtefactError, match=message):
        load_artefact(copy)


def test_ngrams_out_of_order_are_refused(copy: Path) -> None:
    keys = np.load(copy / "words.keys.npy")
    _save("words.keys.npy", keys[::-1].copy())(copy)
    _resign(copy)

    with pytest.raises(ArtefactError, match="does not part the n-grams"):
        load_artefact(copy)


@pytest.mark.parametrize(
    ("symbols", "message"),
    [
        pytest.param("[]", "it is no object of lists", id="a list"),
        pytest.param("{", "symbols.json cannot be read", id="no JSON"),
        pytest.param(
            '{"tokens": ["b", "a"], "characters": [], "marks": []}',
            "tokens is not in ascending order",
            id="out of order",
        ),
        pytest.param(
            '{"tokens": ["a"], "characters": ["ab"], "marks": []}',
            "characters holds more than characters",
            id="two in one",
        ),
        pytest.param(
            '{"tokens": ["a"], "characters": ["a"]}',
            "marks is no list of words",
            id="absent",
        ),
    ],
)
def test_damaged_symbols_are_refused(copy: Path, symbols: str, message: str) -> None:
    (copy / "symbols.json").write_text(symbols)
    _resign(copy)

    with pytest.raises(ArtefactError, match=message):
        load_artefact(copy)


def test_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match=r"it has no card\.json"):
        load_artefact(tmp_path)


def test_absent_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="it is not a folder"):
        load_artefact(tmp_path / "absent")


def test_pickled_file_beside_the_model_is_ignored(copy: Path) -> None:
    (copy / "pipeline.joblib").write_bytes(b"\x80\x04 not a pickle at all")

    assert load_artefact(copy).name == "gavel"
