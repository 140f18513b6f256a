"""Tells whoever runs the service whether it lives, and whether it can score."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response

from serve.answers import json_response
from serve.errors import log_unexpected
from serve.observe import CountingScorer
from serve.state import CommentScorer, current_service

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
    """Answer 200 only if a word can be scored now and every check is well, else 503.

    It scores one rather than trust that the model was loaded: a model whose disk
    went away is loaded still.
    """
    service = current_service()
    scorer = service.scorer
    checks: dict[str, Callable[[], None]] = {
        "model": partial(_check_scorer, scorer),
        **service.checks,
    }
    found = {name: _is_well(check) for name, check in checks.items()}
    answer: dict[str, object] = {
        "status": "ready" if all(found.values()) else "unavailable",
        "checks": {name: "ok" if well else "failed" for name, well in found.items()},
    }
    if found["model"]:
        answer["model"] = {"name": scorer.name, "version": scorer.version}
    return json_response(answer, 200 if all(found.values()) else 503)


def _check_scorer(scorer: CommentScorer) -> None:
    # Not what an operator wants to see among the comments that were scored.
    uncounted = scorer.inner if isinstance(scorer, CountingScorer) else scorer
    uncounted.score(["ready"])


def _is_well(check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not ready
        log_unexpected(error)
        return False
    return True
