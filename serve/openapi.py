"""Writes the OpenAPI 3.1 document: what the marked views and their models say."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from typing import Any, Final

from flask import Flask
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from werkzeug.routing import Rule

from serve.access import KEY_RING, scope_of
from serve.answer_messages import ErrorResponse
from serve.documented import Model, Operation, operation_of

Names = Mapping[tuple[Any, JsonSchemaMode], Any]

_REF: Final = "#/components/schemas/{model}"
_PATH_FIELD: Final = re.compile(r"<(?:\w+:)?(\w+)>")

_ABOUT: Final = (
    "Scores comments for abuse and for praise of violent extremism. A score is the "
    "probability that moderators who keep the codebook would give the label, at the "
    "base rate that the model's card states. Offsets are code points."
)
_SCHEMES: Final = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
}
_ERRORS: Final = {
    400: "The request cannot be understood; details names each field that is at fault.",
    401: "There is no key, or one that is unknown or revoked.",
    403: "The key may not do this.",
    404: "What the request names is not here.",
    409: "The idempotency key came before with another body.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    429: "That were too many requests; Retry-After says when to come back.",
    503: "The service or its store cannot now; Retry-After says when to try again.",
}
_WITH_BODY: Final = (400, 413, 415)
_WITH_KEY: Final = (401, 403, 429, 503)


def openapi_document(app: Flask) -> dict[str, Any]:
    """Return the document of an application; it does not change while that runs."""
    operations = list(_operations(app))
    models = _models(operation for _, _, operation in operations)
    names, schemas = models_json_schema(models, ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for rule, view, operation in operations:
        described = _describe(app, view, operation, names)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path = _PATH_FIELD.sub(r"{\1}", rule.rule)
            paths.setdefault(path, {})[method.lower()] = {
                "operationId": rule.endpoint.replace(".", "_"),
                **described,
            }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Gavel", "version": version("gavel"), "description": _ABOUT},
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": schemas["$defs"], "securitySchemes": _SCHEMES},
    }


def _operations(app: Flask) -> Iterator[tuple[Rule, Callable[..., Any], Operation]]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        operation = operation_of(view)
        if operation is not None:
            yield rule, view, operation


def _models(operations: Iterator[Operation]) -> list[tuple[Model, JsonSchemaMode]]:
    models: dict[tuple[Model, JsonSchemaMode], None] = {
        (ErrorResponse, "serialization"): None
    }
    for operation in operations:
        models |= {(model, "validation"): None for model in operation.body}
        for model, _ in operation.answers.values():
            models[model, "serialization"] = None
    return list(models)


def _describe(
    app: Flask,
    view: Callable[..., Any],
    operation: Operation,
    names: Names,
) -> dict[str, Any]:
    summary, _, more = inspect.cleandoc(view.__doc__ or "").partition("\n")
    described: dict[str, Any] = {
        "summary": summary,
        "responses": _responses(view, operation, names),
    }
    if more.strip():
        described["description"] = " ".join(more.split())
    parameters = [*operation.headers, *_path_parameters(operation)]
    if parameters:
        described["parameters"] = parameters
    if operation.body:
        schemas = [names[model, "validation"] for model in operation.body]
        content: dict[str, Any] = {
            "schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
        }
        if operation.example is not None:
            content["example"] = operation.example
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": content},
        }
    if scope_of(view) is not None:
        schemes: list[dict[str, list[str]]] = [{name: []} for name in _SCHEMES]
        # Where only this machine reaches the service, no key is as good as any.
        described["security"] = (
            schemes if KEY_RING in app.extensions else [{}, *schemes]
        )
    return described


def _responses(
    view: Callable[..., Any],
    operation: Operation,
    names: Names,
) -> dict[str, Any]:
    responses = {
        str(status): _response(line, names[model, "serialization"])
        for status, (model, line) in operation.answers.items()
    }
    failures = set(_WITH_BODY if operation.body else ())
    failures |= set(_WITH_KEY if scope_of(view) is not None else ())
    for status in sorted(failures | set(operation.errors)):
        error = names[ErrorResponse, "serialization"]
        responses[str(status)] = _response(_ERRORS[status], error)
    return responses


def _response(line: str, schema: Any) -> dict[str, Any]:
    return {"description": line, "content": {"application/json": {"schema": schema}}}


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            "description": meaning,
        }
        for name, meaning in (operation.path_fields or {}).items()
    ]
