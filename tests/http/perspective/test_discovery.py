"""The document from which Google's clients learn what there is to call."""

from typing import Any

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("query", ["", "?version=v1alpha1", "?version=v1alpha1&key=k"])
def test_it_tells_the_address_that_it_was_asked_at(
    client: FlaskClient, query: str
) -> None:
    document = client.get(
        f"/$discovery/rest{query}", base_url="http://gavel.example:8000"
    ).get_json()
    assert (document["rootUrl"], document["servicePath"], document["batchPath"]) == (
        "http://gavel.example:8000/",
        "",
        "batch",
    )


def test_it_tells_the_public_address_where_there_is_one(make_app: Any) -> None:
    client = make_app(public_url="https://gavel.example.org/").test_client()
    document = client.get("/$discovery/rest").get_json()
    assert document["rootUrl"] == "https://gavel.example.org/"


def test_every_object_that_it_speaks_of_is_in_it(client: FlaskClient) -> None:
    document = client.get("/$discovery/rest").get_json()
    assert set(references(document)) == set(document["schemas"])


def references(value: Any) -> list[str]:
    """Return the name of every object that is spoken of."""
    if isinstance(value, dict):
        own = [value["$ref"]] if "$ref" in value else []
        return own + [name for one in value.values() for name in references(one)]
    return []
