"""Imports CAD, the Contextual Abuse Dataset (Reddit; Vidgen et al. 2021).

Published as ``cad_v1_1_train.tsv``, ``…_dev.tsv`` and ``…_test.tsv``, tab-separated
without quoting; also read as one comma-separated ``cad_v1_1.csv``.
"""

from functools import partial
from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import Judge, Shares, unknown_label
from labels.corpora.table_corpus import Table, read_layouts
from labels.corpora.tables import Cells, read_raw_tsv
from labels.corpora.texts import clean_escaped

SOURCE: Final = "cad"

_CATEGORIES: Final = {
    "Neutral",
    "CounterSpeech",
    "IdentityDirectedAbuse",
    "AffiliationDirectedAbuse",
    "PersonDirectedAbuse",
}


def read(place: Path) -> Imported:
    """Read every part of the corpus that the place holds.

    Abuse of any kind wins over counter-speech in the same row. Affiliation (a party,
    a fandom, a profession) is abuse here but no identity.

    Raises:
        InputError: if the place holds no table of this corpus.
    """
    return read_layouts(SOURCE, place, _PUBLISHED, _ONE_FILE)


def _shares(cells: Cells) -> Shares:
    categories = set(cells["labels"].split(","))
    if not categories <= _CATEGORIES:
        raise unknown_label("labels")
    is_person = "PersonDirectedAbuse" in categories
    is_identity = "IdentityDirectedAbuse" in categories
    is_affiliation = "AffiliationDirectedAbuse" in categories
    return {
        "abuse": float(is_person or is_identity or is_affiliation),
        "insult": float(is_person),
        "identity_attack": float(is_identity),
    }


def _submission(cells: Cells) -> str:
    """Return what "an4gkh-title" and "an4gkh-post" are the two parts of."""
    return cells["id"].split("-", maxsplit=1)[0]


def _clean(text: str) -> str:
    return clean_escaped(text.replace("[linebreak]", "\n"))


_TABLE: Final = partial(
    Table, judge=Judge(("labels",), _shares), id="id", group=_submission, clean=_clean
)
_PUBLISHED: Final = tuple(
    _TABLE(f"cad_v1_1_{part}.tsv", read=read_raw_tsv)
    for part in ("train", "dev", "test")
)
_ONE_FILE: Final = (_TABLE("cad_v1_1.csv"),)
