"""Says in JSON Schema what our own checks hold a message to."""

from collections.abc import Callable
from typing import Any, Final

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

Schema = dict[str, Any]

# What str.strip() takes away, which JSON Schema's \s is not everywhere.
_NOT_BLANK: Final = r"[^\s\x1c-\x1f\x85]"
_ANYTHING: Final = {"description": "Anything else gets an error in results."}


class SchemaKeywords:
    """Adds keywords to the schema of what it annotates."""

    def __init__(self, **keywords: Any) -> None:
        self._keywords = keywords

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> Schema:
        """Return the schema with the keywords."""
        return {**handler(core_schema), **self._keywords}


class OrAnything:
    """Lets the schema of what it annotates hold, or anything else.

    For what is checked one by one: a comment that cannot be scored gets an error of
    its own, and its request an answer.
    """

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> Schema:
        """Return the schema, beside one that takes everything."""
        return {"anyOf": [handler(core_schema), _ANYTHING]}


# In bytes, which no schema counts; more code points have more bytes for certain.
MOST_TEXT_BYTES: Final = 20_480

TEXT_SCHEMA: Final = SchemaKeywords(
    minLength=1, maxLength=MOST_TEXT_BYTES, pattern=_NOT_BLANK
)
"""A text that has something to score."""


def name_keywords(longest: int) -> Schema:
    """Return the keywords of a name that the store can find again."""
    return {"minLength": 1, "maxLength": longest, "pattern": r"^[^\x00]+$"}


def requiring(name: str) -> Callable[[Schema], None]:
    """Return what marks a field as required whose check words its absence itself."""

    def mark(schema: Schema) -> None:
        schema["properties"][name].pop("default", None)
        schema["required"] = [name, *schema.get("required", ())]

    return mark


def lenient(schema: Schema) -> None:
    """Let every field be anything, as far as its check costs no request its answer."""
    for name, field in schema["properties"].items():
        if name not in {"labels", "explain"}:
            field.pop("default", None)
            schema["properties"][name] = {"anyOf": [field, _ANYTHING]}
    schema["properties"]["text"]["anyOf"][1] = {"not": {"type": "null"}}
    schema["required"] = ["text"]
