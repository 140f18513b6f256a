"""Turns what went wrong into the answer that the client gets; nothing else does."""

import logging
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
)

from labels.errors import GavelError
from serve.answers import json_response
from serve.state import current_service

logger = logging.getLogger(__name__)

_WAY_IN: Final = "POST comments to /v1/score"


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


def register(app: Flask) -> None:
    """Have the application answer every error in the native envelope."""
    app.register_error_handler(ApiError, _answer_api_error)
    app.register_error_handler(HTTPException, _answer_http_exception)
    app.register_error_handler(Exception, _answer_unexpected)


def _answer_api_error(error: ApiError) -> Response:
    response = _envelope(error.status, error.code, str(error), error.details)
    response.headers.update(error.headers)
    return response


def _answer_http_exception(error: HTTPException) -> Response:
    status = error.code or 500
    code = error.name.lower().replace(" ", "_")
    if isinstance(error, NotFound):
        message = f"there is nothing at {request.path}; {_WAY_IN}"
    elif isinstance(error, MethodNotAllowed):
        return _answer_method(error)
    elif isinstance(error, RequestEntityTooLarge):
        limit = current_service().settings.max_body_bytes
        code = "body_too_large"
        message = f"the body is over {limit:,} bytes; send fewer comments in a request"
    else:
        message = error.description or error.name
    return _envelope(status, code, message)


def _answer_method(error: MethodNotAllowed) -> Response:
    allowed = ", ".join(sorted(error.valid_methods or ()))
    message = f"{request.path} does not answer {request.method}; use {allowed}"
    response = _envelope(405, "method_not_allowed", message)
    response.headers["Allow"] = allowed
    return response


def _answer_unexpected(error: Exception) -> Response:
    log_unexpected(error)
    return _envelope(
        500, "internal_error", "the service failed; its log says more, or try again"
    )


def log_unexpected(error: Exception) -> None:
    """Log where an error came from, without what a client wrote.

    Its message may quote a comment, and the path of a request may hold line breaks.
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    kind = type(error).__name__
    logger.error("%s failed with %s\n%s", request.endpoint, kind, frames)


def _envelope(
    status: int, code: str, message: str, details: Sequence[Fault] = ()
) -> Response:
    items = [{"field": fault.field, "message": fault.message} for fault in details]
    error = {"code": code, "message": message, "details": items}
    return json_response({"error": error}, status)
