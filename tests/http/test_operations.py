"""GET /, /healthz and /readyz."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from labels.errors import GavelError, SettingError
from model.scorer import Scorer
from serve import create_app
from serve.state import service_of


def test_health_says_that_the_process_lives(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})


def test_readiness_names_the_model(client: FlaskClient) -> None:
    response = client.get("/readyz")
    model = {"name": "fake", "version": "0123456789ab"}
    assert (response.status_code, response.get_json()) == (
        200,
        {"status": "ready", "checks": {"model": "ok", "store": "ok"}, "model": model},
    )


def test_readiness_asks_every_check(app: Flask) -> None:
    def fail() -> None:
        raise OSError("the disk of a test is away")

    service_of(app).checks["store"] = fail
    response = app.test_client().get("/readyz")
    assert (response.status_code, response.get_json()) == (
        503,
        {
            "status": "unavailable",
            "checks": {"model": "ok", "store": "failed"},
            "model": {"name": "fake", "version": "0123456789ab"},
        },
    )


def test_the_root_says_where_scores_are(client: FlaskClient) -> None:
    assert client.get("/").get_json() == {
        "gavel": 'POST {"text": "a comment"} to /v1/score as application/json'
    }


def test_the_model_of_the_settings_is_served(artefact: Path) -> None:
    client = create_app({"model": artefact}).test_client()
    loaded = Scorer.load(artefact)
    model = {"name": loaded.name, "version": loaded.version}
    assert client.get("/readyz").get_json()["model"] == model


def test_an_application_without_a_model_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(GavelError, match="there is no model in"):
        create_app({"model": tmp_path / "absent"})


def test_an_application_with_a_bad_setting_is_not_made() -> None:
    with pytest.raises(SettingError, match="port is 0"):
        create_app({"port": 0})
