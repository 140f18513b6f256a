"""The store's tables, and the types that SQLite and PostgreSQL keep alike."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import JSON, TypeDecorator

from labels.schema import LABELS

_REPLACED: Final = "\ufffd"


def storable(text: str) -> str:
    r"""Return a text as a database can hold it.

    A lone surrogate has no UTF-8 and PostgreSQL knows no NUL; both become U+FFFD, as
    in every table that Gavel writes.

    >>> storable("a\x00b") == "a\ufffdb"
    True
    """
    return (
        text.encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
        .replace("\x00", _REPLACED)
    )


class Words(TypeDecorator[str]):
    """Text that a stranger wrote, whatever code points it has."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002
        """Return what is stored in place of ``value``."""
        return None if value is None else storable(value)


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite, which has no time zones, holds it without its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Any,  # noqa: ARG002
    ) -> datetime | None:
        """Return the moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Any,  # noqa: ARG002
    ) -> datetime | None:
        """Return the moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value


def utc_now() -> datetime:
    """Return the present moment, as the tables hold it."""
    return datetime.now(UTC)


metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

keys: Final = Table(
    "keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("scope", String(20), nullable=False),
    # A key is 40 random characters: nothing is gained by hashing it slowly.
    Column("sha256", String(64), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    Column("last_used_at", UtcTime),
)
"""Who may call the service; the key itself is shown once and never stored."""

comments: Final = Table(
    "comments",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("text", Words),
    Column("author", Words, index=True),
    # As it was written: thread pages give no zone.
    Column("time", Words),
    Column("thread", Words),
    Column("parent_text", Words),
    Column("article", Words),
    Column("source", String(40), nullable=False),
    Column("scores", JSON),
    Column("action", String(20)),
    Column("model_version", String(64)),
    Column("received_at", UtcTime, nullable=False, index=True),
)
"""Comments whose sender asked to store them; ``id`` is the sender's own."""

feedback: Final = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("comment_id", Words, nullable=False, index=True),
    # The words that were judged: the comment may be edited after.
    Column("text", Words),
    Column("author", Words, index=True),
    Column("parent_text", Words),
    *(Column(label, SmallInteger) for label in LABELS),
    Column("decision", String(20)),
    Column("rule", String(40)),
    Column("annotator", Words),
    Column("key_id", ForeignKey(keys.c.id)),
    Column("source", String(40), nullable=False),
    Column("codebook_version", Integer, nullable=False),
    Column("model_version", String(64)),
    Column("created_at", UtcTime, nullable=False, index=True),
    # Whose the idempotency key is: two senders may choose the same one.
    Column("idempotency_owner", Integer),
    Column("idempotency_key", Words),
    Column("request_sha256", String(64)),
    UniqueConstraint("idempotency_owner", "idempotency_key"),
    *(CheckConstraint(f"{label} IN (0, 1)", name=label) for label in LABELS),
    # An id is never given twice, even where the newest row was purged.
    sqlite_autoincrement=True,
)
"""Labels and decisions of people. Rows are added and never changed, but for erasure."""

erasures: Final = Table(
    "erasures",
    metadata,
    Column("comment_id", Words, primary_key=True),
    Column("erased_at", UtcTime, nullable=False),
)
"""Tombstones: the words of these comments are never stored again."""
