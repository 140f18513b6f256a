"""What answers of the native API hold beside scores: models and errors."""

from typing import Any

from serve.messages import Message, ModelOut


class ModelsOut(Message):
    """What GET /v1/models answers: the models that this service scores with."""

    models: list[ModelOut]


class ModelCardOut(ModelOut):
    """A model with its card: labels, thresholds, calibration, data and metrics."""

    card: dict[str, Any]


class FaultOut(Message):
    """What is wrong with one field."""

    field: str
    message: str


class ErrorOut(Message):
    """Why a request was not answered."""

    code: str
    message: str
    details: list[FaultOut]


class ErrorResponse(Message):
    """What every request that cannot be answered gets."""

    error: ErrorOut
