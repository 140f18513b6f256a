"""From a request that asks for scores to the answer that Perspective's clients read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from labels.comments import Comment
from labels.settings import Settings
from model.scorer import Score
from serve.perspective import refusals
from serve.perspective.attributes import label_of
from serve.perspective.contexts import parent_text
from serve.perspective.languages import OWN, detect, is_judged
from serve.perspective.messages import AnalyzeRequest, CommentRequest
from serve.perspective.spans import sentence_spans, utf16_spans
from serve.schemas import MOST_TEXT_BYTES

_PROBABILITY: Final = "PROBABILITY"
_UNSAID: Final = "SCORE_TYPE_UNSPECIFIED"


MOST_SCORES: Final = 100_000
"""How many scores one answer may hold, which is some 10 MB."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """A request that can be answered once its comments are scored.

    Attributes:
        request: as it was sent.
        labels: the label of each attribute that is judged, by its name as it came.
        detected: the languages that the text seems to be in, the likeliest first.
        spans: the parts of the text that have scores of their own, in code points.
        comments: what to score: the whole first, then each span if there are several.
    """

    request: AnalyzeRequest
    labels: Mapping[str, str]
    detected: Sequence[str]
    spans: Sequence[tuple[int, int]]
    comments: Sequence[Comment]

    @property
    def size(self) -> int:
        """How many scores its answer may hold."""
        return len(self.labels) * len(self.spans)


def read_analysis(sent: Any, settings: Settings) -> Analysis:
    """Return what a client asks for.

    Raises:
        PerspectiveError: if Perspective would not have answered it either.
    """
    request = AnalyzeRequest.read(sent)
    text = checked_text(request)
    if not request.requested_attributes:
        raise refusals.no_attributes()
    parent = parent_text(request.context)
    labels = _labels(request, settings)
    detected = _checked_languages(request, text, settings)
    spans = sentence_spans(text) if request.span_annotations else [(0, len(text))]
    comments = [Comment("", text, parent_text=parent)]
    if len(spans) > 1:
        comments += [
            Comment("", text[begin:end], parent_text=parent) for begin, end in spans
        ]
    analysis = Analysis(request, labels, detected, spans, comments)
    if analysis.size > MOST_SCORES:
        raise refusals.long_answer(MOST_SCORES)
    return analysis


def checked_text(request: CommentRequest) -> str:
    """Return the words of a comment that can be judged.

    Raises:
        PerspectiveError: if there are none, or too many, or they are no plain text.
    """
    comment = request.comment
    if comment is None or not comment.text.strip():
        raise refusals.empty_comment()
    if comment.type not in {None, "PLAIN_TEXT"}:
        raise refusals.other_text_type()
    if len(comment.text.encode("utf-8", "surrogatepass")) > MOST_TEXT_BYTES:
        raise refusals.long_comment()
    return comment.text


def answer(analysis: Analysis, scores: Sequence[Score]) -> dict[str, Any]:
    """Return what the client reads; ``scores`` belong to the analysis' comments.

    Attributes under their threshold are left out, and so is the list if all are.
    """
    request = analysis.request
    whole = scores[0]
    parts = scores[1:] or scores
    spans = utf16_spans(analysis.comments[0].text, analysis.spans)
    said = {}
    for name, label in analysis.labels.items():
        threshold = request.requested_attributes[name].score_threshold
        if threshold is None or whole.scores[label] >= threshold:
            said[name] = {
                "spanScores": [
                    {"begin": begin, "end": end, "score": _value(part.scores[label])}
                    for (begin, end), part in zip(spans, parts, strict=True)
                ],
                "summaryScore": _value(whole.scores[label]),
            }
    languages = request.languages or analysis.detected[:1]
    return {
        **({"attributeScores": said} if said else {}),
        "languages": list(languages),
        "detectedLanguages": list(analysis.detected),
        **client_token(request),
    }


def client_token(request: CommentRequest) -> dict[str, str]:
    """Return what the client wants to hear again, if anything."""
    token = request.client_token
    return {} if token is None else {"clientToken": token}


def _value(score: float) -> dict[str, Any]:
    return {"value": score, "type": _PROBABILITY}


def _labels(request: AnalyzeRequest, settings: Settings) -> dict[str, str]:
    labels = {}
    for name, asked in request.requested_attributes.items():
        label = label_of(name)
        if label is not None:
            labels[name] = label
        elif settings.unknown_attributes == "error":
            raise refusals.unknown_attribute(name)
        if asked.score_type not in {None, _PROBABILITY, _UNSAID}:
            raise refusals.other_score_type(name, asked.score_type or "")
    return labels


def _checked_languages(
    request: AnalyzeRequest, text: str, settings: Settings
) -> list[str]:
    """Return the detected languages; refuse those that the operator wants refused."""
    detected = detect(text)
    is_strict = settings.languages == "strict"
    if settings.languages != "any":
        _refuse_others(request, request.languages, is_detected=False)
    if is_strict and not request.languages:
        if detected is None:
            raise refusals.undetected_language()
        _refuse_others(request, [detected], is_detected=True)
    return [detected or OWN]


def _refuse_others(
    request: AnalyzeRequest, languages: Sequence[str], *, is_detected: bool
) -> None:
    others = [language for language in languages if not is_judged(language)]
    if others:
        name = next(iter(request.requested_attributes))
        raise refusals.other_language(name, others, is_detected=is_detected)
