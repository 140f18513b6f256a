"""What the tests of Perspective's dialect share: a service with a store of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, select
from werkzeug.test import TestResponse

from serve import create_app
from serve.storage import store_of


@pytest.fixture
def make_app(fake_scorer: Any, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Return a function from settings to an application."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        app = create_app({"instance": tmp_path, **settings}, scorer=fake_scorer)
        made.append(app)
        return app

    yield make
    for app in made:
        store_of(app).close()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def analyze(client: FlaskClient) -> Callable[..., TestResponse]:
    """Return a function that asks for the TOXICITY of a text, and whatever else."""
    return asking(client)


def asking(client: FlaskClient) -> Callable[..., TestResponse]:
    def ask(text: Any = "a silly answer", **more: Any) -> TestResponse:
        body = {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}}
        return client.post("/v1alpha1/comments:analyze", json={**body, **more})

    return ask


@pytest.fixture
def ask_with(make_app: Callable[..., Flask]) -> Callable[..., Any]:
    """Return a function from settings to one that asks a service that has them."""
    return lambda **settings: asking(make_app(**settings).test_client())


@pytest.fixture
def rows_of() -> Callable[[Flask, Table], list[dict[str, Any]]]:
    """Return a function that reads a table of an application's store."""

    def read(app: Flask, table: Table) -> list[dict[str, Any]]:
        with store_of(app).reading() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    return read
