"""Answers requests that came as one, with one call of the model for all of them."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final
from urllib.parse import parse_qs

from flask import Flask, Response, current_app, request

from serve.access import presented_key
from serve.answers import json_response
from serve.bodies import current_body
from serve.errors import ApiError
from serve.perspective.analysis import MOST_SCORES, Analysis, read_analysis
from serve.perspective.analyze import answer_all
from serve.perspective.envelope import envelope, owns
from serve.perspective.lenient_json import read_lenient_json
from serve.perspective.multipart import Call, Reply, read_calls, write_replies
from serve.perspective.refusals import long_answer
from serve.state import current_service

_ANALYZE: Final = "perspective.analyze"
_CALLABLE: Final = frozenset({_ANALYZE, "perspective.suggest_score"})

# What an inner request may say itself; the rest it has from the outer one, as its
# address, which nobody shall choose.
_OWN_HEADERS: Final = {
    "authorization": "HTTP_AUTHORIZATION",
    "x-api-key": "HTTP_X_API_KEY",
    "content-type": "CONTENT_TYPE",
    "content-encoding": "HTTP_CONTENT_ENCODING",
}
_KEY_HEADERS: Final = ("HTTP_AUTHORIZATION", "HTTP_X_API_KEY")
_NOT_HANDED_ON: Final = ("CONTENT_", "HTTP_CONTENT_", "HTTP_TRANSFER_ENCODING")
_TOLD: Final = ("Retry-After", "RateLimit-Limit", "RateLimit-Remaining")


def answer_calls() -> Response:
    """Return the answer to every request in the body of this one.

    Raises:
        PerspectiveError: if the body is no batch.
    """
    is_mixed = request.mimetype == "multipart/mixed"
    boundary = request.mimetype_params.get("boundary") if is_mixed else None
    calls = read_calls(current_body(), boundary)
    prepared = _within_bounds(_prepare(call) for call in calls)
    analyses = [one for one in prepared if isinstance(one, Analysis)]
    answers = iter(answer_all(analyses))
    replies = [
        _reply(call, json_response(next(answers)) if isinstance(one, Analysis) else one)
        for call, one in zip(calls, prepared, strict=True)
    ]
    mark = f"batch_{secrets.token_hex(16)}"
    return Response(
        write_replies(replies, mark),
        content_type=f"multipart/mixed; boundary={mark}",
    )


def _within_bounds(
    prepared: Iterable[Analysis | Response],
) -> list[Analysis | Response]:
    """Return what was prepared; what would make the answer too long is refused."""
    bounded: list[Analysis | Response] = []
    size = 0
    for one in prepared:
        size += one.size if isinstance(one, Analysis) else 0
        is_too_long = isinstance(one, Analysis) and size > MOST_SCORES
        bounded.append(envelope(long_answer(MOST_SCORES)) if is_too_long else one)
    return bounded


def _prepare(call: Call) -> Analysis | Response:
    """Return what is to be scored for an inner request, or else its answer.

    It passes whatever every request passes: keys, limits, the reading of its body.
    """
    if not _is_ours(call):
        return envelope(_not_callable(call))
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with _inner_request(app, call):
        try:
            return _answer_or_analysis(app, call)
        except Exception as error:  # noqa: BLE001 - it is one answer among many
            return app.make_response(app.handle_user_exception(error))


def _answer_or_analysis(app: Flask, call: Call) -> Analysis | Response:
    if request.routing_exception is not None:
        app.raise_routing_exception(request)
    if request.endpoint not in _CALLABLE:
        raise _not_callable(call)
    early = app.preprocess_request()
    if early is not None:
        return app.make_response(early)
    if request.endpoint == _ANALYZE:
        return read_analysis(read_lenient_json(), current_service().settings)
    view: Callable[[], Response] = app.view_functions[request.endpoint]  # type: ignore[assignment]
    return view()


@contextmanager
def _inner_request(app: Flask, call: Call) -> Iterator[None]:
    # A context of its own for the application too: ``g`` holds the body and the key.
    environ = _environ(call)
    with app.app_context(), app.request_context(environ):
        yield


def _environ(call: Call) -> dict[str, Any]:
    headers = call.headers or {}
    environ: dict[str, Any] = {
        name: value
        for name, value in request.environ.items()
        if not name.startswith((*_NOT_HANDED_ON, "werkzeug.", "flask."))
    }
    outer_key = presented_key()
    for variable in _KEY_HEADERS:
        environ.pop(variable, None)
    if not _shows_key(call) and outer_key:
        environ["HTTP_X_API_KEY"] = outer_key
    for name, variable in _OWN_HEADERS.items():
        if name in headers:
            environ[variable] = headers[name]
    return environ | {
        "REQUEST_METHOD": call.method,
        "PATH_INFO": call.path,
        "QUERY_STRING": call.query,
        "CONTENT_LENGTH": str(len(call.body)),
        "wsgi.input": BytesIO(call.body),
    }


def _shows_key(call: Call) -> bool:
    headers = call.headers or {}
    return (
        "authorization" in headers
        or "x-api-key" in headers
        or "key" in parse_qs(call.query)
    )


def _is_ours(call: Call) -> bool:
    return bool(call.method) and owns(call.path)


def _not_callable(call: Call) -> ApiError:
    if not call.method:
        return ApiError(400, "invalid_request", "this part of the batch is no request")
    return ApiError(404, "not_found", "no such method can be called in a batch")


def _reply(call: Call, response: Response) -> Reply:
    told = {name: response.headers[name] for name in _TOLD if name in response.headers}
    headers = {"Content-Type": "application/json; charset=UTF-8", **told}
    return Reply(call.content_id, response.status_code, headers, response.get_data())
