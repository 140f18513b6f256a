"""What requests and answers of the native API hold."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Self, TypeGuard

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    InstanceOf,
    PlainValidator,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from labels.schema import LABELS
from model.scorer import Score
from serve.schemas import (
    MOST_TEXT_BYTES,
    TEXT_SCHEMA,
    OrAnything,
    SchemaKeywords,
    lenient,
    requiring,
)
from serve.storable import LONGEST_ID, unstorable

MOST_COMMENTS: Final = 1_000

# pydantic's own strings must have UTF-8, and a lone surrogate has none; a comment
# that holds one is scored all the same.
AnyString = InstanceOf[str]


class Message(BaseModel):
    """What every message shares: unknown fields are faults; no fault quotes a text."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


_CHECKED_WHEN_ABSENT: Final[Any] = Field(default=None, validate_default=True)

# The sentences below follow the name of a field: "text is blank; …".


def _check_length(value: str) -> str:
    size = len(value.encode("utf-8", "surrogatepass"))
    if size > MOST_TEXT_BYTES:
        raise PydanticCustomError(
            "text_too_long",
            "is {size} bytes of UTF-8; send at most {most}",
            {"size": f"{size:,}", "most": f"{MOST_TEXT_BYTES:,}"},
        )
    return value


def check_text(value: object) -> str:
    """Return the text of a comment that can be scored; what is wrong is a fault."""
    if value is None:
        raise PydanticCustomError("missing_text", "is missing or null")
    if not isinstance(value, str):
        raise PydanticCustomError("invalid_text", "must be a string")
    if not value.strip():
        raise PydanticCustomError("empty_text", "is blank; there is nothing to score")
    return _check_length(value)


def is_comment_id(value: object) -> TypeGuard[str | int]:
    """Tell whether a client may name a comment so; it hears the id as it sent it."""
    return isinstance(value, str | int) and not isinstance(value, bool)


def _check_id(value: object) -> str | int:
    if is_comment_id(value):
        return value
    raise PydanticCustomError("invalid_id", "must be a string or a whole number")


def _check_comments(value: object) -> list[Any]:
    if value is None:
        raise PydanticCustomError(
            "no_comments", "is missing or null, and so is text; send one of them"
        )
    if not isinstance(value, list):
        raise PydanticCustomError("invalid", "must be a list of objects")
    if not 1 <= len(value) <= MOST_COMMENTS:
        raise PydanticCustomError(
            "invalid",
            "holds {count}; send 1 to {most} in a request",
            {"count": f"{len(value):,}", "most": f"{MOST_COMMENTS:,}"},
        )
    return value


CommentId = Annotated[
    str | int, PlainValidator(_check_id, json_schema_input_type=str | int)
]


class Context(Message):
    """What a comment answers."""

    parent: (
        Annotated[
            AnyString,
            AfterValidator(_check_length),
            SchemaKeywords(maxLength=MOST_TEXT_BYTES),
        ]
        | None
    ) = Field(default=None, description="The words of the comment that it answers.")
    article: AnyString | None = None


class CommentIn(Message):
    """A comment as a client sends it."""

    model_config = ConfigDict(json_schema_extra=requiring("text"))

    id: CommentId | None = Field(
        default=None,
        description="Comes back with the scores; by default the comment's place.",
    )
    text: Annotated[
        str, PlainValidator(check_text, json_schema_input_type=str), TEXT_SCHEMA
    ] = _CHECKED_WHEN_ABSENT
    author: AnyString | None = Field(default=None, description="Moves no score.")
    time: AnyString | None = Field(
        default=None, description="As it was written; moves no score."
    )
    thread: AnyString | None = Field(default=None, description="Moves no score.")
    context: Context | None = None
    store: bool = Field(
        default=False,
        description="Keep the comment, where the operator allows it "
        "(GAVEL_STORE_COMMENTS).",
    )

    @model_validator(mode="after")
    def _check_storable(self) -> Self:
        names = (("id", str(self.id or "c")), ("author", self.author or None))
        for field, name in names if self.store else ():
            if unstorable(name):
                raise PydanticCustomError(
                    "unstorable",
                    "asks to be stored with an {field} that is longer than {most} "
                    "characters, or holds a NUL or a lone surrogate",
                    {"field": field, "most": LONGEST_ID},
                )
        return self


