"""The store of the running application, and the thread that keeps comments in it."""

from typing import Final

from flask import Flask, current_app

from labels.settings import Settings
from labels.store import Store
from serve.endings import at_end
from serve.keeper import CommentKeeper

_STORE: Final = "gavel_store"
KEEPER: Final = "gavel_keeper"
"""Where an application has what keeps comments, if it may keep any."""


def register(app: Flask, settings: Settings) -> None:
    """Give the application a store; it is opened when it is first used.

    Raises:
        SettingError: if the settings name no database that Gavel knows.
    """
    store = Store(settings)
    app.extensions[_STORE] = store
    if settings.store_comments:
        keeper = CommentKeeper(store)
        app.extensions[KEEPER] = keeper
        at_end(keeper.close)


def store_of(app: Flask) -> Store:
    """Return the store of an application."""
    store: Store = app.extensions[_STORE]
    return store


def current_store() -> Store:
    """Return the store of the application that answers this request."""
    return store_of(current_app)


def current_keeper() -> CommentKeeper | None:
    """Return what keeps comments; None where the operator lets nobody store any."""
    keeper: CommentKeeper | None = current_app.extensions.get(KEEPER)
    return keeper
