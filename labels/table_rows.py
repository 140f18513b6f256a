"""What one row of each of our tables must be, column by column."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    PositiveInt,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from labels.errors import LabelError
from labels.schema import LABELS, parse_label

Lines = Sequence[tuple[int, Mapping[str, str] | None]]
"""A table as it was read: each row's line and its cells, None for broken ones."""

BROKEN: Final = "has too few or too many cells"

_MOST_CHARACTERS: Final = 5_000

# What pydantic finds, said of the column; what it cannot say so comes as it is.
_SENTENCES: Final = {
    "string_too_short": "{column} is blank",
    "string_too_long": "{column} has over {max_length:,} characters",
    "literal_error": "{column} is {expected}, not {input!r}",
    "int_parsing": "{column} is a number, not {input!r}",
    "greater_than": "{column} is a number from 1 on, not {input!r}",
}


def _parse(value: str) -> int | None:
    try:
        return parse_label(value)
    except LabelError as error:
        reason = {"reason": str(error)}
        raise PydanticCustomError("label", "{reason}", reason) from error


def _check_name(name: str) -> str:
    if name not in LABELS:
        raise PydanticCustomError(
            "label_name",
            "there is no label {name}; there are {names}",
            {"name": repr(name), "names": ", ".join(LABELS)},
        )
    return name


_Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Text = Annotated[_Filled, StringConstraints(max_length=_MOST_CHARACTERS)]
_Label = Annotated[int | None, BeforeValidator(_parse)]


class CommentRow(BaseModel):
    """A row of ``comments.csv``; tags but for the split are free."""

    id: _Filled
    text: _Text
    split: Literal["train", "test"]


class JudgementRow(BaseModel):
    """A row of ``judgements.csv``."""

    comment_id: _Filled
    annotator: _Filled
    round: Literal["1", "2", "3"]
    codebook_version: PositiveInt
    rule: _Filled
    abuse: _Label
    severe_abuse: _Label
    insult: _Label
    profanity: _Label
    threat: _Label
    identity_attack: _Label
    extremist_praise: _Label


class SuiteRow(BaseModel):
    """A row of a functional suite."""

    id: _Filled
    function: _Filled
    tests: _Filled
    text: _Text
    label: Annotated[str, AfterValidator(_check_name)]
    expected: Literal["0", "1"]
    part: Literal["open", "locked"]


def row_faults(kind: type[BaseModel], cells: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each column of a row that is not what it must be."""
    try:
        kind.model_validate(cells)
    except ValidationError as error:
        for detail in error.errors():
            yield _sentence(detail)


def _sentence(detail: ErrorDetails) -> str:
    column = detail["loc"][0]
    template = _SENTENCES.get(detail["type"])
    if template is None:
        return f"{column}: {detail['msg']}"
    known = {"column": column, "input": detail["input"], **detail.get("ctx", {})}
    return template.format(**known)
