"""Says in a sentence what pydantic found wrong with a message."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from serve.errors import Fault
from serve.feedback_messages import FeedbackRequest, JudgedComment
from serve.messages import CommentIn, Context, ScoreRequest

# A body of nothing but unknown fields must not be answered at its own length.
_MOST_FAULTS: Final = 20

# The faults that serve/messages.py raises itself are worded there.
_PREDICATES: Final = {
    "bool_type": "must be true or false",
    "is_instance_of": "must be a string",
    "list_type": "must be a list",
    "missing": "is missing",
    "model_type": "must be an object",
    "string_unicode": "has a field whose name is not Unicode text",
    "too_short": "is empty; leave it out or name at least one",
}

_CONTEXT_FIELDS: Final = {name: f"context.{name}" for name in Context.model_fields}

SCORE_FIELDS: Final = {
    **{name: name for name in (*ScoreRequest.model_fields, *CommentIn.model_fields)},
    **_CONTEXT_FIELDS,
}
FEEDBACK_FIELDS: Final = {
    **{name: name for name in FeedbackRequest.model_fields},
    **{name: f"comment.{name}" for name in JudgedComment.model_fields},
    **_CONTEXT_FIELDS,
}
"""What a misspelt field may have meant, by its name alone."""


def faults_in(
    error: ValidationError, *, of: str, fields: Mapping[str, str] = SCORE_FIELDS
) -> Sequence[Fault]:
    """Return the first faults, each with its field; ``of`` names the whole message."""
    every = error.errors(include_url=False, include_input=False)
    return [
        Fault(_field(details), _sentence(details, of, fields))
        for details in islice(every, _MOST_FAULTS)
    ]


def _field(details: ErrorDetails) -> str:
    return ".".join(str(part) for part in details["loc"])


def _sentence(details: ErrorDetails, of: str, fields: Mapping[str, str]) -> str:
    field = _field(details)
    if details["type"] == "extra_forbidden":
        remedy = _remedy(str(details["loc"][-1]), fields)
        return f"{field} is no field here; {remedy}"
    predicate = _PREDICATES.get(details["type"], details["msg"])
    if details["type"] == "literal_error":
        predicate = f"must be {details['ctx']['expected']}"
    return f"{field or of} {predicate}"


def _remedy(name: str, fields: Mapping[str, str]) -> str:
    for match in get_close_matches(name, fields, n=1):
        if fields[match] != name:
            return f"did you mean {fields[match]}?"
    return "leave it out"
