"""Imports Toxicity in Context (Wikipedia talk pages; Pavlopoulos et al. 2020).

``gc.csv`` was judged with the comment it answers in view, ``gn.csv`` without. Both
are near the natural base rate: one comment in a hundred is abuse.
"""

from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import by_value, one_or_zero
from labels.corpora.table_corpus import Table, read_layouts

SOURCE: Final = "context_toxicity"

# The column "api" is another model's score, which ours must not learn.
_LABELS: Final = by_value({"label": one_or_zero("abuse")})

_TABLES: Final = (
    Table("gc.csv", _LABELS, id="id", parent="parent"),
    Table("gn.csv", _LABELS, id="id"),
)


def read(place: Path) -> Imported:
    """Read both tables, or the one that is there.

    Raises:
        InputError: if the place holds neither.
    """
    return read_layouts(SOURCE, place, _TABLES)
