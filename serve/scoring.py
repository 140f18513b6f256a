"""Scores the comments of a request; each gets its scores, or why it has none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError

from labels.comments import Comment
from labels.schema import LABELS
from model.scorer import Score
from serve.faults import faults_in
from serve.feedback import Kept, keep_comments
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


@dataclass(frozen=True, slots=True)
class _Read:
    """A comment of a request: what it is called in the answer, and what was read."""

    id: str | int
    comment: Comment | Problem
    is_named: bool = False
    is_to_be_stored: bool = False
    article: str | None = None


def score_comments(request: ScoreRequest, scorer: CommentScorer) -> ScoreResponse:
    """Return one result for each comment, in order, and the model that gave them.

    Comments whose sender asks for it are stored too, if the operator allows that.
    """
    read = [_read(sent, place) for place, sent in enumerate(request.comments, start=1)]
    readable = [one.comment for one in read if isinstance(one.comment, Comment)]
    given = scorer.score(readable, explain=request.explain)
    scores = iter(given)
    wanted = LABELS if request.labels is None else request.labels
    labels = [label for label in LABELS if label in wanted]
    results = [
        FailureOut(id=one.id, error=one.comment)
        if isinstance(one.comment, Problem)
        else ScoreOut.from_score(one.id, next(scores), labels, explain=request.explain)
        for one in read
    ]
    _keep(read, given, scorer.version)
    model = ModelOut(name=scorer.name, version=scorer.version)
    return ScoreResponse(model=model, results=results)


def _keep(read: Sequence[_Read], scores: Iterable[Score], version: str) -> None:
    remaining = iter(scores)
    kept = []
    for one in read:
        if isinstance(one.comment, Problem):
            continue
        score = next(remaining)
        if one.is_to_be_stored:
            # A place in a request names nothing: its words do.
            name = one.comment.id if one.is_named else ""
            comment = replace(one.comment, id=name)
            kept.append(Kept(comment, score, version, "score", one.article))
    if kept:
        keep_comments(kept)


def _read(sent: Any, place: int) -> _Read:
    """Return a comment with its id, which is its place where it has none."""
    named = sent.get("id") if isinstance(sent, dict) else None
    comment_id = named if is_comment_id(named) else str(place)
    try:
        valid = CommentIn.model_validate(sent)
    except ValidationError as error:
        return _Read(comment_id, _problem(error))
    return _Read(
        comment_id,
        _to_comment(valid, str(comment_id)),
        is_named=named is not None,
        is_to_be_stored=valid.store,
        article=valid.context.article if valid.context else None,
    )


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
