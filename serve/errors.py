"""Turns what went wrong into the answer that the client gets; nothing else does."""

import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
)

from labels.errors import GavelError, StoreDownError
from serve.answers import json_response
from serve.state import current_service

logger = logging.getLogger(__name__)

RETRY_SECONDS: Final = 5
"""How soon a request may be sent again that the store could not answer."""

_WAY_IN: Final = "POST comments to /v1/score"
_DIALECTS: Final = "gavel_dialects"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of a request."""

    field: str
    message: str


class ApiError(GavelError):
    """A request that cannot be answered; the message tells its sender why."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.details = tuple(details)
        self.headers = dict(headers or {})


Envelope = Callable[[ApiError], Response]
"""Writes an error as one dialect has it."""


def speak(app: Flask, owns: Callable[[str], bool], envelope: Envelope) -> None:
    """Have every error on the paths that ``owns`` picks answered in ``envelope``.

    Those that no view raised too: an unknown key, a body too large, a wrong method.
    The first that owns a path answers; what nobody owns is native.
    """
    app.extensions.setdefault(_DIALECTS, []).append((owns, envelope))


def register(app: Flask) -> None:
    """Have the application answer every error, by default in the native envelope."""
    app.register_error_handler(ApiError, _answer_api_error)
    app.register_error_handler(StoreDownError, _answer_store_down)
    app.register_error_handler(HTTPException, _answer_http_exception)
    app.register_error_handler(Exception, _answer_unexpected)


def _answer_api_error(error: ApiError) -> Response:
    envelope = _native_envelope
    for owns, other in current_app.extensions.get(_DIALECTS, ()):
        if owns(request.path):
            envelope = other
            break
    response = envelope(error)
    response.headers.update(error.headers)
    return response


def _answer_http_exception(error: HTTPException) -> Response:
    return _answer_api_error(_translated(error))


def _translated(error: HTTPException) -> ApiError:
    """Return an error of Werkzeug's as one of ours."""
    status = error.code or 500
    code = error.name.lower().replace(" ", "_")
    if isinstance(error, NotFound):
        return ApiError(404, code, f"there is nothing at {request.path}; {_WAY_IN}")
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        message = f"{request.path} does not answer {request.method}; use {allowed}"
        return ApiError(405, code, message, headers={"Allow": allowed})
    if isinstance(error, RequestEntityTooLarge):
        limit = current_service().settings.max_body_bytes
        message = f"the body is over {limit:,} bytes; send fewer comments in a request"
        return ApiError(413, "body_too_large", message)
    return ApiError(status, code, error.description or error.name)


def _answer_store_down(error: StoreDownError) -> Response:
    logger.error("%s: %s", request.endpoint, error)
    return _answer_api_error(
        ApiError(
            503,
            "store_down",
            "the store cannot keep or find anything now; nothing was kept, try again",
            headers={"Retry-After": str(RETRY_SECONDS)},
        )
    )


def _answer_unexpected(error: Exception) -> Response:
    log_unexpected(error)
    return _answer_api_error(
        ApiError(
            500,
            "internal_error",
            "the service failed; its log says more, or try again",
        )
    )


def log_unexpected(error: Exception) -> None:
    """Log where an error came from, without what a client wrote.

    Its message may quote a comment, and the path of a request may hold line breaks.
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    kind = type(error).__name__
    logger.error("%s failed with %s\n%s", request.endpoint, kind, frames)


def _native_envelope(error: ApiError) -> Response:
    items = [
        {"field": fault.field, "message": fault.message} for fault in error.details
    ]
    body = {"code": error.code, "message": str(error), "details": items}
    return json_response({"error": body}, error.status)
