"""Erases what people wrote: on demand by comment or author, and after a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    insert,
    or_,
    select,
    update,
)

from labels.store import Store
from labels.store_tables import comments, erasures, feedback, utc_now

_AT_ONCE: Final = 500
_BLANK: Final[dict[str, None]] = {"text": None, "author": None, "parent_text": None}
_BLANK_FEEDBACK: Final[dict[str, None]] = {**_BLANK, "request_sha256": None}


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
        old = feedback.c.created_at < before
        blanked = _blank(connection, feedback, old, _BLANK_FEEDBACK)
    store.scrub()
    return Erased(removed.rowcount, blanked)


def _erase(connection: Connection, ids: Sequence[str]) -> Erased:
    found = judged = 0
    for begin in range(0, len(ids), _AT_ONCE):
        part = ids[begin : begin + _AT_ONCE]
        _bury(connection, part)
        _forget_as_parents(connection, part)
        found += _blank(connection, comments, comments.c.id.in_(part), _BLANK)
        theirs = feedback.c.comment_id.in_(part)
        judged += _blank(connection, feedback, theirs, _BLANK_FEEDBACK)
    return Erased(found, judged)


def _blank(
    connection: Connection,
    table: Table,
    which: ColumnElement[bool],
    values: Mapping[str, None],
) -> int:
    """Blank rows that have words, and return how many they were."""
    changed = update(table).where(which, _has_words(table)).values(values)
    return connection.execute(changed).rowcount


def _bury(connection: Connection, ids: Sequence[str]) -> None:
    buried = select(erasures.c.comment_id).where(erasures.c.comment_id.in_(ids))
    known = set(connection.execute(buried).scalars())
    now = utc_now()
    rows = [
        {"comment_id": comment_id, "erased_at": now}
        for comment_id in ids
        if comment_id not in known
    ]
    if rows:
        connection.execute(insert(erasures), rows)


def _forget_as_parents(connection: Connection, ids: Sequence[str]) -> None:
    """Blank the words where other comments answer them.

    Nothing indexes the words of parents, so each call reads both tables through.
    """
    words: set[str] = set()
    for table, column in ((comments, "id"), (feedback, "comment_id")):
        theirs = select(table.c.text).where(
            table.c[column].in_(ids), table.c.text.is_not(None)
        )
        words.update(connection.execute(theirs).scalars())
    for table in (comments, feedback) if words else ():
        answering = table.c.parent_text.in_(words)
        connection.execute(update(table).where(answering).values(parent_text=None))


def _has_words(table: Table) -> ColumnElement[bool]:
    return or_(*(table.c[name].is_not(None) for name in _BLANK))
