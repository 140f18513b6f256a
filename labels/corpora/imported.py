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
        files: the files that were read.
        rows_read: how many rows those files hold.
        dropped: why rows were left out, and how many.
    """

    rows: list[LabelledComment] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    rows_read: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
