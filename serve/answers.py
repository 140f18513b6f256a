"""Writes answers as JSON."""

import json
from collections.abc import Mapping

from flask import Response


def json_response(payload: Mapping[str, object], status: int = 200) -> Response:
    r"""Return ``payload`` as a response of one line.

    Everything beyond ASCII is escaped, because a lone surrogate that a client sent
    has no UTF-8: it goes back as the ``\ud800`` it came as.
    """
    line = json.dumps(payload, ensure_ascii=True, allow_nan=False)
    return Response(line + "\n", status, mimetype="application/json")
