"""What an importer hands back: the rows, and a count of those it left out."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from labels.labelled import LabelledComment


@dataclass(slots=True)
class Imported:
    """The rows of one corpus.

    Attributes:
        rows: what was kept, in the order of the files.
        files: the tables that were read.
        rows_read: how many rows those tables hold.
        dropped: why rows were left out, and how many.
    """

    rows: list[LabelledComment] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    rows_read: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    _ids: set[str] = field(default_factory=set, repr=False, compare=False)

    def add(self, row: LabelledComment) -> None:
        """Keep a row, unless it has no text or its id was kept before."""
        if not row.comment.text:
            self.dropped["no text"] += 1
        elif row.comment.id in self._ids:
            self.dropped["repeated id"] += 1
        else:
            self._ids.add(row.comment.id)
            self.rows.append(row)
