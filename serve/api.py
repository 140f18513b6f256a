"""The native API: POST /v1/score."""

from typing import Any, Final

from flask import Blueprint, Response
from pydantic import ValidationError

from serve.answers import json_response
from serve.bodies import read_json
from serve.errors import ApiError, Fault
from serve.faults import faults_in
from serve.messages import CommentIn, ScoreRequest
from serve.scoring import score_comments
from serve.state import current_service

blueprint = Blueprint("api", __name__)

_COMMENT_FIELDS: Final = tuple(CommentIn.model_fields)


@blueprint.post("/v1/score")
def answer_score() -> Response:
    """Answer each comment of a request with its scores, or with why it has none."""
    request = _read_request(read_json())
    answer = score_comments(request, current_service().scorer)
    return json_response(answer.model_dump(exclude_none=True))


def _read_request(body: Any) -> ScoreRequest:
    if not isinstance(body, dict):
        raise ApiError(
            400,
            "invalid_request",
            'the body must be an object: {"comments": […]} or {"text": "…"}',
        )
    faults = _misplaced_fields(body)
    try:
        request = ScoreRequest.model_validate(_with_comments(body))
    except ValidationError as error:
        faults += faults_in(error, ScoreRequest)
    if faults:
        message = "; ".join(fault.message for fault in faults)
        raise ApiError(400, "invalid_request", message, faults)
    return request


def _misplaced_fields(body: dict[str, Any]) -> list[Fault]:
    if "comments" not in body:
        return []
    return [
        Fault(name, f"{name} stands beside comments; it belongs inside one")
        for name in _COMMENT_FIELDS
        if name in body
    ]


def _with_comments(body: dict[str, Any]) -> dict[str, Any]:
    """Return the body with a lone comment's fields gathered into a list of one."""
    request = {
        name: value
        for name, value in body.items()
        if name not in _COMMENT_FIELDS and value is not None
    }
    if "comments" not in body and "text" in body:
        comment = {name: body[name] for name in _COMMENT_FIELDS if name in body}
        request["comments"] = [comment]
    return request
