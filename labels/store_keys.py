"""Keys to the service, stored as hashes: made, listed, revoked, and when last used."""

import hashlib
import secrets
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, insert, or_, select, update

from labels.errors import StoreError
from labels.store import Store
from labels.store_tables import keys, utc_now

SCOPES: Final = ("score", "suggest", "review", "admin")
"""What a key may do, each of them all that those before it may."""

_ALPHABET: Final = string.ascii_letters + string.digits
_LENGTH: Final = 40
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is stored; the characters themselves are not."""

    id: int
    name: str
    scope: str
    sha256: str
    created_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None

    def allows(self, scope: str) -> bool:
        """Tell whether the key may do what ``scope`` stands for."""
        return SCOPES.index(self.scope) >= SCOPES.index(scope)


def hash_key(key: str) -> str:
    """Return what is stored of a key; it is too random for a slow hash to help."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def create_key(store: Store, *, scope: str, name: str) -> str:
    """Make a key and return its 40 characters, which nothing can show again.

    Raises:
        StoreError: if the name is blank, too long or no plain line.
        StoreDownError: if it cannot be stored.
    """
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise StoreError(
            f"the key's name is {name[:_LONGEST_NAME]!r}; give 1 to {_LONGEST_NAME} "
            "characters that can be printed"
        )
    key = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    with store.writing() as connection:
        connection.execute(
            insert(keys).values(
                name=name, scope=scope, sha256=hash_key(key), created_at=utc_now()
            )
        )
    return key


def list_keys(store: Store) -> Sequence[Key]:
    """Return every key there was, oldest first.

    Raises:
        StoreDownError: if the store cannot be read.
    """
    columns = [keys.c[name] for name in Key.__slots__]
    with store.reading() as connection:
        rows = connection.execute(select(*columns).order_by(keys.c.id)).all()
    return [Key(*row) for row in rows]


def active_keys(store: Store) -> dict[str, Key]:
    """Return the keys that open the service, by hash.

    Raises:
        StoreDownError: if the store cannot be read.
    """
    return {key.sha256: key for key in list_keys(store) if key.revoked_at is None}


def has_active_key(store: Store) -> bool:
    """Tell whether any key opens the service.

    Raises:
        StoreDownError: if the store cannot be read.
    """
    counted = select(func.count()).where(keys.c.revoked_at.is_(None))
    with store.reading() as connection:
        return bool(connection.execute(counted.select_from(keys)).scalar_one())


def revoke_key(store: Store, key_id: int) -> Key:
    """Close the service to a key for good, and return it; twice does no harm.

    Raises:
        StoreError: if there is no such key.
        StoreDownError: if it cannot be stored.
    """
    with store.writing() as connection:
        connection.execute(
            update(keys)
            .where(keys.c.id == key_id, keys.c.revoked_at.is_(None))
            .values(revoked_at=utc_now())
        )
    for key in list_keys(store):
        if key.id == key_id:
            return key
    raise StoreError(f"there is no key {key_id}; gavel keys list shows them")


def note_uses(store: Store, last_uses: Mapping[int, datetime]) -> None:
    """Record when keys were last used; what another process saw later stands.

    Raises:
        StoreDownError: if it cannot be stored.
    """
    with store.writing() as connection:
        for key_id, moment in last_uses.items():
            known = keys.c.last_used_at
            connection.execute(
                update(keys)
                .where(keys.c.id == key_id, or_(known.is_(None), known < moment))
                .values(last_used_at=moment)
            )
