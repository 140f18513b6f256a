"""Keeps what moderators' tools say that a score should have been."""

from collections.abc import Mapping
from typing import Any, Final

from labels.settings import Settings
from serve.feedback import record_feedback
from serve.perspective import refusals
from serve.perspective.analysis import checked_text, client_token
from serve.perspective.attributes import label_of
from serve.perspective.comment_ids import comment_id
from serve.perspective.contexts import parent_text
from serve.perspective.languages import OWN, detect
from serve.perspective.messages import SuggestedScore, SuggestRequest
from serve.storable import unstorable

_LEAST_TRUE: Final = 0.5
"""A suggested score from here on says that the label holds."""


def suggest(sent: Any, settings: Settings) -> dict[str, Any]:
    """Keep a suggestion as feedback, and return what the client reads.

    The community that sent it is its annotator. When this returns it is on disk.

    Raises:
        PerspectiveError: if Perspective would not have taken it either.
        StoreDownError: if it could not be kept.
    """
    request = SuggestRequest.read(sent)
    text = checked_text(request)
    labels = _labels(request.attribute_scores, settings)
    parent = parent_text(request.context)
    if labels:
        community = request.community_id
        record_feedback(
            labels=labels,
            source="suggestscore",
            text=text,
            comment_id=comment_id(request),
            parent_text=parent,
            annotator=None if unstorable(community) else community,
        )
    return {
        **client_token(request),
        "requestedLanguages": list(request.languages),
        "detectedLanguages": [detect(text) or OWN],
    }


def _labels(scores: Mapping[str, SuggestedScore], settings: Settings) -> dict[str, int]:
    """Return 0 or 1 for each label that is judged; of two names of one, 1 wins."""
    if not scores:
        raise refusals.no_scores()
    labels: dict[str, int] = {}
    for name, suggested in scores.items():
        label = label_of(name)
        if label is not None:
            is_true = _value(name, suggested) >= _LEAST_TRUE
            labels[label] = max(labels.get(label, 0), int(is_true))
        elif settings.unknown_attributes == "error":
            raise refusals.unknown_attribute(name)
    return labels


def _value(name: str, suggested: SuggestedScore) -> float:
    """Return the score of the whole, or else the highest of a part."""
    summary = suggested.summary_score
    if summary is not None and summary.value is not None:
        return summary.value
    values = [
        span.score.value
        for span in suggested.span_scores or ()
        if span.score is not None and span.score.value is not None
    ]
    if not values:
        raise refusals.bad_value(
            f"attributeScores.{name}", "it needs a summaryScore with a value"
        )
    return max(values)
