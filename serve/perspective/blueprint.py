"""The paths of Perspective's dialect, with and without its version."""

from flask import Blueprint, Response

from serve.access import needs
from serve.answers import json_response
from serve.perspective.analysis import read_analysis
from serve.perspective.analyze import answer_all
from serve.perspective.batch import answer_calls
from serve.perspective.discovery import discovery_document
from serve.perspective.lenient_json import read_lenient_json
from serve.perspective.suggestions import suggest
from serve.state import current_service

blueprint = Blueprint("perspective", __name__)


@blueprint.post("/v1alpha1/comments:analyze")
@blueprint.post("/comments:analyze")
@needs("score")
def analyze() -> Response:
    """Answer the scores of one comment."""
    settings = current_service().settings
    analysis = read_analysis(read_lenient_json(), settings)
    return json_response(answer_all([analysis])[0])


@blueprint.post("/v1alpha1/comments:suggestscore")
@blueprint.post("/comments:suggestscore")
@needs("suggest")
def suggest_score() -> Response:
    """Keep what somebody says that the scores of one comment should be."""
    return json_response(suggest(read_lenient_json(), current_service().settings))


@blueprint.post("/v1alpha1/batch")
@blueprint.post("/batch")
def batch() -> Response:
    """Answer many requests that came as one; each of them shows its own key."""
    return answer_calls()


@blueprint.get("/v1alpha1/$discovery/rest")
@blueprint.get("/$discovery/rest")
def discovery() -> Response:
    """Tell Google's own clients what there is to call, and where."""
    return json_response(discovery_document())
