"""Imports Surge AI's toxicity data set (social media, half and half)."""

from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import by_value
from labels.corpora.table_corpus import Table, read_layouts

SOURCE: Final = "surge"

_LABELS: Final = by_value(
    {"is_toxic": {"Toxic": {"abuse": 1.0}, "Not Toxic": {"abuse": 0.0}}}
)


def read(place: Path) -> Imported:
    """Read ``toxicity_en.csv``.

    Raises:
        InputError: if the place does not hold it.
    """
    return read_layouts(SOURCE, place, (Table("toxicity_en.csv", _LABELS),))
