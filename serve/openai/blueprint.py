"""POST /v1/moderations, as OpenAI's clients call it."""

import secrets

from flask import Blueprint, Response

from serve.access import needs
from serve.answers import json_response
from serve.bodies import read_json
from serve.openai.categories import result
from serve.openai.envelope import PATH
from serve.openai.inputs import read_inputs
from serve.state import current_service

blueprint = Blueprint("openai", __name__)


@blueprint.post(PATH)
@needs("score")
def moderate() -> Response:
    """Answer one result for each input, whichever model was asked for.

    Nothing is ever stored: this dialect has no way to ask for it.
    """
    scorer = current_service().scorer
    inputs = read_inputs(read_json())
    scores = iter(scorer.score([text for texts in inputs for text in texts]))
    results = [result([next(scores) for _ in texts]) for texts in inputs]
    return json_response(
        {
            "id": f"modr-{secrets.token_hex(12)}",
            "model": f"{scorer.name}-{scorer.version}",
            "results": results,
        }
    )
