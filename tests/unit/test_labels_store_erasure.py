"""Erasure, retention, and what backups may not bring back."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from labels.comments import Comment
from labels.errors import InputError, StoreError
from labels.output_files import OutputError
from labels.settings import load_settings
from labels.store import Store
from labels.store_backup import back_up, restore
from labels.store_comments import StoredComment, store_comments
from labels.store_erasure import Erased, erase_author, erase_comment, purge
from labels.store_feedback import Idempotency, Judgement, Recorded, add_judgement
from labels.store_keys import active_keys, create_key, list_keys, revoke_key
from labels.store_tables import comments, erasures, feedback

WORDS = "a very particular remark"


def judgement(comment_id: str = "c1", text: str | None = WORDS) -> Judgement:
    comment = None if text is None else Comment(comment_id, text, author="Ann")
    return Judgement(comment_id, {"abuse": 1}, 2, "feedback", comment)


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with a remark of Ann's, an answer to it, and judgements on both."""
    remark = Comment("c1", WORDS, author="Ann")
    answer = Comment("c2", "well said", author="Bob", parent_text=WORDS)
    store_comments(store, [StoredComment(one, "score") for one in (remark, answer)])
    add_judgement(store, judgement(), Idempotency("k", b"the request"))
    add_judgement(store, Judgement("c2", {"abuse": 0}, 2, "feedback"))
    return store


def rows(store: Store, *columns: Any) -> list[tuple[Any, ...]]:
    with store.reading() as connection:
        found = connection.execute(select(*columns).order_by(columns[0]))
        return [tuple(row) for row in found]


def assert_remark_is_gone(store: Store) -> None:
    table = comments.c
    assert rows(store, table.id, table.text, table.author, table.parent_text) == [
        ("c1", None, None, None),
        ("c2", "well said", "Bob", None),
    ]
    said = feedback.c
    assert rows(
        store, said.comment_id, said.text, said.author, said.parent_text, said.abuse
    ) == [
        ("c1", None, None, None, 1),
        ("c2", "well said", "Bob", None, 0),
    ]
    assert rows(store, erasures.c.comment_id) == [("c1",)]


def test_a_comment_is_erased_in_every_row_and_its_label_survives(
    filled: Store,
) -> None:
    assert erase_comment(filled, "c1") == Erased(1, 1)
    assert_remark_is_gone(filled)


def test_an_author_is_erased_in_every_row(filled: Store) -> None:
    assert erase_author(filled, "Ann") == Erased(1, 1)
    assert_remark_is_gone(filled)


def test_an_author_of_thousands_of_comments_is_erased(store: Store) -> None:
    many = [
        StoredComment(Comment(f"c{n}", f"remark {n}", author="Ann"), "score")
        for n in range(1_200)
    ]
    store_comments(store, many)
    assert erase_author(store, "Ann") == Erased(1_200, 0)
    assert {row[1] for row in rows(store, comments.c.id, comments.c.text)} == {None}


def test_erasing_twice_does_no_harm(filled: Store) -> None:
    erase_comment(filled, "c1")
    assert erase_comment(filled, "c1") == Erased(0, 0)
    assert_remark_is_gone(filled)


def test_what_was_erased_is_not_stored_again(filled: Store) -> None:
    erase_comment(filled, "c1")
    again = StoredComment(Comment("c1", WORDS, author="Ann"), "score")
    assert store_comments(filled, [again]) == 0
    add_judgement(filled, judgement())
    assert {row[1] for row in rows(filled, feedback.c.id, feedback.c.text)} == {
        None,
        "well said",
    }


def test_a_request_repeated_after_the_erasure_still_counts_once(filled: Store) -> None:
    erase_comment(filled, "c1")
    again = add_judgement(filled, judgement(), Idempotency("k", b"the request"))
    assert again == Recorded(1, is_new=False)


def test_erased_words_are_in_no_file_of_sqlite(tmp_path: Path) -> None:
    store = Store(load_settings({"instance": tmp_path}))
    for number in range(50):
        add_judgement(store, judgement(f"c{number}", f"{WORDS} {number}"))
    erase_author(store, "Ann")
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    store.close()
    assert WORDS.encode() not in held


