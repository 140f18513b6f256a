"""doNotStore is obeyed: a comment is stored only if both sides say so."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from labels.store_feedback import id_for_text
from labels.store_tables import comments


@pytest.fixture
def stored(make_app: Callable[..., Flask], rows_of: Any) -> Callable[..., list[Any]]:
    """Return a function: what is stored of a comment under settings."""

    def ask(body: dict[str, Any], **settings: Any) -> list[Any]:
        app = make_app(**settings)
        said = {"comment": {"text": "hi"}, "requestedAttributes": {"THREAT": {}}}
        sent = {**said, **body}
        assert app.test_client().post("/comments:analyze", json=sent).status_code == 200
        return [(row["id"], row["text"]) for row in rows_of(app, comments)]

    return ask


@pytest.mark.parametrize("body", [{}, {"doNotStore": True}, {"doNotStore": None}])
def test_what_is_not_written_out_is_no_consent(stored: Any, body: Any) -> None:
    assert stored(body, store_comments="1") == []


def test_consent_counts_for_nothing_where_the_operator_stores_nothing(
    stored: Any,
) -> None:
    assert stored({"doNotStore": False}) == []


def test_consent_written_out_stores_the_comment(stored: Any) -> None:
    assert stored({"doNotStore": False}, store_comments="1") == [
        (id_for_text("hi"), "hi")
    ]


def test_a_comment_is_stored_under_the_id_that_corals_token_names(stored: Any) -> None:
    body = {"doNotStore": False, "clientToken": "comment:7"}
    assert stored(body, store_comments="1") == [("comment:7", "hi")]
