"""Writes a model into a folder, the counterpart of ``model.artefact``."""

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labels.schema import LABELS
from model.actions import Thresholds
from model.artefact_format import (
    BIAS,
    CARD,
    CHECKSUMS,
    FORMAT,
    SYMBOLS,
    TABLES,
    ArtefactError,
    array_file,
    scoring_files,
    sha256_of,
    version_of,
)
from model.calibration import Calibration
from model.ngram_keys import (
    NgramKeys,
    Symbols,
    in_buckets,
    keys_of,
    mixed,
    symbols_of,
)
from model.symbols import symbols_as_json
from model.word_tables import WordTables


@dataclass(frozen=True, slots=True)
class FittedView:
    """What training learnt of one view; ``weights`` is (n-grams, labels)."""

    name: str
    ngrams: Sequence[str]
    idf: NDArray[np.float64]
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FittedModel:
    """What scoring needs of a trained model."""

    name: str
    tables: WordTables
    bias: NDArray[np.float64]
    views: Sequence[FittedView]
    calibrations: Mapping[str, Calibration]
    thresholds: Mapping[str, Thresholds]


def write_artefact(path: Path, model: FittedModel, about: Mapping[str, Any]) -> str:
    """Write a model and return its version; an older model in the folder goes.

    ``about`` is what else the card says: data, metrics, library versions. All files
    are complete before the first is moved into place, and a folder with files of two
    models is refused by its checksums. Other files in the folder stay.

    Raises:
        ArtefactError: if its n-grams have more different characters than keys hold.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".writing-") as name:
        folder = Path(name)
        _save(folder / BIAS, model.bias, "<f4")
        _write_text(folder / TABLES, model.tables.as_json())
        symbols = _symbols(model.views)
        _write_text(folder / SYMBOLS, symbols_as_json(symbols))
        packings = keys_of(symbols)
        for view in model.views:
            _write_view(folder, view, packings[view.name])
        names = scoring_files(view.name for view in model.views)
        hashes = {file: sha256_of(folder / file) for file in names}
        card = _scoring_card(model)
        version = version_of(card, hashes)
        _write_text(
            folder / CARD,
            json.dumps({**card, "version": version, **about}, indent=2) + "\n",
        )
        sums = {**hashes, CARD: sha256_of(folder / CARD)}
        lines = [f"{digest}  {file}\n" for file, digest in sorted(sums.items())]
        _write_text(folder / CHECKSUMS, "".join(lines))
        path.mkdir(exist_ok=True)
        for file in (*names, CARD, CHECKSUMS):
            shutil.move(folder / file, path / file)
    return version


def _scoring_card(model: FittedModel) -> dict[str, Any]:
    calibration = {
        label: {
            "slope": fitted.slope,
            "intercept": fitted.intercept,
            "base_rate": fitted.base_rate,
        }
        for label, fitted in model.calibrations.items()
    }
    thresholds = {
        label: {"review": found.review, "hold": found.hold}
        for label, found in model.thresholds.items()
    }
    return {
        "name": model.name,
        "format": FORMAT,
        "labels": list(LABELS),
        "calibration": calibration,
        "thresholds": thresholds,
    }


def _symbols(views: Sequence[FittedView]) -> Symbols:
    try:
        return symbols_of({view.name: view.ngrams for view in views})
    except ValueError as error:
        raise ArtefactError(
            f"the model cannot be written: {error}; leave out comments in scripts of "
            "many characters"
        ) from error


def _write_view(folder: Path, view: FittedView, packing: NgramKeys) -> None:
    keys = np.array([packing.pack(ngram) for ngram in view.ngrams], np.uint64)
    order, starts = in_buckets(mixed(keys))
    learnt = np.column_stack([view.weights, view.idf])
    arrays: dict[str, tuple[NDArray[Any], str]] = {
        "keys": (keys[order], "<u8"),
        "starts": (starts, "<u4"),
        "learnt": (learnt[order], "<f4"),
    }
    for array, (values, dtype) in arrays.items():
        _save(folder / array_file(view.name, array), values, dtype)


def _save(path: Path, values: NDArray[Any], dtype: str) -> None:
    np.save(path, np.ascontiguousarray(values, dtype=dtype), allow_pickle=False)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
