"""Imports Bias Madlibs, template sentences that name an identity (Dixon et al. 2018).

They measure whether an identity's name alone moves a score. A model that has seen
some of them passes without having learnt anything, so none may.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import by_value
from labels.corpora.table_corpus import Table, read_layouts

SOURCE: Final = "bias_madlibs"

_LABELS: Final = by_value({"Label": {"BAD": {"abuse": 1.0}, "NOT_BAD": {"abuse": 0.0}}})

_TABLES: Final = (Table("bias_madlibs_77k.csv", _LABELS, text="Text"),)


def read(place: Path) -> Imported:
    """Read the sentences; every one is held out from every fit.

    Raises:
        InputError: if the place does not hold the table.
    """
    imported = read_layouts(SOURCE, place, _TABLES)
    imported.rows = [replace(row, is_held_out=True) for row in imported.rows]
    return imported
