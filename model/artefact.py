"""Loads a model from its folder, and believes nothing that it has not checked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labels.gazetteer import Reference
from model.actions import Thresholds
from model.artefact_card import calibrations_in, labels_in, thresholds_in
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
    version_with,
)
from model.calibration import Calibration
from model.features import ViewWeights
from model.ngram_keys import (
    NgramKeys,
    Symbols,
    buckets_of,
    keys_of,
    mixed,
    starts_of,
)
from model.symbols import parse_symbols
from model.views import VIEW_NAMES
from model.word_tables import WordTables, parse_tables


@dataclass(frozen=True, slots=True)
class Artefact:
    """All that a score depends on, and the card that describes it."""

    path: Path
    card: Mapping[str, Any]
    name: str
    version: str
    labels: tuple[str, ...]
    tables: WordTables
    symbols: Symbols
    bias: NDArray[np.float32]
    views: tuple[ViewWeights, ...]
    calibrations: Mapping[str, Calibration]
    thresholds: Mapping[str, Thresholds]


def load_artefact(path: Path) -> Artefact:
    """Load a model; its arrays stay on disk, mapped read-only.

    Only JSON and plain arrays are read, so a model file cannot run code. Every
    checksum, shape and bound is verified first.

    Raises:
        ArtefactError: if the folder holds no model, one of another format, or a
            damaged one.
    """
    card = _read_card(path)
    hashes = _verify_checksums(path)
    labels = labels_in(path, card)
    version = version_of(card, hashes)
    if card.get("version") != version:
        raise _damaged(path, "its card was edited or belongs to another model")
    symbols = _load_symbols(path)
    packings = keys_of(symbols)
    return Artefact(
        path=path,
        card=card,
        name=str(card.get("name", "")),
        version=version,
        labels=labels,
        tables=_load_tables(path),
        symbols=symbols,
        bias=_finite_array(path, BIAS, (len(labels),)),
        views=tuple(
            _load_view(path, view, packings[view], len(labels)) for view in VIEW_NAMES
        ),
        calibrations=calibrations_in(path, card),
        thresholds=thresholds_in(path, card),
    )


def with_names(artefact: Artefact, names: Sequence[Reference]) -> Artefact:
    """Return the model with more names in its gazetteer; a known one gets its kind.

    The version changes with them, since scores do.
    """
    added = {one.term: one.kind for one in names}
    references = {**artefact.tables.references, **added}
    return replace(
        artefact,
        tables=replace(artefact.tables, references=references),
        version=version_with(artefact.version, added),
    )


def _damaged(path: Path, reason: str) -> ArtefactError:
    return ArtefactError(
        f"the model in {path} is damaged: {reason}; install it again or train anew"
    )


def _read_card(path: Path) -> dict[str, Any]:
    if not path.is_dir():
        raise ArtefactError(f"there is no model in {path}: it is not a folder")
    try:
        card = json.loads((path / CARD).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ArtefactError(f"there is no model in {path}: it has no {CARD}") from error
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path, f"{CARD} cannot be read ({error})") from error
    found = card.get("format") if isinstance(card, dict) else None
    if found != FORMAT:
        raise ArtefactError(
            f"the model in {path} has format {found!r}, and this Gavel reads format "
            f"{FORMAT}; train it anew with this version"
        )
    return dict(card)


def _verify_checksums(path: Path) -> dict[str, str]:
    """Return the SHA-256 of every file, once each equals what was written."""
    expected = scoring_files(VIEW_NAMES)
    try:
        lines = (path / CHECKSUMS).read_text(encoding="ascii").splitlines()
        pairs = [line.split("  ", 1) for line in lines]
        written = {name: digest for digest, name in pairs}
        found = {name: sha256_of(path / name) for name in [*expected, CARD]}
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).name
        raise _damaged(path, f"{missing} is missing") from error
    except (OSError, ValueError) as error:
        raise _damaged(path, f"{CHECKSUMS} cannot be read ({error})") from error
    for name, digest in found.items():
        if written.get(name) != digest:
            raise _damaged(path, f"{name} differs from its checksum")
    return {name: found[name] for name in expected}


def _load_tables(path: Path) -> WordTables:
    try:
        return parse_tables((path / TABLES).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path, f"{TABLES} cannot be read ({error})") from error


def _map_array(path: Path, name: str, dtype: str) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.load(path / name, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise _damaged(path, f"{name} is not an array ({error})") from error
    if array.dtype != np.dtype(dtype):
        raise _damaged(path, f"{name} holds {array.dtype} and not {dtype}")
    return array


def _finite_array(path: Path, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    array = _map_array(path, name, "<f4")
    if array.shape != shape:
        raise _damaged(path, f"{name} has shape {array.shape} and not {shape}")
    if not np.isfinite(array).all():
        raise _damaged(path, f"{name} holds a number that is not finite")
    return array


def _load_symbols(path: Path) -> Symbols:
    try:
        return parse_symbols((path / SYMBOLS).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path, f"{SYMBOLS} cannot be read ({error})") from error


def _load_view(path: Path, view: str, packing: NgramKeys, labels: int) -> ViewWeights:
    keys = _map_array(path, array_file(view, "keys"), "<u8")
    starts = _map_array(path, array_file(view, "starts"), "<u4")
    if keys.ndim != 1 or not packing.are_sound(keys):
        raise _damaged(path, f"{array_file(view, 'keys')} holds what is no n-gram")
    if not np.diff(np.sort(keys)).all():
        raise _damaged(path, f"{array_file(view, 'keys')} holds an n-gram twice")
    if not _are_buckets(keys, starts):
        raise _damaged(path, f"{array_file(view, 'starts')} does not part the n-grams")
    shape = (len(keys), labels + 1)
    learnt = _finite_array(path, array_file(view, "learnt"), shape)
    if (learnt[:, -1] <= 0).any():
        raise _damaged(path, f"{array_file(view, 'learnt')} holds an idf not above 0")
    return ViewWeights(view, packing, keys, starts, learnt)


def _are_buckets(keys: NDArray[np.uint64], starts: NDArray[np.uint32]) -> bool:
    buckets = buckets_of(mixed(keys))
    if (buckets[1:] < buckets[:-1]).any():
        return False
    try:
        expected = starts_of(buckets)
    except ValueError:
        return False
    return np.array_equal(starts, expected)
