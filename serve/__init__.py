"""The service: scores over HTTP, for moderation tools."""

from collections.abc import Mapping

from flask import Flask

from labels.settings import Settings, load_settings
from model.bundled_model import scorer_of
from serve import api, bodies, errors, metrics, observe, operations, refusals
from serve.observe import CountingScorer
from serve.state import CommentScorer, Service, install
from serve.tally import Tally


def create_app(
    settings: Settings | Mapping[str, object] | None = None,
    *,
    scorer: CommentScorer | None = None,
    tally: Tally | None = None,
) -> Flask:
    """Return the WSGI application with its model loaded.

    The model is loaded here, once, so that an application that exists can score.
    ``scorer`` stands in for the one that the settings name: whoever has a model in
    memory already need not write it to disk. ``tally`` is where to count; without one
    the application counts for itself alone.

    Raises:
        SettingError: if a setting has a value that cannot be used.
        ArtefactError: if the model is missing or damaged.
    """
    if not isinstance(settings, Settings):
        settings = load_settings(settings)
    app = Flask(__name__, static_folder=None)
    loaded = scorer if scorer is not None else scorer_of(settings)
    tally = tally if tally is not None else Tally()
    install(app, Service(settings, CountingScorer(loaded, tally), tally))
    tally.show_model(loaded.version)
    observe.register(app, tally)
    refusals.register(app)
    errors.register(app)
    bodies.register(app)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(operations.blueprint)
    app.register_blueprint(metrics.blueprint)
    return app
