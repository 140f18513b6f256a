"""What views call to keep a judgement, or a comment whose sender asks for it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from labels.codebook import read_codebook
from labels.comments import Comment
from labels.store_comments import StoredComment
from labels.store_feedback import (
    NOBODY,
    ConflictError,
    Idempotency,
    Judgement,
    Recorded,
    UnknownTextError,
    add_judgement,
    id_for_text,
)
from model.scorer import Score
from serve.access import caller
from serve.errors import ApiError, Fault
from serve.storable import LONGEST_ID, unstorable
from serve.storage import current_keeper, current_store

LONGEST_IDEMPOTENCY_KEY: Final = 200

_VISIBLE: Final = re.compile("[!-~]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """A comment to store, and its score; an id of ``""`` is made from its words."""

    comment: Comment
    score: Score
    model_version: str
    source: str
    article: str | None = None


def record_feedback(
    *,
    labels: Mapping[str, int],
    source: str,
    text: str | None = None,
    comment_id: str | None = None,
    author: str | None = None,
    parent_text: str | None = None,
    annotator: str | None = None,
    decision: str | None = None,
    rule: str | None = None,
    model_version: str | None = None,
    idempotency_key: str | None = None,
    request_body: bytes = b"",
) -> Recorded:
    """Keep what somebody said of a comment; when this returns it is on disk.

    Without a ``comment_id`` the words name the comment. ``request_body`` is what an
    ``idempotency_key`` stands for.

    Raises:
        ApiError: 400 if an id cannot be stored, 404 if there are no words to judge,
            409 if the idempotency key stood for another request.
        StoreDownError: if it cannot be kept; it is answered with 503.
    """
    if comment_id is None and text is None:
        raise _refused("comment.text", "comment.text is missing; send the text")
    named = comment_id if comment_id is not None else id_for_text(text or "")
    for field, value in (
        ("comment.id", named),
        ("comment.author", author),
        ("annotator", annotator),
    ):
        _refuse_unstorable(field, value)
    judgement = Judgement(
        comment_id=named,
        labels=labels,
        codebook_version=_codebook_version(),
        source=source,
        comment=None
        if text is None
        else Comment(named, text, author=author, parent_text=parent_text),
        decision=decision,
        rule=rule,
        annotator=annotator if annotator is not None else caller().name,
        key_id=caller().key_id,
        model_version=model_version,
    )
    idempotency = _idempotency(idempotency_key, request_body)
    try:
        return add_judgement(current_store(), judgement, idempotency)
    except UnknownTextError as error:
        fault = Fault("comment.text", str(error))
        raise ApiError(404, "unknown_comment", str(error), [fault]) from None
    except ConflictError as error:
        raise ApiError(409, "idempotency_conflict", str(error)) from None


def keep_comments(kept: Sequence[Kept]) -> None:
    """Store comments whose senders asked for it, if the operator allows it at all.

    Scoring never fails or waits on the store: this returns within half a second
    whatever happens, and what could not be stored is in the log as a number. What has
    an id or an author that no index holds is left out.
    """
    keeper = current_keeper()
    if keeper is None:
        return
    stored = [_stored(one) for one in kept]
    storable = [
        one
        for one in stored
        if not unstorable(one.comment.id) and not unstorable(one.comment.author)
    ]
    if storable:
        keeper.keep(storable)


def _stored(kept: Kept) -> StoredComment:
    comment = kept.comment
    if not comment.id:
        comment = replace(comment, id=id_for_text(comment.text))
    return StoredComment(
        comment,
        kept.source,
        scores=kept.score.scores,
        action=kept.score.action,
        model_version=kept.model_version,
        article=kept.article,
    )


def _idempotency(key: str | None, body: bytes) -> Idempotency | None:
    if key is None:
        return None
    if len(key) > LONGEST_IDEMPOTENCY_KEY or not _VISIBLE.fullmatch(key):
        raise _refused(
            "Idempotency-Key",
            f"the Idempotency-Key has {len(key):,} characters or odd ones; send 1 to "
            f"{LONGEST_IDEMPOTENCY_KEY} letters, digits and signs of ASCII",
        )
    owner = caller().key_id
    return Idempotency(key, body, NOBODY if owner is None else owner)


def _refuse_unstorable(field: str, value: str | None) -> None:
    if unstorable(value):
        raise _refused(
            field,
            f"{field} is empty, longer than {LONGEST_ID} characters, or holds a NUL "
            "or a lone surrogate; nothing could find it again",
        )


def _refused(field: str, message: str) -> ApiError:
    return ApiError(400, "invalid_request", message, [Fault(field, message)])


@cache
def _codebook_version() -> int:
    return read_codebook().version
