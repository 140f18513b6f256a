"""Comments that their senders asked to store, with what the model said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from labels.comments import Comment
from labels.store import Store
from labels.store_tables import comments, erasures, utc_now


@dataclass(frozen=True, slots=True)
class StoredComment:
    """A comment to store.

    Attributes:
        comment: its id names it in the store, at most 500 characters.
        source: which way it came, such as ``score`` or ``analyze``.
        scores: what the model said, by label.
        action: what the scores ask for.
        model_version: which model said it.
        article: the words of the article that it stands under.
    """

    comment: Comment
    source: str
    scores: Mapping[str, float] | None = None
    action: str | None = None
    model_version: str | None = None
    article: str | None = None


def store_comments(store: Store, stored: Sequence[StoredComment]) -> int:
    """Store comments in one transaction and return how many; erased ones are not.

    A comment whose id is stored takes its place: it was edited.

    Raises:
        StoreDownError: if they could not be stored; none was.
    """
    # The last of those with one id stands, as if they had come one by one.
    newest = {one.comment.id: one for one in stored}
    with store.writing() as connection:
        erased = _erased(connection, list(newest))
        rows = [_row(one) for name, one in newest.items() if name not in erased]
        if rows:
            connection.execute(_upsert(connection), rows)
    return len(rows)


def _erased(connection: Connection, ids: Sequence[str]) -> set[str]:
    erased = select(erasures.c.comment_id).where(erasures.c.comment_id.in_(ids))
    return set(connection.execute(erased).scalars())


def _upsert(connection: Connection) -> Any:
    # Both databases spell it alike; SQLAlchemy has it once for each.
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(comments)
    changed = {
        column.name: insert.excluded[column.name]
        for column in comments.columns
        if column.name not in {"number", "id"}
    }
    return insert.on_conflict_do_update(index_elements=["id"], set_=changed)


def _row(stored: StoredComment) -> dict[str, Any]:
    comment = stored.comment
    return {
        "id": comment.id,
        "text": comment.text,
        "author": comment.author,
        "time": comment.time,
        "thread": comment.thread,
        "parent_text": comment.parent_text,
        "article": stored.article,
        "source": stored.source,
        "scores": dict(stored.scores) if stored.scores is not None else None,
        "action": stored.action,
        "model_version": stored.model_version,
        "received_at": utc_now(),
    }
