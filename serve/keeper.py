"""Stores comments beside the answering of requests, which never fails or waits on it.

What comes while a transaction is being written goes into the next one together, so
that a disk which syncs a hundred times a second stores thousands of comments.
"""

import logging
from collections.abc import Sequence
from threading import Condition, Thread
from typing import Final

from labels.errors import StoreError
from labels.store import Store
from labels.store_comments import StoredComment, store_comments

logger = logging.getLogger(__name__)

_WAITING_AT_MOST: Final = 10_000
_IN_ONE_TRANSACTION: Final = 1_000
_PATIENCE_SECONDS: Final = 0.3
_PAUSE_SECONDS: Final = 5


class CommentKeeper:
    """A queue of comments, and a thread that stores them.

    While the store is down comments wait, up to a bound; those beyond it are dropped
    and counted in the log.
    """

    def __init__(self, store: Store) -> None:
        """Take a store; the thread starts with the first comment."""
        self._store = store
        self._waiting: list[StoredComment] = []
        self._changed = Condition()
        self._taken = self._done = 0
        self._is_well = True
        self._is_closing = False
        self._thread: Thread | None = None

    def keep(self, stored: Sequence[StoredComment]) -> None:
        """Have comments stored; wait for it a moment, so that they can be judged next.

        Nobody waits for a store that is known to be down.
        """
        with self._changed:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="keeper", daemon=True)
                self._thread.start()
            room = _WAITING_AT_MOST - len(self._waiting)
            if len(stored) > room:
                logger.error("dropped %d comments unstored", len(stored) - room)
            self._waiting.extend(stored[:room])
            self._taken += len(stored[:room])
            ticket = self._taken
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: self._done >= ticket or not self._is_well, _PATIENCE_SECONDS
            )

    def close(self) -> None:
        """Store what waits, if it can be done in a moment, and end the thread."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_PATIENCE_SECONDS)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_closing)
                batch = self._waiting[:_IN_ONE_TRANSACTION]
                if not batch:
                    return
            is_well = self._store_now(batch)
            with self._changed:
                self._is_well = is_well
                if is_well:
                    del self._waiting[: len(batch)]
                    self._done += len(batch)
                self._changed.notify_all()
                if not is_well:
                    if self._is_closing:
                        return
                    self._changed.wait_for(lambda: self._is_closing, _PAUSE_SECONDS)

    def _store_now(self, batch: Sequence[StoredComment]) -> bool:
        try:
            store_comments(self._store, batch)
        except StoreError as error:
            logger.error("%d comments wait for the store: %s", len(batch), error)  # noqa: TRY400 - known
            return False
        except Exception as error:  # noqa: BLE001 - the thread must outlive any batch
            # A batch that can never be stored must not stand before all others.
            kind = type(error).__name__
            logger.error("dropped %d comments unstored: %s", len(batch), kind)  # noqa: TRY400
        return True
