"""Scores the comments of a request; each gets its scores, or why it has none."""

from collections.abc import Sequence
from typing import Any, Final

from pydantic import ValidationError

from labels.comments import Comment
from labels.schema import LABELS
from serve.faults import faults_in
from serve.messages import (
    CommentId,
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
    read = [_read(place, sent) for place, sent in enumerate(request.comments, start=1)]
    results = list(read)
    return ScoreResponse(
        model=ModelOut(name=scorer.name, version=scorer.version), results=results
    )
