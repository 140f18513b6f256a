"""Checks the parts of a model's card that scoring depends on."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from labels.schema import LABELS
from model.actions import ACTION_LABELS, Thresholds
from model.artefact_format import CARD, ArtefactError
from model.calibration import Calibration


def labels_in(path: Path, card: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the labels a model judges.

    Raises:
        ArtefactError: if they are not exactly ours, in our order.
    """
    found = card.get("labels")
    if found != list(LABELS):
        raise _fault(path, f"labels are {found!r} and not {list(LABELS)!r}")
    return LABELS


def calibrations_in(path: Path, card: Mapping[str, Any]) -> dict[str, Calibration]:
    """Return the calibration of every label.

    Raises:
        ArtefactError: if one is missing, not finite, or not increasing.
    """
    written = _mapping(path, card, "calibration")
    calibrations = {}
    for label in LABELS:
        entry = written.get(label)
        if not isinstance(entry, dict):
            raise _fault(path, f"calibration of {label} is missing")
        numbers = [
            _number(path, f"calibration of {label}: {key}", entry.get(key))
            for key in ("slope", "intercept", "base_rate")
        ]
        calibration = Calibration(*numbers)
        if calibration.slope <= 0 or not 0 < calibration.base_rate < 1:
            raise _fault(path, f"calibration of {label} is out of range: {entry!r}")
        calibrations[label] = calibration
    return calibrations


def thresholds_in(path: Path, card: Mapping[str, Any]) -> dict[str, Thresholds]:
    """Return the action thresholds of the labels that have any.

    Raises:
        ArtefactError: if a label has none to have, or a value is out of range.
    """
    written = _mapping(path, card, "thresholds")
    return {label: _thresholds(path, label, entry) for label, entry in written.items()}


def _thresholds(path: Path, label: str, entry: Any) -> Thresholds:
    if label not in ACTION_LABELS or not isinstance(entry, dict):
        raise _fault(path, f"thresholds of {label!r} are not known here")
    values = {
        action: _number(path, f"thresholds of {label}: {action}", entry[action])
        for action in ("review", "hold")
        if entry.get(action) is not None
    }
    review, hold = values.get("review"), values.get("hold")
    is_ordered = review is None or hold is None or review <= hold
    if not is_ordered or any(not 0 <= value <= 1 for value in values.values()):
        raise _fault(path, f"thresholds of {label} are out of range: {entry!r}")
    return Thresholds(review, hold)


def _mapping(path: Path, card: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = card.get(key)
    if not isinstance(found, dict):
        raise _fault(path, f"{key} is missing")
    return found


def _number(path: Path, name: str, value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value):
        raise _fault(path, f"{name} is {value!r} and not a number")
    return float(value)


def _fault(path: Path, reason: str) -> ArtefactError:
    return ArtefactError(
        f"the model in {path} is damaged: in {CARD} {reason}; "
        "install it again or train anew"
    )
