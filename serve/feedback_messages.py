"""What POST /v1/feedback takes and answers."""

from typing import Annotated, Any, Final, Literal

from pydantic import (
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from labels.codebook import read_codebook
from labels.schema import LABELS
from labels.store_feedback import DECISIONS
from serve.messages import AnyString, Context, Message, check_text
from serve.schemas import TEXT_SCHEMA, SchemaKeywords, name_keywords
from serve.storable import LONGEST_ID, unstorable

_LONGEST_VERSION: Final = 64


def _check_labels(value: object) -> dict[str, int]:
    if not isinstance(value, dict):
        raise PydanticCustomError("invalid", "must be an object of labels and 0 or 1")
    for name, label in value.items():
        if name not in LABELS:
            raise PydanticCustomError(
                "unknown_label",
                "has {name}; there are {known}",
                {"name": ascii(name)[:50], "known": ", ".join(LABELS)},
            )
        if isinstance(label, bool) or not isinstance(label, int | float):
            raise _no_label(name)
        if label not in {0, 1}:
            raise _no_label(name)
    return {name: int(label) for name, label in value.items()}


def _no_label(name: str) -> PydanticCustomError:
    return PydanticCustomError(
        "invalid_label", "has {name}, which must be 0 or 1", {"name": name}
    )


def _check_optional_text(value: object) -> str | None:
    return None if value is None else check_text(value)


def _check_name(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise PydanticCustomError("invalid_name", "must be a string")
    if unstorable(value):
        raise PydanticCustomError(
            "invalid_name",
            "is empty, longer than {most} characters, or holds a NUL or a lone "
            "surrogate; nothing could find it again",
            {"most": LONGEST_ID},
        )
    return value


def _check_stored_id(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return _check_name(str(value)) or ""
    if not isinstance(value, str):
        raise PydanticCustomError("invalid_id", "must be a string or a whole number")
    return _check_name(value) or ""


def _check_rule(value: object) -> str | None:
    if value is None:
        return None
    rules = read_codebook().rules
    if not isinstance(value, str) or value not in rules:
        raise PydanticCustomError(
            "unknown_rule",
            "is no rule of the codebook; there are {known}",
            {"known": ", ".join(sorted(rules))},
        )
    return value


def _check_version(value: object) -> str | None:
    version = _check_name(value)
    if version is not None and len(version) > _LONGEST_VERSION:
        raise PydanticCustomError(
            "invalid_version",
            "has {count} characters; send the version that came with the scores",
            {"count": len(version)},
        )
    return version


class RuleSchema:
    """Lists the codebook's rules in a schema, when it is made."""

    def __get_pydantic_json_schema__(
        self,
        core_schema: CoreSchema,
        handler: GetJsonSchemaHandler,
    ) -> dict[str, Any]:
        """Return the schema of a rule."""
        return {"enum": [*sorted(read_codebook().rules), None]}


StorableName = Annotated[str, SchemaKeywords(**name_keywords(LONGEST_ID))]
Version = Annotated[str, SchemaKeywords(**name_keywords(_LONGEST_VERSION))]
FeedbackText = Annotated[str, TEXT_SCHEMA]

_SOMETHING_SAID: Final[dict[str, Any]] = {
    "anyOf": [
        {"required": ["labels"], "properties": {"labels": {"minProperties": 1}}},
        {
            "required": ["decision"],
            "properties": {"decision": {"enum": list(DECISIONS)}},
        },
    ]
}

Name = Annotated[
    str | None,
    PlainValidator(_check_name, json_schema_input_type=StorableName | None),
]
Rule = Annotated[
    str | None, PlainValidator(_check_rule, json_schema_input_type=str), RuleSchema()
]


class JudgedComment(Message):
    """The comment that was judged; its words are needed unless its id is stored."""

    id: Annotated[
        str, PlainValidator(_check_stored_id, json_schema_input_type=StorableName | int)
    ]
    text: Annotated[
        str | None,
        PlainValidator(
            _check_optional_text, json_schema_input_type=FeedbackText | None
        ),
    ] = None
    author: Name = None
    time: AnyString | None = None
    thread: AnyString | None = None
    context: Context | None = None


class FeedbackRequest(Message):
    """What a person said of a comment: labels, a decision, or both."""

    model_config = ConfigDict(json_schema_extra=_SOMETHING_SAID)

    comment: JudgedComment
    labels: Annotated[
        dict[str, int],
        PlainValidator(_check_labels, json_schema_input_type=dict[str, int]),
        SchemaKeywords(
            properties={label: {"enum": [0, 1]} for label in LABELS},
            additionalProperties=False,
        ),
    ] = Field(default_factory=dict)
    decision: Literal["approve", "remove", "skip"] | None = None
    rule: Rule = None
    annotator: Name = None
    model_version: Annotated[
        str | None,
        PlainValidator(_check_version, json_schema_input_type=Version | None),
    ] = None

    @model_validator(mode="after")
    def _check_something_said(self) -> "FeedbackRequest":
        if not self.labels and self.decision is None:
            raise PydanticCustomError(
                "nothing_said", "has neither labels nor a decision; send one of them"
            )
        return self


class FeedbackResponse(Message):
    """The id of the row that holds a judgement."""

    id: str
