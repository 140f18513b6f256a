"""The store as a command opens it."""

from collections.abc import Iterator
from contextlib import contextmanager

from labels.settings import load_settings
from labels.store import Store


@contextmanager
def opened_store() -> Iterator[Store]:
    """Yield the store of the environment's settings, and close it.

    Raises:
        SettingError: if the settings name no database that Gavel knows.
    """
    store = Store(load_settings(only={"instance", "database_url"}))
    try:
        yield store
    finally:
        store.close()
