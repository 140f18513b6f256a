"""Imports the Jigsaw Toxic Comment Classification corpus (Wikipedia talk pages, 2018).

Kaggle publishes ``train.csv`` with six labels. A second, one-label table of the same
source, ``binary.csv``, is read beside it where it is present.
"""

from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import by_value, one_or_zero
from labels.corpora.table_corpus import Table, read_layouts

SOURCE: Final = "jigsaw_toxic"

_SIX_LABELS: Final = by_value(
    {
        "toxic": one_or_zero("abuse"),
        "severe_toxic": one_or_zero("severe_abuse"),
        "obscene": one_or_zero("profanity"),
        "threat": one_or_zero("threat"),
        "insult": one_or_zero("insult"),
        "identity_hate": one_or_zero("identity_attack"),
    }
)
_ONE_LABEL: Final = by_value({"toxic": one_or_zero("abuse")})

_TABLES: Final = (
    Table("train.csv", _SIX_LABELS, text="comment_text", id="id"),
    Table("binary.csv", _ONE_LABEL, text="comment_text"),
)


def read(place: Path) -> Imported:
    """Read the corpus as published; labels are taken over, even where they clash.

    A handful of rows has insult or identity_hate 1 and toxic 0. They are somebody's
    judgement, so they stay as they are. Kaggle's -1, never judged, leaves a row out.

    Raises:
        InputError: if the place holds no table of this corpus.
    """
    return read_layouts(SOURCE, place, _TABLES)
