"""Tells which database the settings name."""

from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from labels.errors import SettingError
from labels.settings import Settings

FILE_NAME: Final = "gavel.db"

_DRIVERS: Final = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def store_url(settings: Settings) -> URL:
    """Return the database of the settings, else ``gavel.db`` in the instance folder.

    Raises:
        SettingError: if it is no database that Gavel knows. The URL is not repeated:
            it may hold a password.
    """
    if settings.database_url is None:
        return URL.create("sqlite", database=str(settings.instance / FILE_NAME))
    try:
        url = make_url(settings.database_url)
    except (ArgumentError, ValueError) as error:
        raise SettingError(
            "GAVEL_DATABASE_URL is no database URL; write "
            "postgresql://user:password@host/database or sqlite:///path"
        ) from error
    if url.drivername not in _DRIVERS:
        raise SettingError(
            f"GAVEL_DATABASE_URL begins with {url.drivername}; Gavel stores in "
            "postgresql:// and sqlite:///"
        )
    if url.drivername == "sqlite" and not sqlite_path(url):
        raise SettingError(
            "GAVEL_DATABASE_URL names no file; write sqlite:///path, for several "
            "processes share the store"
        )
    return url.set(drivername=_DRIVERS[url.drivername])


def sqlite_path(url: URL) -> Path | None:
    """Return the file of an SQLite database; None for memory and for other servers."""
    named = url.database
    if url.drivername != "sqlite" or not named or named == ":memory:":
        return None
    return Path(named)
