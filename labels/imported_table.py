"""Writes imported rows as one table, in the columns that our readers know."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from labels.labelled import LabelledComment
from labels.own import TEST
from labels.rows import Column
from labels.schema import LABELS
from labels.writers import open_writer

COLUMNS: Final = (
    Column("id"),
    Column("text"),
    Column("parent_text"),
    Column("source"),
    Column("group"),
    Column("split"),
    *(Column(label, "float64") for label in LABELS),
)


def write_imported(path: Path, rows: Sequence[LabelledComment]) -> None:
    """Write rows as CSV, TSV, JSON lines or Parquet, by the path's ending.

    A label is the share of annotators who gave it, blank where nobody said. What no
    fit may see has the split ``test``, which ``gavel train --labels`` heeds.

    Raises:
        OutputError: if the path cannot be written, or its ending names no format.
    """
    with open_writer(path, COLUMNS) as writer:
        for row in rows:
            writer.write(
                {
                    "id": row.comment.id,
                    "text": row.comment.text,
                    "parent_text": row.comment.parent_text,
                    "source": row.source,
                    "group": row.group,
                    "split": TEST if row.is_held_out else None,
                    **dict(zip(LABELS, row.shares, strict=True)),
                }
            )
