"""Writes the document from which Google's own clients learn what there is to call."""

from collections.abc import Mapping
from typing import Any, Final

from flask import request

from serve.errors import ApiError
from serve.state import current_service

_VERSION: Final = "v1alpha1"

# Each object by its name: its fields, and what kind of thing each is. "[X]" is a list
# of X, "{X}" an object whose every value is an X; a capital is an object told here.
_OBJECTS: Final[Mapping[str, Mapping[str, str]]] = {
    "TextEntry": {"text": "string", "type": "string"},
    "ArticleAndParentComment": {"article": "TextEntry", "parentComment": "TextEntry"},
    "Context": {
        "entries": "[TextEntry]",
        "articleAndParentComment": "ArticleAndParentComment",
    },
    "AttributeParameters": {"scoreType": "string", "scoreThreshold": "number"},
    "Score": {"value": "number", "type": "string"},
    "SpanScore": {"begin": "integer", "end": "integer", "score": "Score"},
    "AttributeScores": {"summaryScore": "Score", "spanScores": "[SpanScore]"},
    "AnalyzeCommentRequest": {
        "comment": "TextEntry",
        "context": "Context",
        "requestedAttributes": "{AttributeParameters}",
        "languages": "[string]",
        "spanAnnotations": "boolean",
        "doNotStore": "boolean",
        "clientToken": "string",
        "sessionId": "string",
        "communityId": "string",
    },
    "AnalyzeCommentResponse": {
        "attributeScores": "{AttributeScores}",
        "languages": "[string]",
        "detectedLanguages": "[string]",
        "clientToken": "string",
    },
    "SuggestCommentScoreRequest": {
        "comment": "TextEntry",
        "context": "Context",
        "attributeScores": "{AttributeScores}",
        "languages": "[string]",
        "clientToken": "string",
        "sessionId": "string",
        "communityId": "string",
    },
    "SuggestCommentScoreResponse": {
        "requestedLanguages": "[string]",
        "detectedLanguages": "[string]",
        "clientToken": "string",
    },
}

_FORMATS: Final = {"number": "float", "integer": "int32"}

_METHODS: Final = {"analyze": "AnalyzeComment", "suggestscore": "SuggestCommentScore"}

_PARAMETERS: Final = {
    **dict.fromkeys(("key", "alt", "fields", "quotaUser", "callback"), "string"),
    **dict.fromkeys(("access_token", "oauth_token", "$.xgafv"), "string"),
    **dict.fromkeys(("upload_protocol", "uploadType"), "string"),
    "prettyPrint": "boolean",
}


def discovery_document() -> dict[str, Any]:
    """Return the document, with the address that clients shall call.

    It is that of ``GAVEL_PUBLIC_URL``, or else the one that this request came to.

    Raises:
        ApiError: if another version is asked for.
    """
    version = request.args.get("version", _VERSION)
    if version != _VERSION:
        raise ApiError(
            404, "not_found", f"there is no such version here; ask for {_VERSION}"
        )
    root = (current_service().settings.public_url or request.host_url).rstrip("/") + "/"
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": f"commentanalyzer:{_VERSION}",
        "name": "commentanalyzer",
        "version": _VERSION,
        "title": "Gavel, in Perspective's dialect",
        "protocol": "rest",
        "rootUrl": root,
        "servicePath": "",
        "baseUrl": root,
        "batchPath": "batch",
        "parameters": {
            name: {"type": kind, "location": "query"}
            for name, kind in _PARAMETERS.items()
        },
        "resources": {"comments": {"methods": _methods()}},
        "schemas": {name: _schema(name) for name in _OBJECTS},
    }


def _methods() -> dict[str, Any]:
    return {
        name: {
            "id": f"commentanalyzer.comments.{name}",
            "httpMethod": "POST",
            "path": f"{_VERSION}/comments:{name}",
            "flatPath": f"{_VERSION}/comments:{name}",
            "parameterOrder": [],
            "parameters": {},
            "request": {"$ref": f"{message}Request"},
            "response": {"$ref": f"{message}Response"},
        }
        for name, message in _METHODS.items()
    }


def _schema(name: str) -> dict[str, Any]:
    fields = {field: _kind(kind) for field, kind in _OBJECTS[name].items()}
    return {"id": name, "type": "object", "properties": fields}


def _kind(kind: str) -> dict[str, Any]:
    """Return the schema of a kind as ``_OBJECTS`` writes it.

    >>> _kind("[TextEntry]")
    {'type': 'array', 'items': {'$ref': 'TextEntry'}}
    """
    if kind.startswith("["):
        return {"type": "array", "items": _kind(kind[1:-1])}
    if kind.startswith("{"):
        return {"type": "object", "additionalProperties": _kind(kind[1:-1])}
    if kind in _OBJECTS:
        return {"$ref": kind}
    return {"type": kind} | ({"format": _FORMATS[kind]} if kind in _FORMATS else {})
