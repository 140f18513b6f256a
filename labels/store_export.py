"""Reads judgements out of the store: to learn from, or each as it was made."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from labels.comments import Comment
from labels.labelled import LabelledComment, shares_of
from labels.rows import Column
from labels.schema import LABELS
from labels.store import Store
from labels.store_tables import feedback
from labels.writers import open_writer

SOURCE: Final = "store"

_ROWS_AT_ONCE: Final = 1_000
_TABLE: Final = (
    Column("id"),
    Column("text"),
    Column("parent_text"),
    *(Column(label, "float64") for label in LABELS),
)
_WORDS: Final = ("comment_id", "text", "parent_text")
_CIRCUMSTANCES: Final = (
    *("decision", "rule", "annotator", "key_id", "source"),
    *("codebook_version", "model_version", "created_at"),
)
_JUDGEMENTS: Final = (
    Column("judgement_id"),
    *(Column(name) for name in _WORDS),
    *(Column(label, "float64") for label in LABELS),
    *(Column(name) for name in _CIRCUMSTANCES),
)


def read_judged(store: Store) -> list[LabelledComment]:
    """Return every comment that people labelled, with the share of each label.

    What somebody says again of the same words replaces what they said, label by
    label. Words that were erased or purged are left out, as are decisions without
    labels. Who gives no name counts as one person for each key.

    Raises:
        StoreDownError: if the store cannot be read.
    """
    said: dict[tuple[str, str], dict[str, dict[str, int]]] = defaultdict(dict)
    parents: dict[tuple[str, str], str | None] = {}
    query = select(feedback).where(feedback.c.text.is_not(None)).order_by(feedback.c.id)
    with store.reading() as connection:
        streaming = connection.execution_options(yield_per=_ROWS_AT_ONCE)
        for row in streaming.execute(query).mappings():
            words = (row["comment_id"], row["text"])
            who = row["annotator"] or f"key {row['key_id']}"
            known = {label: row[label] for label in LABELS if row[label] is not None}
            if known:
                said[words].setdefault(who, {}).update(known)
                parents[words] = row["parent_text"] or parents.get(words)
    return [
        LabelledComment(
            Comment(words[0], words[1], parent_text=parents[words]),
            SOURCE,
            shares_of(**_shares(votes)),
        )
        for words, votes in said.items()
    ]


def write_judged(store: Store, path: Path) -> int:
    """Write those comments as a training table, one row a comment; return how many.

    Raises:
        OutputError: if the path cannot be written, or its ending names no format.
        StoreDownError: if the store cannot be read.
    """
    judged = read_judged(store)
    with open_writer(path, _TABLE) as writer:
        for one in judged:
            writer.write(
                {
                    "id": one.comment.id,
                    "text": one.comment.text,
                    "parent_text": one.comment.parent_text,
                    **dict(zip(LABELS, one.shares, strict=True)),
                }
            )
    return len(judged)


def write_judgements(store: Store, path: Path) -> int:
    """Write every judgement as it was made, with who, when and how; return how many.

    Raises:
        OutputError: if the path cannot be written, or its ending names no format.
        StoreDownError: if the store cannot be read.
    """
    written = 0
    with open_writer(path, _JUDGEMENTS) as writer, store.reading() as connection:
        streaming = connection.execution_options(yield_per=_ROWS_AT_ONCE)
        query = select(feedback).order_by(feedback.c.id)
        for row in streaming.execute(query).mappings():
            writer.write(_as_written(row))
            written += 1
    return written


def _as_written(row: Mapping[Any, Any]) -> dict[str, Any]:
    cells = {name: row[name] for name in (*_WORDS, *LABELS, *_CIRCUMSTANCES)}
    for name in ("key_id", "codebook_version"):
        cells[name] = None if row[name] is None else str(row[name])
    cells["created_at"] = row["created_at"].isoformat(timespec="seconds")
    return {"judgement_id": str(row["id"]), **cells}


def _shares(votes: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    shares = {}
    for label in LABELS:
        known = [vote[label] for vote in votes.values() if label in vote]
        if known:
            shares[label] = sum(known) / len(known)
    return shares
