"""Imports RUHSOLD, tweets in Roman Urdu (Rizwan et al. 2020).

Published as ``task_1_train.tsv`` and two more, which name no columns; also read as
one ``task_1.csv``.
"""

from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import by_value
from labels.corpora.table_corpus import Table, read_layouts
from labels.corpora.tables import read_bare_tsv
from labels.corpora.texts import clean_escaped

SOURCE: Final = "ruhsold"

# The authors' 1 is what is normal.
_LABELS: Final = by_value({"label": {"0": {"abuse": 1.0}, "1": {"abuse": 0.0}}})

_PUBLISHED: Final = tuple(
    Table(f"task_1_{part}.tsv", _LABELS, clean=clean_escaped, read=read_bare_tsv)
    for part in ("train", "validation", "test")
)
_ONE_FILE: Final = (Table("task_1.csv", _LABELS, clean=clean_escaped),)


def read(place: Path) -> Imported:
    """Read the coarse labels: abusive or normal.

    Raises:
        InputError: if the place holds no table of this corpus.
    """
    return read_layouts(SOURCE, place, _PUBLISHED, _ONE_FILE)
