"""The store of the running application, and the thread that keeps comments in it."""

import atexit

from flask import Flask, current_app

from labels.settings import Settings
from labels.store import Store
from serve.keeper import CommentKeeper

_STORE = "gavel_store"
_KEEPER = "gavel_keeper"


def register(app: Flask, settings: Settings) -> None:
    """Give the application a store; it is opened when it is first used.

    Raises:
        SettingError: if the settings name no database that Gavel knows.
    """
    store = Store(settings)
    app.extensions[_STORE] = store
    if settings.store_comments:
        keeper = CommentKeeper(store)
        app.extensions[_KEEPER] = keeper
        atexit.register(keeper.close)


def store_of(app: Flask) -> Store:
    """Return the store of an application."""
    store: Store = app.extensions[_STORE]
    return store


def current_store() -> Store:
    """Return the store of the application that answers this request."""
    return store_of(current_app)


def current_keeper() -> CommentKeeper | None:
    """Return what keeps comments; None where the operator lets nobody store any."""
    keeper: CommentKeeper | None = current_app.extensions.get(_KEEPER)
    return keeper
