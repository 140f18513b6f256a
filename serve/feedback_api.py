"""The native API: POST /v1/feedback."""

from typing import Any, Final

from flask import Blueprint, Response, g, request
from pydantic import ValidationError

from serve.access import needs
from serve.answers import json_response
from serve.bodies import read_json
from serve.documented import Operation, documented
from serve.errors import ApiError
from serve.faults import FEEDBACK_FIELDS, faults_in
from serve.feedback import LONGEST_IDEMPOTENCY_KEY, record_feedback
from serve.feedback_messages import FeedbackRequest, FeedbackResponse

blueprint = Blueprint("feedback", __name__)


_OPERATION: Final = Operation(
    body=(FeedbackRequest,),
    answers={
        200: (FeedbackResponse, "It was kept before, under this idempotency key."),
        201: (FeedbackResponse, "It is kept."),
    },
    headers=(
        {
            "name": "Idempotency-Key",
            "in": "header",
            "schema": {
                "type": "string",
                "minLength": 1,
                "maxLength": LONGEST_IDEMPOTENCY_KEY,
                "pattern": "^[!-~]+$",
            },
            "description": "A request that is sent again under the same key counts "
            "once.",
        },
    ),
    errors=(404, 409),
    example={
        "comment": {"id": "c1", "text": "Well said."},
        "labels": {"abuse": 0},
        "decision": "approve",
        "annotator": "moderator 7",
    },
)


@blueprint.post("/v1/feedback")
@needs("suggest")
@documented(_OPERATION)
def answer_feedback() -> Response:
    """Keep what a person said of a comment; 201 says that it is on disk."""
    sent = _read_request(read_json())
    comment = sent.comment
    recorded = record_feedback(
        labels=sent.labels,
        source="feedback",
        text=comment.text,
        comment_id=str(comment.id),
        author=comment.author,
        parent_text=comment.context.parent if comment.context else None,
        annotator=sent.annotator,
        decision=sent.decision,
        rule=sent.rule,
        model_version=sent.model_version,
        idempotency_key=request.headers.get("Idempotency-Key"),
        request_body=g.body,
    )
    answer = FeedbackResponse(id=str(recorded.id))
    return json_response(answer.model_dump(), 201 if recorded.is_new else 200)


def _read_request(body: Any) -> FeedbackRequest:
    try:
        return FeedbackRequest.model_validate(body)
    except ValidationError as error:
        faults = faults_in(error, of="the body", fields=FEEDBACK_FIELDS)
    message = "; ".join(fault.message for fault in faults)
    raise ApiError(400, "invalid_request", message, faults)
