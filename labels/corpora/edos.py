"""Imports EDOS, sexism on Gab and Reddit (Kirk et al. 2023)."""

from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import by_value
from labels.corpora.table_corpus import Table, read_layouts
from labels.corpora.texts import clean_escaped

SOURCE: Final = "edos"

# The category of what is not sexist says nothing: it may threaten somebody else.
_LABELS: Final = by_value(
    {
        "label_sexist": {
            "sexist": {"identity_attack": 1.0},
            "not sexist": {"identity_attack": 0.0},
        },
        "label_category": {
            "none": {},
            "1. threats, plans to harm and incitement": {"threat": 1.0},
            "2. derogation": {"threat": 0.0},
            "3. animosity": {"threat": 0.0},
            "4. prejudiced discussions": {"threat": 0.0},
        },
    }
)


def read(place: Path) -> Imported:
    """Read the table of labels that the annotators agreed on.

    Raises:
        InputError: if the place holds no table of this corpus.
    """
    return read_layouts(SOURCE, place, _TABLES)


def _clean(text: str) -> str:
    """Put our placeholders where its authors put theirs."""
    return clean_escaped(text.replace("[USER]", "<user>").replace("[URL]", "<url>"))


_TABLES: Final = (
    Table("edos_labelled_aggregated.csv", _LABELS, id="rewire_id", clean=_clean),
)
