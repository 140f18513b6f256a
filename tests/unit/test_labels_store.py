"""The store, on SQLite and on PostgreSQL alike."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text

from labels.comments import Comment
from labels.errors import SettingError, StoreDownError, StoreError
from labels.settings import load_settings
from labels.store import Store
from labels.store_comments import StoredComment, store_comments
from labels.store_feedback import (
    ConflictError,
    Idempotency,
    Judgement,
    Recorded,
    UnknownTextError,
    add_judgement,
)
from labels.store_migrations import current_revision, newest_revision
from labels.store_tables import comments, feedback, metadata


def judgement(**changed: Any) -> Judgement:
    said: dict[str, Any] = {
        "comment_id": "c1",
        "labels": {"abuse": 1},
        "codebook_version": 2,
        "source": "feedback",
        "comment": Comment("c1", "you clod", author="Ann"),
    }
    return Judgement(**said | changed)


def rows(store: Store, *columns: Any) -> list[tuple[Any, ...]]:
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def test_the_history_of_tables_ends_at_those_that_are_used(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert current_revision(connection) == newest_revision()


def test_two_that_start_at_once_make_the_tables_once(
    store_settings: dict[str, str],
) -> None:
    stores = [Store(load_settings(store_settings)) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(Store.upgrade, stores))
    with stores[0].reading() as connection:
        assert current_revision(connection) == newest_revision()
    for store in stores:
        store.close()


def test_tables_of_a_newer_gavel_are_left_alone(
    store: Store, store_settings: dict[str, str]
) -> None:
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    other = Store(load_settings(store_settings))
    with pytest.raises(StoreError, match="revision 9999, which this Gavel does not"):
        other.check()
    other.close()


def test_a_block_that_fails_keeps_nothing(store: Store) -> None:
    stored = comments.insert().values(id="c1", source="x", received_at=func.now())

    def store_and_fail() -> None:
        with store.writing() as connection:
            connection.execute(stored)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store_and_fail()
    assert rows(store, comments.c.id) == []


def test_a_repeated_judgement_is_added_once(store: Store) -> None:
    once = Idempotency("k", b"body")
    answers = [add_judgement(store, judgement(), once) for _ in range(2)]
    assert answers == [Recorded(1, is_new=True), Recorded(1, is_new=False)]


def test_the_same_key_of_another_sender_is_another_one(store: Store) -> None:
    for owner in (1, 2):
        add_judgement(store, judgement(), Idempotency("k", b"body", owner))
    assert len(rows(store, feedback.c.id)) == 2


def test_another_request_under_the_same_key_is_a_conflict(store: Store) -> None:
    add_judgement(store, judgement(), Idempotency("k", b"body"))
    with pytest.raises(ConflictError, match="came before with another body"):
        add_judgement(store, judgement(), Idempotency("k", b"other"))


def test_a_judgement_sent_many_times_at_once_is_added_once(store: Store) -> None:
    once = Idempotency("k", b"body")
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: add_judgement(store, judgement(), once), range(24))
        )
    assert {answer.id for answer in answers} == {rows(store, feedback.c.id)[0][0]}
    assert sum(answer.is_new for answer in answers) == 1


def test_many_write_at_once(store: Store) -> None:
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: add_judgement(store, judgement()), range(60)))
    assert len({answer.id for answer in answers}) == 60


def test_words_that_came_with_an_earlier_judgement_are_known(store: Store) -> None:
    add_judgement(store, judgement())
    add_judgement(store, judgement(comment=None))
    assert rows(store, feedback.c.text, feedback.c.author) == [("you clod", "Ann")] * 2


def test_a_judgement_without_words_is_refused(store: Store) -> None:
    with pytest.raises(UnknownTextError, match="send the text"):
        add_judgement(store, judgement(comment=None))


def test_a_judgement_keeps_the_words_it_was_made_on(store: Store) -> None:
    add_judgement(store, judgement())
    edited = Comment("c1", "you dear")
    store_comments(store, [StoredComment(edited, "score", model_version="v2")])
    add_judgement(store, judgement(comment=None, labels={"abuse": 0}))
    assert rows(store, feedback.c.text, feedback.c.abuse, feedback.c.model_version) == [
        ("you clod", 1, None),
        ("you dear", 0, "v2"),
    ]


def test_a_comment_stored_again_takes_its_own_place(store: Store) -> None:
    first = StoredComment(Comment("c1", "one"), "score", scores={"abuse": 0.5})
    second = StoredComment(Comment("c1", "two"), "score", scores={"abuse": 0.75})
    assert store_comments(store, [first, second]) == 1
    store_comments(store, [first])
    assert rows(store, comments.c.id, comments.c.text, comments.c.scores) == [
        ("c1", "one", {"abuse": 0.5})
    ]


def test_a_thousand_comments_are_stored_in_one_go(store: Store) -> None:
    many = [StoredComment(Comment(f"c{n}", "x" * 500), "score") for n in range(1_000)]
    assert store_comments(store, many) == 1_000


def test_the_files_of_the_store_are_for_their_owner_alone(tmp_path: Path) -> None:
    store = Store(load_settings({"instance": tmp_path}))
    store.check()
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    store.close()
    assert modes["gavel.db"] == 0o600
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("mysql://u@h/d", "begins with mysql;", id="another database"),
        pytest.param("sqlite://", "names no file", id="in memory"),
        pytest.param("postgresql://h:port/d", "is no database URL", id="no port"),
    ],
)
def test_a_database_that_cannot_be_used_is_refused(url: str, message: str) -> None:
    with pytest.raises(SettingError, match=message) as caught:
        Store(load_settings({"database_url": url}))
    assert "u@h" not in str(caught.value)


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(
            {"database_url": "postgresql://a:secret@127.0.0.1:1/x"}, id="no server"
        ),
        pytest.param({"database_url": "sqlite:////proc/none/x.db"}, id="no folder"),
    ],
)
def test_a_store_that_cannot_be_opened_says_so_without_secrets(
    settings: dict[str, str],
) -> None:
    with pytest.raises(StoreDownError, match=r"^the store cannot be used: ") as caught:
        Store(load_settings(settings)).check()
    assert "secret" not in str(caught.value)


def test_a_user_without_rights_is_told_in_a_sentence(postgres: Any) -> None:
    url = postgres.new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS weak")
        connection.execute("CREATE ROLE weak LOGIN PASSWORD 'weak'")
    weak = url.replace("gavel:gavel@", "weak:weak@")
    store = Store(load_settings({"database_url": weak}))
    with pytest.raises(StoreDownError, match="make it the owner of the database"):
        store.check()
    store.close()


def test_a_database_that_may_only_be_read_keeps_nothing(postgres: Any) -> None:
    url = postgres.new_database()
    store = Store(load_settings({"database_url": url}))
    store.check()
    store.close()
    name = url.rpartition("/")[2]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            f"ALTER DATABASE {name} SET default_transaction_read_only = on"
        )
    with pytest.raises(StoreDownError, match="ReadOnlySqlTransaction"):
        add_judgement(store, judgement())
    store.check()
    store.close()


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "gavel.db").write_text("notes of mine " * 99)
    with pytest.raises(StoreDownError, match="not a database"):
        Store(load_settings({"instance": tmp_path})).check()
    assert (tmp_path / "gavel.db").read_text() == "notes of mine " * 99


def test_a_full_disk_is_told_and_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    store = Store(load_settings({"instance": tmp_path}))
    add_judgement(store, judgement())
    with store.reading() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    # The bound belongs to a connection, and the pool hands this one out again.
    with store.writing() as connection:
        connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
    big = judgement(comment=Comment("c2", "x" * 20_000))
    with pytest.raises(StoreDownError, match="full"):
        add_judgement(store, big)
    store.close()
    assert rows(store, feedback.c.comment_id) == [("c1",)]
    assert add_judgement(store, big).id == 2
    store.close()
