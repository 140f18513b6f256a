"""Turns our own tables into one training table: a row a comment, votes as shares."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from labels.own import TAG_COLUMNS, TaggedComment
from labels.rows import Column
from labels.schema import LABELS
from labels.writers import open_writer

COLUMNS: Final = (
    Column("id"),
    Column("text"),
    Column("parent_text"),
    *(Column(tag) for tag in TAG_COLUMNS),
    *(Column(label, "float64") for label in LABELS),
)


def write_training_table(path: Path, comments: Sequence[TaggedComment]) -> None:
    """Write the comments as CSV, TSV, JSON lines or Parquet, by the path's ending.

    A label is the share of votes for it, in [0, 1], and blank where nobody knew.

    Raises:
        OutputError: if the path cannot be written, or its ending names no format.
    """
    with open_writer(path, COLUMNS) as writer:
        for tagged in comments:
            comment = tagged.labelled.comment
            writer.write(
                {
                    "id": comment.id,
                    "text": comment.text,
                    "parent_text": comment.parent_text,
                    **tagged.tags,
                    **dict(zip(LABELS, tagged.labelled.shares, strict=True)),
                }
            )
