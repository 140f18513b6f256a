"""Scores the comments of a request; each gets its scores, or why it has none."""

from typing import Any, Final

from pydantic import ValidationError

from labels.comments import Comment
from labels.schema import LABELS
from serve.faults import faults_in
from serve.messages import (
    CommentIn,
    FailureOut,
    ModelOut,
    Problem,
    ScoreOut,
    ScoreRequest,
    ScoreResponse,
    is_comment_id,
)
from serve.state import CommentScorer

_CODES: Final = frozenset(
    {"missing_text", "invalid_text", "empty_text", "text_too_long", "invalid_id"}
)


def score_comments(request: ScoreRequest, scorer: CommentScorer) -> ScoreResponse:
    """Return one result for each comment, in order, and the model that gave them."""
    read = [_read(sent, place) for place, sent in enumerate(request.comments, start=1)]
    readable = [comment for _, comment in read if isinstance(comment, Comment)]
    scores = iter(scorer.score(readable, explain=request.explain))
    wanted = LABELS if request.labels is None else request.labels
    labels = [label for label in LABELS if label in wanted]
    results = [
        FailureOut(id=comment_id, error=comment)
        if isinstance(comment, Problem)
        else ScoreOut.from_score(
            comment_id, next(scores), labels, explain=request.explain
        )
        for comment_id, comment in read
    ]
    model = ModelOut(name=scorer.name, version=scorer.version)
    return ScoreResponse(model=model, results=results)


def _read(sent: Any, place: int) -> tuple[str | int, Comment | Problem]:
    """Return a comment with its id, which is its place where it has none."""
    named = sent.get("id") if isinstance(sent, dict) else None
    comment_id = named if is_comment_id(named) else str(place)
    try:
        return comment_id, _to_comment(CommentIn.model_validate(sent), str(comment_id))
    except ValidationError as error:
        return comment_id, _problem(error)


def _problem(error: ValidationError) -> Problem:
    code = error.errors(include_url=False, include_input=False)[0]["type"]
    message = "; ".join(fault.message for fault in faults_in(error, of="the comment"))
    return Problem(
        code=code if code in _CODES else "invalid_comment",
        message=message,
    )


def _to_comment(sent: CommentIn, comment_id: str) -> Comment:
    parent = sent.context.parent if sent.context else None
    return Comment(
        id=comment_id,
        text=sent.text,
        author=sent.author,
        time=sent.time,
        thread=sent.thread,
        parent_text=parent or None,
    )
