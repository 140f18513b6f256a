"""The service: scores over HTTP, for moderation tools."""

from collections.abc import Mapping

from flask import Flask

from labels.settings import Settings, load_settings
from model.bundled_model import scorer_of
from serve import (
    access,
    api,
    bodies,
    docs,
    errors,
    feedback_api,
    metrics,
    models_api,
    observe,
    operations,
    origins,
    rates,
    refusals,
    storage,
)
from serve.observe import CountingScorer
from serve.openai import blueprint as openai
from serve.openai import envelope as openai_envelope
from serve.perspective import blueprint as perspective
from serve.perspective import envelope as perspective_envelope
from serve.state import CommentScorer, Service, install
from serve.tally import Tally


def create_app(
    settings: Settings | Mapping[str, object] | None = None,
    *,
    scorer: CommentScorer | None = None,
    insecure: bool = False,
    tally: Tally | None = None,
) -> Flask:
    """Return the WSGI application with its model loaded.

    The model is loaded here, once, so that an application that exists can score.
    ``scorer`` stands in for the one that the settings name: whoever has a model in
    memory already need not write it to disk. ``insecure`` opens a service that others
    reach to whoever does. ``tally`` is where to count; without one the application
    counts for itself alone.

    Raises:
        SettingError: if a setting has a value that cannot be used.
        ArtefactError: if the model is missing or damaged.
    """
    if not isinstance(settings, Settings):
        settings = load_settings(settings)
    app = Flask(__name__, static_folder=None)
    loaded = scorer if scorer is not None else scorer_of(settings)
    tally = tally if tally is not None else Tally()
    service = Service(settings, CountingScorer(loaded, tally), tally)
    install(app, service)
    tally.show_model(loaded.version)
    observe.register(app, tally)
    refusals.register(app)
    storage.register(app, settings)
    service.checks["store"] = storage.store_of(app).check
    errors.register(app)
    origins.register(app, settings)
    rates.register(app, settings)
    access.register(app, settings, insecure=insecure)
    bodies.register(app)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(feedback_api.blueprint)
    app.register_blueprint(models_api.blueprint)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(operations.blueprint)
    perspective_envelope.register(app)
    app.register_blueprint(perspective.blueprint)
    openai_envelope.register(app)
    app.register_blueprint(openai.blueprint)
    app.register_blueprint(metrics.blueprint)
    return app
