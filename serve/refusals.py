"""Refuses requests that the gateway could not take in, in the words of their path."""

from typing import Final

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from serve.errors import ApiError
from serve.tally import TOO_LARGE, TOO_SLOW

REFUSAL: Final = "gavel.refusal"
"""The key of a WSGI environment that says why its request is not to be answered."""

RETRY_SECONDS: Final = 1


def register(app: Flask) -> None:
    """Have the application refuse such requests before anything else looks at them."""
    app.before_request(_refuse)


def _refuse() -> None:
    reason = request.environ.get(REFUSAL)
    if reason is None:
        return
    if reason == TOO_LARGE:
        raise RequestEntityTooLarge
    if reason == TOO_SLOW:
        raise ApiError(
            408, "request_timeout", "the body came too slowly; send it in one go"
        )
    raise ApiError(
        503,
        "overloaded",
        f"too many requests are waiting; try again in {RETRY_SECONDS} second",
        headers={"Retry-After": str(RETRY_SECONDS)},
    )
