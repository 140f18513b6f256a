"""The native API: POST /v1/score."""

from typing import Any, Final

from flask import Blueprint, Response
from pydantic import ValidationError

from serve.access import needs
from serve.answers import json_response
from serve.bodies import read_json
from serve.documented import Operation, documented
from serve.errors import ApiError, Fault
from serve.faults import SCORE_FIELDS, faults_in
from serve.messages import CommentIn, LoneComment, ScoreRequest, ScoreResponse
from serve.scoring import score_comments
from serve.state import current_service

blueprint = Blueprint("api", __name__)

_COMMENT_FIELDS: Final = tuple(CommentIn.model_fields)


_OPERATION: Final = Operation(
    body=(ScoreRequest, LoneComment),
    answers={200: (ScoreResponse, "A result for each comment, in order.")},
    example={"comments": [{"id": "c1", "text": "Well said."}]},
)


@blueprint.post("/v1/score")
@needs("score")
@documented(_OPERATION)
def answer_score() -> Response:
    """Answer each comment of a request with its scores, or with why it has none.

    A lone comment may be sent without the list around it.
    """
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
    sent = {
        name: value
        for name, value in body.items()
        if value is not None or name not in SCORE_FIELDS
    }
    faults = _misplaced_fields(sent)
    try:
        request = ScoreRequest.model_validate(_with_comments(sent))
    except ValidationError as error:
        faults += faults_in(error, of="the body")
    if faults:
        message = "; ".join(fault.message for fault in faults)
        raise ApiError(400, "invalid_request", message, faults)
    return request


def _misplaced_fields(sent: dict[str, Any]) -> list[Fault]:
    if "comments" not in sent:
        return []
    return [
        Fault(name, f"{name} stands beside comments; put it inside one")
        for name in _COMMENT_FIELDS
        if name in sent
    ]


def _with_comments(sent: dict[str, Any]) -> dict[str, Any]:
    """Return the request with the fields of a lone comment gathered into a list."""
    request = {k: value for k, value in sent.items() if k not in _COMMENT_FIELDS}
    if "comments" not in sent and "text" in sent:
        request["comments"] = [{k: sent[k] for k in _COMMENT_FIELDS if k in sent}]
    return request
