"""Writes errors as OpenAI's endpoints do."""

from collections.abc import Mapping
from typing import Final

from flask import Flask, Response

from serve.answers import json_response
from serve.errors import ApiError, speak

PATH: Final = "/v1/moderations"

_TYPES: Final[Mapping[int, str]] = {
    403: "permission_error",
    429: "rate_limit_error",
}
_CODES: Final[Mapping[str, str]] = {
    "missing_key": "invalid_api_key",
    "unknown_key": "invalid_api_key",
    "wrong_scope": "insufficient_permissions",
    "rate_limited": "rate_limit_exceeded",
}
_LEAST_FAULT_OF_OURS: Final = 500


def register(app: Flask) -> None:
    """Have every error on OpenAI's path answered in its envelope."""
    speak(app, owns, envelope)


def owns(path: str) -> bool:
    """Tell whether whoever asks for this path speaks OpenAI's dialect."""
    return path == PATH or path.startswith(f"{PATH}/")


def envelope(error: ApiError) -> Response:
    """Return an error as OpenAI writes it; ``param`` is the first field at fault."""
    is_ours = error.status >= _LEAST_FAULT_OF_OURS
    kind = "server_error" if is_ours else "invalid_request_error"
    body = {
        "message": str(error),
        "type": _TYPES.get(error.status, kind),
        "param": error.details[0].field if error.details else None,
        "code": _CODES.get(error.code, error.code),
    }
    return json_response({"error": body}, error.status)
