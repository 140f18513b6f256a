"""Erases what people wrote: on demand by comment or author, and after a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, or_, select, update

from labels.store import Store
from labels.store_tables import comments, erasures, feedback, utc_now

_BLANK: Final[dict[str, Any]] = {"text": None, "author": None, "parent_text": None}
_BLANK_FEEDBACK: Final[dict[str, Any]] = {**_BLANK, "request_sha256": None}


@dataclass(frozen=True, slots=True)
class Erased:
    """How many comments and judgements lost their words."""

    comments: int
    judgements: int


def erase_comment(store: Store, comment_id: str) -> Erased:
    """Blank a comment's words and author in every row, and never store them again.

    A label that somebody gave survives without its words. That nothing is stored
    under the id is no fault: it will not be, either.

    Raises:
        StoreDownError: if it could not be done; nothing was erased.
    """
    with store.writing() as connection:
        erased = _erase(connection, [comment_id])
    store.scrub()
    return erased


def erase_author(store: Store, author: str) -> Erased:
    """Do the same for every comment of an author that is stored now.

    Raises:
        StoreDownError: if it could not be done; nothing was erased.
    """
    with store.writing() as connection:
        ids: set[str] = set()
        for table, column in ((comments, "id"), (feedback, "comment_id")):
            theirs = select(table.c[column]).where(table.c.author == author)
            ids.update(connection.execute(theirs).scalars())
        erased = _erase(connection, sorted(ids))
    store.scrub()
    return erased


def blank_erased(connection: Connection) -> None:
    """Erase again whatever has a tombstone, as after an old backup came back."""
    ids = connection.execute(select(erasures.c.comment_id)).scalars().all()
    _erase(connection, ids)


def purge(store: Store, before: datetime) -> Erased:
    """Remove comments that came before a moment, and the words of judgements on them.

    Labels and decisions survive. There is no tombstone: the same words may come again.

    Raises:
        StoreDownError: if it could not be done; nothing was removed.
    """
    with store.writing() as connection:
        removed = connection.execute(
            delete(comments).where(comments.c.received_at < before)
        )
        blanked = connection.execute(
            update(feedback)
            .where(feedback.c.created_at < before, _has_words(feedback))
            .values(_BLANK_FEEDBACK)
        )
    store.scrub()
    return Erased(removed.rowcount, blanked.rowcount)


def _erase(connection: Connection, ids: Collection[str]) -> Erased:
    found = judged = 0
    for comment_id in ids:
        _bury(connection, comment_id)
        _forget_as_parent(connection, comment_id)
        found += connection.execute(
            update(comments)
            .where(comments.c.id == comment_id, _has_words(comments))
            .values(_BLANK)
        ).rowcount
        judged += connection.execute(
            update(feedback)
            .where(feedback.c.comment_id == comment_id, _has_words(feedback))
            .values(_BLANK_FEEDBACK)
        ).rowcount
    return Erased(found, judged)


def _bury(connection: Connection, comment_id: str) -> None:
    buried = select(erasures.c.comment_id).where(erasures.c.comment_id == comment_id)
    if connection.execute(buried).one_or_none() is None:
        connection.execute(
            erasures.insert().values(comment_id=comment_id, erased_at=utc_now())
        )


def _forget_as_parent(connection: Connection, comment_id: str) -> None:
    """Blank the words where other comments answer them."""
    for table, column in ((comments, "id"), (feedback, "comment_id")):
        theirs = select(table.c.text).where(
            table.c[column] == comment_id, table.c.text.is_not(None)
        )
        for words in connection.execute(theirs).scalars().all():
            for answering in (comments, feedback):
                connection.execute(
                    update(answering)
                    .where(answering.c.parent_text == words)
                    .values(parent_text=None)
                )


def _has_words(table: Table) -> Any:
    return or_(*(table.c[name].is_not(None) for name in _BLANK))
