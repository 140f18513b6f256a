"""Which of our labels each of OpenAI's categories is."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from model.scorer import Score

LABELS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "harassment": ("abuse",),
    "harassment/threatening": ("abuse", "threat"),
    "hate": ("identity_attack",),
    "hate/threatening": ("identity_attack", "threat"),
    "illicit": (),
    "illicit/violent": (),
    "self-harm": (),
    "self-harm/intent": (),
    "self-harm/instructions": (),
    "sexual": (),
    "sexual/minors": (),
    "violence": ("threat",),
    "violence/graphic": (),
}
"""The labels that must all hold; a category without any is none that we judge."""


def result(scores: Sequence[Score]) -> dict[str, Any]:
    """Return what is said of one input, whose parts have these scores.

    The highest part decides. Without any part nothing is applied, so nothing is
    flagged; a category that is not judged says so by having no applied input type.
    """
    applied = ["text"] if scores else []
    return {
        "flagged": any(score.action != "allow" for score in scores),
        "categories": {
            category: any(_holds(score, labels) for score in scores)
            for category, labels in LABELS_OF.items()
        },
        "category_scores": {
            category: max((_score(score, labels) for score in scores), default=0.0)
            for category, labels in LABELS_OF.items()
        },
        "category_applied_input_types": {
            category: applied if labels else []
            for category, labels in LABELS_OF.items()
        },
    }


def _holds(score: Score, labels: Sequence[str]) -> bool:
    return bool(labels) and set(labels) <= set(score.reasons)


def _score(score: Score, labels: Sequence[str]) -> float:
    return min((score.scores[label] for label in labels), default=0.0)
