"""Imports comments on ten Fox News articles (Gao and Huang 2017).

Published as ``fox-news-comments.json``, an object a line; also read as one CSV file
of title, text and label.
"""

from functools import partial
from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import by_value, one_or_zero
from labels.corpora.table_corpus import Table, read_layouts
from labels.corpora.tables import Cells, read_json_lines

SOURCE: Final = "fox_news"


def read(place: Path) -> Imported:
    """Read the comments; those on one article belong together.

    Raises:
        InputError: if the place holds no table of this corpus.
    """
    return read_layouts(SOURCE, place, _PUBLISHED, _ONE_FILE)


def _article(cells: Cells) -> str:
    return cells["title"]


_TABLE: Final = partial(
    Table,
    judge=by_value({"label": one_or_zero("identity_attack")}),
    group=_article,
    group_column="title",
)
_PUBLISHED: Final = (
    _TABLE("fox-news-comments.json", parent="prev", read=read_json_lines),
)
_ONE_FILE: Final = (_TABLE("fox-news-comments.csv"),)