def test_purging_removes_what_is_old_and_keeps_labels(filled: Store) -> None:
    old = datetime.now(UTC) - timedelta(days=40)
    with filled.writing() as connection:
        aged = update(comments).where(comments.c.id == "c1").values(received_at=old)
        connection.execute(aged)
        judged = feedback.c.comment_id == "c1"
        connection.execute(update(feedback).where(judged).values(created_at=old))
    before = datetime.now(UTC) - timedelta(days=30)
    assert purge(filled, before) == Erased(1, 1)
    assert rows(filled, comments.c.id) == [("c2",)]
    said = feedback.c
    assert rows(filled, said.comment_id, said.text, said.abuse) == [
        ("c1", None, 1),
        ("c2", "well said", 0),
    ]


def test_a_backup_comes_back_whole(filled: Store, tmp_path: Path) -> None:
    create_key(filled, scope="score", name="site")
    columns = [*comments.c, *feedback.c]
    before = [rows(filled, *table.c) for table in (comments, feedback)]
    assert back_up(filled, tmp_path / "backup.db") == 5
    add_judgement(filled, judgement("c9"))
    assert restore(filled, tmp_path / "backup.db", replace=True) == 5
    assert [rows(filled, *table.c) for table in (comments, feedback)] == before
    assert len(columns) == len(comments.c) + len(feedback.c)


def test_rows_after_a_restore_get_numbers_of_their_own(
    filled: Store, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "backup.db")
    restore(filled, tmp_path / "backup.db", replace=True)
    assert add_judgement(filled, judgement("c3")).id > 2
    store_comments(filled, [StoredComment(Comment("c4", "x"), "score")])
    create_key(filled, scope="score", name="site")


def test_a_backup_goes_from_one_database_to_another(
    filled: Store, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "backup.db")
    other = Store(load_settings({"instance": tmp_path / "other"}))
    restore(other, tmp_path / "backup.db", replace=False)
    assert rows(other, *feedback.c) == rows(filled, *feedback.c)
    other.close()


def test_an_old_backup_brings_back_nothing_that_was_erased(
    filled: Store, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "backup.db")
    erase_comment(filled, "c1")
    restore(filled, tmp_path / "backup.db", replace=True)
    assert_remark_is_gone(filled)


def test_an_old_backup_brings_back_no_revoked_key(
    filled: Store, tmp_path: Path
) -> None:
    create_key(filled, scope="admin", name="lost")
    back_up(filled, tmp_path / "backup.db")
    revoke_key(filled, list_keys(filled)[0].id)
    restore(filled, tmp_path / "backup.db", replace=True)
    assert active_keys(filled) == {}


def test_what_is_stored_is_not_replaced_unasked(filled: Store, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup.db")
    with pytest.raises(StoreError, match="the store holds 4 rows; say --replace"):
        restore(filled, tmp_path / "backup.db", replace=False)


def test_a_backup_never_replaces_a_file(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "backup.db").write_text("mine")
    with pytest.raises(OutputError, match="is there already; name a new file"):
        back_up(filled, tmp_path / "backup.db")
    assert (tmp_path / "backup.db").read_text() == "mine"


def test_a_backup_is_for_its_owner_alone(filled: Store, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup.db")
    assert (tmp_path / "backup.db").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_no_backup_is_refused(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("notes " * 500)
    with pytest.raises(InputError, match="is no backup of Gavel's store"):
        restore(filled, tmp_path / "notes", replace=True)
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").close()
    with pytest.raises(InputError, match="is no backup of Gavel's store"):
        restore(filled, tmp_path / "other.db", replace=True)


def test_a_damaged_backup_is_refused_and_the_store_is_as_it_was(
    filled: Store, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "backup.db")
    whole = bytearray((tmp_path / "backup.db").read_bytes())
    whole[8_000:24_000] = b"\xff" * 16_000
    (tmp_path / "backup.db").write_bytes(whole)
    with pytest.raises(InputError):
        restore(filled, tmp_path / "backup.db", replace=True)
    assert len(rows(filled, feedback.c.id)) == 2
