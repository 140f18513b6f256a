"""Reads what OpenAI's clients send to be judged."""

from collections.abc import Sequence
from typing import Any, Final

from serve.errors import ApiError, Fault
from serve.messages import MOST_COMMENTS
from serve.schemas import MOST_TEXT_BYTES

Input = Sequence[str]
"""The texts of one input, which has one result; blank ones are left out."""

_FORMS: Final = (
    "a string, a list of strings, or a list of parts such as "
    '{"type": "text", "text": "…"}'
)


def read_inputs(sent: Any) -> list[Input]:
    """Return the inputs of a request, in order.

    Of parts, the texts are one input together, and images are passed over: that no
    image was judged stands in the result. Images alone are refused, since a result
    would look like an acquittal.

    Raises:
        ApiError: if there is no input, or one that cannot be judged.
    """
    if not isinstance(sent, dict):
        raise ApiError(
            400, "invalid_request", 'the body must be an object: {"input": "…"}'
        )
    said = sent.get("input")
    if isinstance(said, str):
        return [_input([("input", said)])]
    if not isinstance(said, list):
        missing = said is None
        raise _refused("input", "is missing" if missing else f"must be {_FORMS}")
    if not 1 <= len(said) <= MOST_COMMENTS:
        raise _refused(
            "input", f"holds {len(said):,}; send 1 to {MOST_COMMENTS:,} in a request"
        )
    if all(isinstance(one, str) for one in said):
        return [_input([(f"input[{at}]", text)]) for at, text in enumerate(said)]
    return [_combined(said)]


def _combined(parts: Sequence[Any]) -> Input:
    texts = []
    for at, part in enumerate(parts):
        where = f"input[{at}]"
        kind = part.get("type") if isinstance(part, dict) else None
        if kind == "text":
            texts.append((f"{where}.text", part.get("text")))
        elif kind != "image_url":
            raise _refused(where, f"is no text and no image; input must be {_FORMS}")
    if not texts:
        raise _refused(
            "input",
            "holds images alone, and this service judges text alone",
            code="image_not_supported",
        )
    return _input(texts)


def _input(texts: Sequence[tuple[str, Any]]) -> Input:
    for field, text in texts:
        if not isinstance(text, str):
            raise _refused(field, "must be a string")
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > MOST_TEXT_BYTES:
            raise _refused(
                field,
                f"is {size:,} bytes of UTF-8; send at most {MOST_TEXT_BYTES:,}",
                code="text_too_long",
            )
    return [text for _, text in texts if text.strip()]


def _refused(field: str, what: str, code: str = "invalid_request") -> ApiError:
    message = f"{field} {what}"
    return ApiError(400, code, message, [Fault(field, message)])
