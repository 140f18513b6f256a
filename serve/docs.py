"""GET /openapi.json and /docs: what the service can be asked, for programs and people.

The page has no script and loads nothing, so that it works on a machine without the
internet and under a policy that allows neither.
"""

import base64
import hashlib
import json
from typing import Any, Final

from flask import Blueprint, Flask, Response, current_app, render_template

from serve.answers import json_response
from serve.openapi import openapi_document

blueprint = Blueprint("docs", __name__)

_DOCUMENT: Final = "gavel_openapi"

STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto;
  padding: 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9rem; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid; border-radius: .25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
  border-bottom: 1px solid; overflow-wrap: anywhere; }
"""
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


@blueprint.get("/openapi.json")
def show_document() -> Response:
    """Answer the OpenAPI document."""
    return json_response(_document(current_app))


@blueprint.get("/docs")
def show_page() -> Response:
    """Show the same to a person."""
    document = _document(current_app)
    page = render_template(
        "docs.html", document=document, style=STYLE, type_of=type_of, dumps=_dumps
    )
    return Response(page, headers={"Content-Security-Policy": _POLICY})


def type_of(schema: dict[str, Any]) -> str:
    """Return in a few words what a schema takes.

    >>> type_of({"type": "array", "items": {"type": "string"}})
    'list of string'
    >>> type_of({"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]})
    'A'
    """
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        kinds = [type_of(one) for one in schema["anyOf"]]
        return " or ".join(kind for kind in kinds if kind not in {"null", "anything"})
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"] if value is not None)
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    if isinstance(kind, list):
        return str(next(one for one in kind if one != "null"))
    return str(kind)


def _dumps(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _document(app: Flask) -> dict[str, Any]:
    if _DOCUMENT not in app.extensions:
        app.extensions[_DOCUMENT] = openapi_document(app)
    document: dict[str, Any] = app.extensions[_DOCUMENT]
    return document
