"""Writes answers as JSON."""

import json
from collections.abc import Mapping
from typing import Final

from flask import Response

# Made once: json.dumps would make one for every answer.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=True, allow_nan=False)


def json_response(payload: Mapping[str, object], status: int = 200) -> Response:
    r"""Return ``payload`` as a response of one line.

    Everything beyond ASCII is escaped, because a lone surrogate that a client sent
    has no UTF-8: it goes back as the ``\ud800`` it came as.
    """
    line = _ENCODER.encode(payload)
    return Response(line + "\n", status, mimetype="application/json")
