"""The keys that open the service, in memory, and the thread that keeps them fresh.

A request looks a key up in a dictionary. Once a second the thread reads the keys anew,
so that a revoked one stops working in every worker within seconds; now and then it
writes down which were used.
"""

import hmac
import logging
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Final

from labels.errors import StoreDownError, StoreError
from labels.store import Store
from labels.store_keys import Key, active_keys, hash_key, note_uses
from labels.store_tables import utc_now

logger = logging.getLogger(__name__)

_FRESH_SECONDS: Final = 1.0
_ROUNDS_PER_NOTE: Final = 15
_PATIENCE_SECONDS: Final = 4


class KeyRing:
    """Tells which key a request came with.

    While the store is down the keys that were read last go on working.
    """

    def __init__(self, store: Store) -> None:
        """Take a store; the thread starts with the first request."""
        self._store = store
        self._keys: dict[str, Key] | None = None
        self._used: dict[int, datetime] = {}
        self._is_well = True
        self._tried = Event()
        self._closing = Event()
        self._starting = Lock()
        self._thread: Thread | None = None

    def find(self, presented: str) -> Key | None:
        """Return the key that was presented, if it opens the service.

        Raises:
            StoreDownError: if the keys could not be read yet.
        """
        digest = hash_key(presented)
        key = self._current().get(digest)
        # The look-up compares hashes, of which nobody can choose the beginning; this
        # compares the whole of them in a time that says nothing.
        if key is None or not hmac.compare_digest(key.sha256, digest):
            return None
        self._used[key.id] = utc_now()
        return key

    def close(self) -> None:
        """End the thread, which writes down what was used since it did last."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(_FRESH_SECONDS)

    def _current(self) -> dict[str, Key]:
        if self._keys is None:
            with self._starting:
                if self._thread is None:
                    self._thread = Thread(target=self._run, name="keys", daemon=True)
                    self._thread.start()
            self._tried.wait(_PATIENCE_SECONDS)
        if self._keys is None:
            raise StoreDownError("the keys have not been read yet")
        return self._keys

    def _run(self) -> None:
        rounds = 0
        while not self._closing.wait(_FRESH_SECONDS if rounds else 0):
            rounds += 1
            self._refresh()
            if rounds % _ROUNDS_PER_NOTE == 0:
                self._note()
        self._note()

    def _refresh(self) -> None:
        try:
            self._keys = active_keys(self._store)
            self._is_well = True
        except StoreError as error:
            self._tell(str(error))
        except Exception as error:  # noqa: BLE001 - the thread must live on
            self._tell(type(error).__name__)
        self._tried.set()

    def _note(self) -> None:
        used, self._used = self._used, {}
        if not used:
            return
        try:
            note_uses(self._store, used)
        except StoreError as error:
            self._used = used | self._used
            self._tell(str(error))

    def _tell(self, reason: str) -> None:
        """Log the first of many failures: there is one a second."""
        if self._is_well:
            logger.error("keys cannot be read or noted as used: %s", reason)
        self._is_well = False