LenientComment = Annotated[CommentIn, OrAnything()]

Label = Annotated[AnyString, SchemaKeywords(enum=list(LABELS))]


class ScoreRequest(Message):
    """What POST /v1/score asks for.

    The comments stay as they came: one that cannot be scored must not cost the
    others their answer.
    """

    model_config = ConfigDict(json_schema_extra=requiring("comments"))

    comments: Annotated[
        list[Any],
        PlainValidator(_check_comments, json_schema_input_type=list[LenientComment]),
        SchemaKeywords(minItems=1, maxItems=MOST_COMMENTS),
    ] = _CHECKED_WHEN_ABSENT
    labels: Annotated[list[Label], Field(min_length=1)] | None = Field(
        default=None, description="Which labels to answer; all without it."
    )
    explain: Annotated[bool, SchemaKeywords(type=["boolean", "null"])] = Field(
        default=False, description="Whether to say which words moved the scores."
    )

    @field_validator("labels")
    @classmethod
    def _check_labels(cls, value: list[str] | None) -> list[str] | None:
        for name in value or ():
            if name not in LABELS:
                raise PydanticCustomError(
                    "unknown_label",
                    "has {name}; there are {known}",
                    {"name": ascii(name), "known": ", ".join(LABELS)},
                )
        return value


class LoneComment(CommentIn):
    """A comment that stands alone in its request; ScoreRequest is what checks it.

    A field of it that cannot be read becomes an error in ``results``.
    """

    model_config = ConfigDict(json_schema_extra=lenient)

    labels: Annotated[list[Label], Field(min_length=1)] | None = None
    explain: Annotated[bool, SchemaKeywords(type=["boolean", "null"])] = False


class EvidenceOut(Message):
    """How far a span of the text, counted in code points, moved a label's logit."""

    model_config = ConfigDict(from_attributes=True)

    label: str
    begin: int
    end: int
    text: AnyString
    weight: float


class UnitOut(Message):
    """The part of a text that decided a label; bias and weights sum to the logit."""

    unit: tuple[int, int]
    bias: float
    logit: float


class ScoreOut(Message):
    """What the model says of one comment."""

    id: CommentId
    scores: dict[str, float]
    action: str
    reasons: list[str]
    evidence: list[EvidenceOut] | None = None
    units: dict[str, UnitOut] | None = None
    signals: dict[str, bool]

    @classmethod
    def from_score(
        cls,
        comment_id: str | int,
        score: Score,
        labels: Sequence[str],
        *,
        explain: bool,
    ) -> Self:
        """Return what ``score`` says of ``labels``.

        Action and reasons are of the whole comment, whichever labels were asked for.
        """
        evidence = [
            EvidenceOut.model_validate(item)
            for item in score.evidence
            if item.label in labels
        ]
        units = {
            label: UnitOut(
                unit=(unit.begin, unit.end), bias=unit.bias, logit=unit.logit
            )
            for label, unit in score.units.items()
            if label in labels
        }
        return cls(
            id=comment_id,
            scores={label: score.scores[label] for label in labels},
            action=score.action,
            reasons=list(score.reasons),
            evidence=evidence if explain else None,
            units=units if explain else None,
            signals=score.signals,
        )


class Problem(Message):
    """Why a comment has no scores."""

    code: str
    message: str


class FailureOut(Message):
    """Stands where the scores of a comment would, had it any."""

    id: CommentId
    error: Problem


class ModelOut(Message):
    """Which model answered."""

    name: str
    version: str


class ScoreResponse(Message):
    """What POST /v1/score answers: one result for each comment, in order."""

    model: ModelOut
    results: list[ScoreOut | FailureOut]
