"""Decides, before the service starts, whether it may listen where it was told to."""

import logging

from labels.errors import GavelError, StoreDownError
from labels.settings import Settings
from labels.store import Store
from labels.store_keys import has_active_key
from serve.counters import make_counter

logger = logging.getLogger(__name__)


class AdmissionError(GavelError):
    """Strangers would reach the service, and nothing would keep them out."""


def prepare_store(settings: Settings, *, insecure: bool) -> None:
    """Bring the store to its newest tables, and refuse to let strangers in.

    What limits requests is looked at too: workers would fail on it one by one.

    On this machine alone a store that is down is no reason not to start: scoring
    needs none.

    Raises:
        AdmissionError: if others can reach the service, no key exists, and
            ``insecure`` does not say that this is meant.
        StoreDownError: if keys are needed and the store cannot be read.
        StoreError: if a newer Gavel made the tables.
        SettingError: if the settings name no database that Gavel knows.
    """
    needs_key = settings.is_exposed and not insecure
    make_counter(settings)
    store = Store(settings)
    try:
        store.upgrade()
        if needs_key and not has_active_key(store):
            raise AdmissionError(_no_key(settings))
    except StoreDownError as error:
        if needs_key:
            raise
        logger.warning("starting all the same: %s", error)
    finally:
        # Workers are forked off this process, and must not share a connection.
        store.close()
    if settings.is_exposed and insecure:
        logger.warning(
            "listening on %s without keys: whoever reaches it may score", settings.host
        )


def _no_key(settings: Settings) -> str:
    where = (
        "a proxy lets other machines in"
        if settings.trusted_proxies
        else f"other machines reach {settings.host}"
    )
    return (
        f"{where}, and there are no keys to keep strangers out; make one with gavel "
        "keys create, use 127.0.0.1, or say --insecure if something else keeps them out"
    )
