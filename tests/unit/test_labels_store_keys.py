"""Keys as the store keeps them."""

import re
from datetime import UTC, datetime

import pytest

from labels.errors import StoreError
from labels.store import Store
from labels.store_keys import (
    SCOPES,
    active_keys,
    create_key,
    has_active_key,
    hash_key,
    list_keys,
    note_uses,
    revoke_key,
)


def test_a_key_has_forty_random_characters_of_which_none_are_stored(
    store: Store,
) -> None:
    made = {create_key(store, scope="score", name="site") for _ in range(3)}
    assert len(made) == 3
    assert all(re.fullmatch("[A-Za-z0-9]{40}", key) for key in made)
    assert set(active_keys(store)) == {hash_key(key) for key in made}


def test_a_revoked_key_stays_listed_and_opens_nothing(store: Store) -> None:
    create_key(store, scope="score", name="site")
    assert has_active_key(store)
    revoked = revoke_key(store, 1)
    again = revoke_key(store, 1)
    assert revoked.revoked_at is not None
    assert again == revoked
    assert (active_keys(store), has_active_key(store)) == ({}, False)
    assert [key.name for key in list_keys(store)] == ["site"]


def test_a_key_that_is_not_there_cannot_be_revoked(store: Store) -> None:
    with pytest.raises(StoreError, match="there is no key 7; gavel keys list shows"):
        revoke_key(store, 7)


def test_the_latest_use_stands_whoever_notes_it_last(store: Store) -> None:
    create_key(store, scope="score", name="site")
    early, late = (datetime(2026, 5, day, tzinfo=UTC) for day in (1, 2))
    for moment in (early, late, early):
        note_uses(store, {1: moment})
    assert list_keys(store)[0].last_used_at == late


@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_may_what_lesser_ones_may(store: Store, scope: str) -> None:
    create_key(store, scope=scope, name="site")
    (key,) = list_keys(store)
    place = SCOPES.index(scope)
    assert [key.allows(other) for other in SCOPES] == [
        index <= place for index in range(len(SCOPES))
    ]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("  ", id="blank"),
        pytest.param("a\nb", id="two lines"),
        pytest.param("x" * 101, id="long"),
    ],
)
def test_a_name_that_cannot_be_listed_is_refused(store: Store, name: str) -> None:
    with pytest.raises(StoreError, match="give 1 to 100 characters"):
        create_key(store, scope="score", name=name)
