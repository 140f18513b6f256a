"""Tells whoever runs the service whether it lives, and whether it can score."""

from flask import Blueprint, Response

from serve.answers import json_response
from serve.errors import log_unexpected
from serve.state import current_service

blueprint = Blueprint("operations", __name__)


@blueprint.get("/")
def show_way_in() -> Response:
    """Tell a visitor where scores are."""
    return json_response(
        {"gavel": 'POST {"text": "a comment"} to /v1/score as application/json'}
    )


@blueprint.get("/healthz")
def show_health() -> Response:
    """Answer for as long as the process lives; says nothing about the model."""
    return json_response({"status": "ok"})


@blueprint.get("/readyz")
def show_readiness() -> Response:
    """Answer 200 only if a word can be scored now, else 503.

    It scores one rather than trust that the model was loaded: a model whose disk
    went away is loaded still.
    """
    scorer = current_service().scorer
    try:
        scorer.score(["ready"])
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not ready
        log_unexpected(error)
        return json_response({"status": "unavailable"}, 503)
    model = {"name": scorer.name, "version": scorer.version}
    return json_response({"status": "ready", "model": model})
