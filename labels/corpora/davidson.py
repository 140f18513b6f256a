"""Imports hate speech and offensive language on Twitter (Davidson et al. 2017)."""

from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import Judge, Shares, unknown_label
from labels.corpora.table_corpus import Table, read_layouts
from labels.corpora.tables import Cells
from labels.corpora.texts import clean_escaped

SOURCE: Final = "davidson"

_VOTES: Final = ("hate_speech", "offensive_language", "neither")
_HATE, _OFFENSIVE, _NEITHER = "0", "1", "2"


def read(place: Path) -> Imported:
    """Read the tweets; identity_attack and profanity are shares of the annotators.

    An offensive tweet says nothing of abuse, for much that was called so is dialect
    among friends; one that is neither is none. Annotators who saw hate were not asked
    for swear words, so profanity is known only where most did not.

    Raises:
        InputError: if the place holds no table of this corpus.
    """
    return read_layouts(SOURCE, place, _TABLES)


def _shares(cells: Cells) -> Shares:
    majority = cells["class"]
    if majority not in {_HATE, _OFFENSIVE, _NEITHER}:
        raise unknown_label("class")
    hate, offensive, neither = (_votes(cells, name) for name in _VOTES)
    if hate + offensive + neither == 0:
        raise unknown_label(", ".join(_VOTES))
    is_hate = majority == _HATE
    return {
        "abuse": 0.0 if majority == _NEITHER else None,
        "profanity": None if is_hate else offensive / max(1, offensive + neither),
        "identity_attack": hate / (hate + offensive + neither),
    }


def _votes(cells: Cells, column: str) -> int:
    if not cells[column].isdecimal():
        raise unknown_label(column)
    return int(cells[column])


_TABLES: Final = (
    Table(
        "labeled_data.csv",
        Judge(("class", *_VOTES), _shares),
        text="tweet",
        clean=clean_escaped,
    ),
)
