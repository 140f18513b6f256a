"""Scores what Perspective's clients send: many requests in one call of the model."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from serve.feedback import Kept, keep_comments
from serve.perspective.analysis import Analysis, answer
from serve.perspective.comment_ids import comment_id
from serve.state import current_service


def answer_all(analyses: Sequence[Analysis]) -> list[dict[str, Any]]:
    """Return the answer to each request, in order; keep what asks to be kept."""
    if not analyses:
        return []
    scorer = current_service().scorer
    comments = [comment for analysis in analyses for comment in analysis.comments]
    scores = iter(scorer.score(comments))
    answers = []
    kept = []
    for analysis in analyses:
        own = [next(scores) for _ in analysis.comments]
        answers.append(answer(analysis, own))
        # Only written out; what a client leaves unsaid is never taken for consent.
        if analysis.request.do_not_store is False:
            named = comment_id(analysis.request)
            comment = replace(analysis.comments[0], id=named or "")
            kept.append(Kept(comment, own[0], scorer.version, "analyze"))
    keep_comments(kept)
    return answers
