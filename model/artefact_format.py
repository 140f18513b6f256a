"""The files of an artefact: their names, their shapes, what makes a version."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from labels.errors import GavelError

FORMAT: Final = 4
"""Raised when the meaning of a file, the normaliser or a view changes: the same
weights would then give other scores, so an artefact of another format is refused."""

CARD: Final = "card.json"
CHECKSUMS: Final = "SHA256SUMS"
BIAS: Final = "bias.npy"
TABLES: Final = "words.json"
"""What reading a comment depends on: ``model.word_tables``."""

SYMBOLS: Final = "symbols.json"
"""What n-grams are made of: ``model.ngram_keys.Symbols``."""

VIEW_ARRAYS: Final = ("keys", "starts", "learnt")
"""Each view has one array of each: its n-grams, packed, in the order of their hashes;
where each bucket of hashes begins; and for each n-gram the weight of every label and
its idf, together because they are used together."""

_VERSION_LENGTH: Final = 12


class ArtefactError(GavelError):
    """A folder is no model of ours, or a damaged one."""


def array_file(view: str, array: str) -> str:
    """Return the name of the file that holds one array of one view."""
    return f"{view}.{array}.npy"


def scoring_files(views: Iterable[str]) -> list[str]:
    """Return the names of every file that a score depends on beside the card."""
    return [
        BIAS,
        TABLES,
        SYMBOLS,
        *(array_file(view, array) for view in views for array in VIEW_ARRAYS),
    ]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def version_of(card: Mapping[str, Any], hashes: Mapping[str, str]) -> str:
    """Return the version that answers carry.

    It hashes all that a score or an action depends on, and nothing else: arrays and
    word tables, the labels, the calibration and the thresholds. A corrected
    description of the data is no new version.
    """
    scoring = {
        key: card.get(key) for key in ("format", "labels", "calibration", "thresholds")
    }
    return _digest([scoring, dict(hashes)])


def version_with(version: str, names: Mapping[str, str]) -> str:
    """Return the version of a model to whose gazetteer names were added."""
    return _digest([version, dict(names)])


def _digest(value: object) -> str:
    canonical = json.dumps(value, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:_VERSION_LENGTH]
