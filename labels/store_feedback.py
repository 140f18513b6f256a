"""What people said of comments, added to the store and never changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, desc, insert, select
from sqlalchemy.exc import IntegrityError

from labels.comments import Comment
from labels.errors import StoreError
from labels.store import Store
from labels.store_tables import comments, erasures, feedback, storable, utc_now

DECISIONS: Final = ("approve", "remove", "skip")
"""What a moderator may do with a comment."""

NOBODY: Final = 0
"""Owns the idempotency keys of requests that came without a key."""


class ConflictError(StoreError):
    """An idempotency key was used before, for something else."""


class UnknownTextError(StoreError):
    """Neither the feedback nor the store has the words that were judged."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody said of a comment.

    Attributes:
        comment_id: the sender's id of the comment, at most 500 characters.
        labels: 0 or 1 for each label that was judged, by name.
        codebook_version: which codebook the annotator had.
        source: which way it came, such as ``feedback`` or ``suggestscore``.
        comment: the words, their author and what they answer, as far as they were
            sent; None if only the id was.
        decision: one of ``DECISIONS``.
        rule: the codebook's rule that decided.
        annotator: who judged.
        key_id: the key that the judgement came with.
        model_version: which model's score the annotator saw.
    """

    comment_id: str
    labels: Mapping[str, int]
    codebook_version: int
    source: str
    comment: Comment | None = None
    decision: str | None = None
    rule: str | None = None
    annotator: str | None = None
    key_id: int | None = None
    model_version: str | None = None


@dataclass(frozen=True, slots=True)
class Idempotency:
    """A request that may be sent twice and must count once.

    Attributes:
        key: what the sender named the request, at most 200 characters.
        request: the whole request; another one under the same key is a conflict.
        owner: the key of the service that it came with; else ``NOBODY``.
    """

    key: str
    request: bytes = field(repr=False)
    owner: int = NOBODY

    @property
    def sha256(self) -> str:
        """What is kept of the request."""
        return hashlib.sha256(self.request).hexdigest()


@dataclass(frozen=True, slots=True)
class Recorded:
    """The row that holds a judgement, and whether this call added it."""

    id: int
    is_new: bool


def id_for_text(text: str) -> str:
    """Return the id of a comment whose sender gives none: a hash of its words.

    So what is stored by one call and judged by another is the same comment.

    >>> id_for_text("Well said.")
    'text-9f8ab6ff7698a4440f8d99a0020b6eeb'
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"text-{digest[:32]}"


def add_judgement(
    store: Store, judgement: Judgement, idempotency: Idempotency | None = None
) -> Recorded:
    """Add a judgement; when this returns it is on disk.

    A comment that was erased is judged without its words, whatever was sent.

    Raises:
        UnknownTextError: if no words came, and none are stored under the id.
        ConflictError: if the idempotency key stood for another request.
        StoreDownError: if it could not be kept; nothing was.
    """
    try:
        with store.writing() as connection:
            earlier = _earlier(connection, idempotency)
            return earlier or _insert(connection, judgement, idempotency)
    except IntegrityError:
        # Two requests with one idempotency key came at once, and the other won.
        with store.reading() as connection:
            earlier = _earlier(connection, idempotency)
        if earlier is None:
            raise
        return earlier


def _earlier(
    connection: Connection, idempotency: Idempotency | None
) -> Recorded | None:
    if idempotency is None:
        return None
    found = connection.execute(
        select(feedback.c.id, feedback.c.request_sha256).where(
            feedback.c.idempotency_owner == idempotency.owner,
            feedback.c.idempotency_key == idempotency.key,
        )
    ).one_or_none()
    if found is None:
        return None
    # What was erased leaves no hash of its words to compare with.
    if found.request_sha256 not in {None, idempotency.sha256}:
        raise ConflictError(
            "this Idempotency-Key came before with another body; send a new key, or "
            "the same body"
        )
    return Recorded(found.id, is_new=False)


def _insert(
    connection: Connection, judgement: Judgement, idempotency: Idempotency | None
) -> Recorded:
    words = _words(connection, judgement)
    values = {
        **words,
        **judgement.labels,
        "comment_id": judgement.comment_id,
        "decision": judgement.decision,
        "rule": judgement.rule,
        "annotator": judgement.annotator,
        "key_id": judgement.key_id,
        "source": judgement.source,
        "codebook_version": judgement.codebook_version,
        "model_version": judgement.model_version or words.get("model_version"),
        "created_at": utc_now(),
    }
    if idempotency is not None:
        values |= {
            "idempotency_owner": idempotency.owner,
            "idempotency_key": idempotency.key,
            "request_sha256": idempotency.sha256 if words["text"] else None,
        }
    added = insert(feedback).values(values).returning(feedback.c.id)
    return Recorded(connection.execute(added).scalar_one(), is_new=True)


def _words(connection: Connection, judgement: Judgement) -> dict[str, Any]:
    """Return the words that were judged, whose they are, and what they answer."""
    if _is_erased(connection, judgement.comment_id):
        return {"text": None, "author": None, "parent_text": None}
    stored = _stored(connection, judgement.comment_id)
    sent = judgement.comment
    if sent is None:
        if stored is None:
            raise UnknownTextError(
                "comment.text is missing, and no comment is stored under this id; "
                "send the text"
            )
        return dict(stored._mapping)
    # The author is known from before where the same words were stored.
    is_same = stored is not None and stored.text == storable(sent.text)
    known = stored if is_same else None
    return {
        "text": sent.text,
        "author": sent.author or (known.author if known else None),
        "parent_text": sent.parent_text or (known.parent_text if known else None),
        "model_version": known.model_version if known else None,
    }


def _is_erased(connection: Connection, comment_id: str) -> bool:
    erased = select(erasures.c.comment_id).where(erasures.c.comment_id == comment_id)
    return connection.execute(erased).one_or_none() is not None


def _stored(connection: Connection, comment_id: str) -> Any:
    """Return the row of the newest words under an id, or None if there are none.

    A stored comment goes before what came with earlier judgements.
    """
    for table, newest in ((comments, comments.c.number), (feedback, feedback.c.id)):
        found = connection.execute(
            select(
                table.c.text, table.c.author, table.c.parent_text, table.c.model_version
            )
            .where(
                table.c[("id" if table is comments else "comment_id")] == comment_id,
                table.c.text.is_not(None),
            )
            .order_by(desc(newest))
            .limit(1)
        ).one_or_none()
        if found is not None:
            return found
    return None
