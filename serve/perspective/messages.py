"""What Perspective's clients send."""

from typing import Annotated, Any, Final, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from serve.messages import AnyString
from serve.perspective.refusals import PerspectiveError, bad_value, unreadable

_LONGEST_NAME: Final = 100

_WHAT: Final = {
    "bool_type": "it must be true or false",
    "is_instance_of": "it must be a string",
    "list_type": "it must be a list",
    "dict_type": "it must be an object",
    "model_type": "it must be an object",
    "model_attributes_type": "it must be an object",
}


def _without_nulls(value: Any) -> Any:
    """Return an object without its nulls, which say nothing in this dialect."""
    if isinstance(value, dict):
        return {name: said for name, said in value.items() if said is not None}
    return value


def _as_list(value: Any) -> Any:
    """Return a lone string as a list: R's clients send lists of one that way."""
    return [value] if isinstance(value, str) else value


def _as_object(value: Any) -> Any:
    """Return nothing, in the ways that clients write it, as an object of nothing."""
    return {} if value is None or value == [] else value


class Message(BaseModel):
    """What every message shares: names in camelCase or snake_case, none unknown."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        strict=True,
        hide_input_in_errors=True,
    )

    @classmethod
    def read(cls, sent: Any) -> Self:
        """Return the message that was sent.

        Raises:
            PerspectiveError: if it is none; it names the field.
        """
        if not isinstance(sent, dict):
            raise unreadable("the body must be an object")
        try:
            return cls.model_validate(_without_nulls(sent))
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            raise _fault(faults[0]) from None


class TextEntry(Message):
    """A text, and whether it is plain."""

    text: AnyString = ""
    type: AnyString | None = None


Entry = Annotated[TextEntry, BeforeValidator(_without_nulls)]


class ArticleAndParent(Message):
    """What a comment stands under, and what it answers."""

    article: Entry | None = None
    parent_comment: Entry | None = None


class Context(Message):
    """What stands around a comment, given in one of two ways."""

    entries: list[Entry] | None = None
    article_and_parent_comment: (
        Annotated[ArticleAndParent, BeforeValidator(_without_nulls)] | None
    ) = None


class AttributeParameters(Message):
    """How one attribute is asked for."""

    score_type: AnyString | None = None
    score_threshold: Annotated[float, Field(allow_inf_nan=False)] | None = None


Parameters = Annotated[
    AttributeParameters, BeforeValidator(_without_nulls), BeforeValidator(_as_object)
]


class ScoreValue(Message):
    """A score; a suggested one is 0 or 1, or in between."""

    value: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    type: AnyString | None = None


ScoreSaid = Annotated[ScoreValue, BeforeValidator(_without_nulls)]


class SpanScore(Message):
    """A score of a part of the text."""

    begin: int | None = None
    end: int | None = None
    score: ScoreSaid | None = None


class SuggestedScore(Message):
    """What somebody thinks the scores of one attribute should be."""

    summary_score: ScoreSaid | None = None
    span_scores: list[Annotated[SpanScore, BeforeValidator(_without_nulls)]] | None = (
        None
    )


class CommentRequest(Message):
    """What both methods take."""

    comment: Entry | None = None
    context: (
        Annotated[Context, BeforeValidator(_without_nulls), BeforeValidator(_as_object)]
        | None
    ) = None
    languages: Annotated[list[AnyString], BeforeValidator(_as_list)] = []
    client_token: AnyString | None = None
    session_id: AnyString | None = None
    community_id: AnyString | None = None


class AnalyzeRequest(CommentRequest):
    """What comments:analyze takes."""

    requested_attributes: Annotated[
        dict[AnyString, Parameters], BeforeValidator(_as_object)
    ] = {}
    span_annotations: bool = False
    do_not_store: bool | None = None


class SuggestRequest(CommentRequest):
    """What comments:suggestscore takes."""

    attribute_scores: Annotated[
        dict[AnyString, Annotated[SuggestedScore, BeforeValidator(_without_nulls)]],
        BeforeValidator(_as_object),
    ] = {}


def _fault(details: ErrorDetails) -> PerspectiveError:
    """Return the error for what pydantic found first; it quotes names, no values."""
    *where, last = (str(part)[:_LONGEST_NAME] for part in details["loc"])
    if details["type"] == "extra_forbidden":
        at = f" at '{'.'.join(where)}'" if where else ""
        return unreadable(f'unknown name "{last}"{at}: Cannot find field.')
    field = ".".join([*where, last])
    return bad_value(field, _WHAT.get(details["type"], details["msg"]))
