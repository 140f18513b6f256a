"""The native API: GET /v1/models and the card of one."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response

from serve.access import needs
from serve.answer_messages import ModelCardOut, ModelsOut
from serve.answers import json_response
from serve.documented import Operation, documented
from serve.errors import ApiError
from serve.messages import ModelOut
from serve.state import CommentScorer, current_service

blueprint = Blueprint("models", __name__)

_LIST: Final = Operation(answers={200: (ModelsOut, "The model that scores now.")})
_CARD: Final = Operation(
    answers={200: (ModelCardOut, "Its card.")},
    path_fields={"version": "The version that comes with every score."},
    errors=(404,),
)


@blueprint.get("/v1/models")
@needs("score")
@documented(_LIST)
def list_models() -> Response:
    """Name the model that scores now, and its version."""
    answer = ModelsOut(models=[_model(current_service().scorer)])
    return json_response(answer.model_dump())


@blueprint.get("/v1/models/<version>")
@needs("score")
@documented(_CARD)
def show_model(version: str) -> Response:
    """Show a model's card: what it was trained on and how well it does."""
    scorer = current_service().scorer
    if version != scorer.version:
        raise ApiError(
            404,
            "unknown_model",
            f"no model of that version scores here; {scorer.version} does",
        )
    answer = ModelCardOut(
        name=scorer.name, version=scorer.version, card=dict(_card(scorer))
    )
    return json_response(answer.model_dump())


def _model(scorer: CommentScorer) -> ModelOut:
    return ModelOut(name=scorer.name, version=scorer.version)


def _card(scorer: CommentScorer) -> Mapping[str, Any]:
    """Return the card of a model, also where something stands before the model."""
    inner = getattr(scorer, "inner", scorer)
    card: Mapping[str, Any] = getattr(inner, "card", {})
    return card
