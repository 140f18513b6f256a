"""Imports the Gab Hate Corpus, by majority vote (Kennedy et al. 2022).

Published as ``ghc_train.tsv`` and ``ghc_test.tsv``; also read as one ``ghc.csv``.
"""

from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import by_value, one_or_zero
from labels.corpora.table_corpus import Table, read_layouts
from labels.corpora.tables import read_tsv
from labels.corpora.texts import clean_escaped

SOURCE: Final = "gab"

_LABELS: Final = by_value(
    {
        "hd": one_or_zero("identity_attack"),  # an assault on human dignity
        "cv": one_or_zero("identity_attack"),  # a call for violence
        "vo": one_or_zero("profanity"),  # vulgar or offensive language
    }
)
_PUBLISHED: Final = tuple(
    Table(name, _LABELS, clean=clean_escaped, read=read_tsv)
    for name in ("ghc_train.tsv", "ghc_test.tsv")
)
_ONE_FILE: Final = (
    Table("ghc.csv", _LABELS, text="Text", id="text_id", clean=clean_escaped),
)


def read(place: Path) -> Imported:
    """Read the posts; either kind of hate is an identity attack.

    Raises:
        InputError: if the place holds no table of this corpus.
    """
    return read_layouts(SOURCE, place, _PUBLISHED, _ONE_FILE)
