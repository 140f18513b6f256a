"""Writes errors as Google's services do, on the paths that are Perspective's."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Flask, Response

from serve.answers import json_response
from serve.errors import ApiError, speak
from serve.perspective.refusals import PerspectiveError

SERVICE: Final = "commentanalyzer.googleapis.com"
"""What Perspective calls itself in errors; clients may look for it."""

_PATHS: Final = ("/v1alpha1", "/comments:", "/batch", "/$discovery")

_STATUSES: Final[Mapping[int, str]] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    408: "DEADLINE_EXCEEDED",
    409: "ALREADY_EXISTS",
    413: "INVALID_ARGUMENT",
    415: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}

_ERROR_INFO: Final = "type.googleapis.com/google.rpc.ErrorInfo"
_METRIC: Final = "Analysis requests (AnalyzeComment)"


def register(app: Flask) -> None:
    """Have every error on Perspective's paths answered in Google's envelope."""
    speak(app, owns, envelope)


def owns(path: str) -> bool:
    """Tell whether whoever asks for this path speaks Perspective's dialect."""
    return path.startswith(_PATHS)


def envelope(error: ApiError) -> Response:
    """Return an error as Google's services write it."""
    status, message, details = _as_google(error)
    body: dict[str, Any] = {
        "code": status,
        "message": message,
        "status": _STATUSES.get(status, "UNKNOWN"),
    }
    if details:
        body["details"] = details
    return json_response({"error": body}, status)


def _as_google(error: ApiError) -> tuple[int, str, list[Mapping[str, Any]]]:
    """Return the status, message and details that Google would give for an error."""
    if isinstance(error, PerspectiveError):
        return error.status, str(error), list(error.info)
    if error.status == 401:  # noqa: PLR2004 - as HTTP has it
        return _key_error(error)
    if error.status == 429:  # noqa: PLR2004
        return _quota_error(error)
    return error.status, str(error), []


def _key_error(error: ApiError) -> tuple[int, str, list[Mapping[str, Any]]]:
    """Return what a caller without a good key hears: 403 without any, 400 with a bad.

    Neither is 401, which Google keeps for tokens of its own.
    """
    if error.code == "missing_key":
        return (
            403,
            "The request is missing a valid API key.",
            [],
        )
    info = {
        "@type": _ERROR_INFO,
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
        "metadata": {"service": SERVICE},
    }
    return 400, "API key not valid. Please pass a valid API key.", [info]


def _quota_error(error: ApiError) -> tuple[int, str, list[Mapping[str, Any]]]:
    limit = f"{_METRIC} per minute"
    info = {
        "@type": _ERROR_INFO,
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "quota_limit": limit,
            "quota_limit_value": error.headers.get("RateLimit-Limit", ""),
            "quota_metric": _METRIC,
            "service": SERVICE,
            "consumer": "",
        },
    }
    message = (
        f"Quota exceeded for quota metric '{_METRIC}' and limit '{limit}' of service "
        f"'{SERVICE}'."
    )
    return 429, message, [info]
