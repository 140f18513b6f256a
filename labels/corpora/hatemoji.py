"""Imports HatemojiBuild, adversarial texts with emoji (Kirk et al. 2022).

Published as ``HatemojiBuild_train.csv`` and two more; also read as one
``HatemojiBuild.csv``.
"""

from functools import partial
from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import by_value, one_or_zero
from labels.corpora.table_corpus import Table, read_layouts
from labels.corpora.tables import Cells

SOURCE: Final = "hatemoji"


def read(place: Path) -> Imported:
    """Read the texts; one and its contrast twin, a change away, belong together.

    Raises:
        InputError: if the place holds no table of this corpus.
    """
    return read_layouts(SOURCE, place, _PUBLISHED, _ONE_FILE)


def _pair(cells: Cells) -> str:
    return "-".join(sorted((cells["entry_id"], cells["matched_id"])))


_TABLE: Final = partial(
    Table,
    judge=by_value({"label_gold": one_or_zero("identity_attack")}),
    id="entry_id",
    group=_pair,
    group_column="matched_id",
)
_PUBLISHED: Final = tuple(
    _TABLE(f"HatemojiBuild_{part}.csv") for part in ("train", "validation", "test")
)
_ONE_FILE: Final = (_TABLE("HatemojiBuild.csv"),)
