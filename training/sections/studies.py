"""Sections 11 and 15: what takes many fits, read from the study beside the model."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from labels.errors import InputError

FILE: Final = "studies.json"
NOT_STUDIED: Final = "not studied"


@dataclass(frozen=True, slots=True)
class Transfer:
    """How well a fit on one source tells another apart; ROC-AUC in [0, 1]."""

    label: str
    train: str
    test: str
    n: int
    positives: int
    roc_auc: float | None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What a share of the training data is worth, judged on rows that no fit saw."""

    label: str
    share: float
    rows: int
    n: int
    roc_auc: float | None
    average_precision: float | None


@dataclass(frozen=True, slots=True)
class Studies:
    """What ``gavel train --study`` leaves beside a model.

    Attributes:
        version: of the model that it was made with.
        seed: of its draws.
        transfer: train source by test source, by label.
        learning_curve: by label and share of the training data.
    """

    version: str
    seed: int
    transfer: list[Transfer]
    learning_curve: list[CurvePoint]


@dataclass(frozen=True, slots=True)
class TransferSection:
    """Transfer between sources; ``not_judged`` says why there is none."""

    results: list[Transfer]
    not_judged: str | None


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """What more labels would be worth; ``not_judged`` says why there is none."""

    points: list[CurvePoint]
    not_judged: str | None


def read_studies(folder: Path, version: str) -> Studies | None:
    """Read the study beside a model; None where there is none, or of another version.

    Raises:
        InputError: if the file is damaged.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        studies = TypeAdapter(Studies).validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(
            f"{path} is damaged ({first['msg']}); make it anew with gavel train --study"
        ) from error
    return studies if studies.version == version else None


def write_studies(folder: Path, studies: Studies) -> Path:
    """Write a study beside its model; return where."""
    path = folder / FILE
    plain = TypeAdapter(Studies).dump_python(studies, mode="json")
    path.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
    return path


def describe_studies(studies: Studies | None) -> tuple[TransferSection, LearningCurve]:
    """Return both sections."""
    reason = None if studies else f"{NOT_STUDIED}: gavel train --study makes it"
    transfer = studies.transfer if studies else []
    points = studies.learning_curve if studies else []
    return TransferSection(transfer, reason), LearningCurve(points, reason)
