"""Imports Latent Hatred, implicit hate on Twitter (ElSherief et al. 2021).

Stage 1 sorts posts into implicit hate, explicit hate and neither; stage 2 judges the
implicit ones again, in finer classes. The two share no id, only the text.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import Shares, by_value
from labels.corpora.table_corpus import Table, read_layouts
from labels.corpora.tables import read_tsv
from labels.corpora.texts import clean_escaped
from labels.labelled import LabelledComment

SOURCE: Final = "implicit_hate"

_HATE: Final[Shares] = {"identity_attack": 1.0}
_CLASSES: Final[dict[str, Shares]] = {
    "implicit_hate": _HATE,
    "explicit_hate": _HATE,
    "not_hate": {"identity_attack": 0.0},
}
# Incitement calls for harm or only praises one's own kind: no label, a place to look.
_FINER: Final[dict[str, Shares]] = {
    "white_grievance": _HATE,
    "incitement": _HATE,
    "inferiority": _HATE,
    "irony": _HATE,
    "stereotypical": _HATE,
    "threatening": {**_HATE, "threat": 1.0},
    "other": _HATE,
}

_TABLES: Final = (
    Table(
        "implicit_hate_v1_stg1_posts.tsv",
        by_value({"class": _CLASSES}),
        text="post",
        clean=clean_escaped,
        read=read_tsv,
    ),
    Table(
        "implicit_hate_v1_stg2_posts.tsv",
        by_value(
            {"implicit_class": _FINER, "extra_implicit_class": {**_FINER, "": {}}}
        ),
        text="post",
        clean=clean_escaped,
        read=read_tsv,
    ),
)


def read(place: Path) -> Imported:
    """Read both stages; posts of the same text become one row.

    Where the stages disagree the first stands. A class of stage 2 that does not
    threaten leaves the threat unknown.

    Raises:
        InputError: if the place holds neither table of this corpus.
    """
    imported = read_layouts(SOURCE, place, _TABLES)
    merged: dict[str, LabelledComment] = {}
    for row in imported.rows:
        first = merged.setdefault(row.comment.text, row)
        if first is not row:
            imported.dropped["merged with the row of the same text"] += 1
            merged[row.comment.text] = replace(first, shares=_filled(first, row))
    imported.rows = list(merged.values())
    return imported


def _filled(
    first: LabelledComment, second: LabelledComment
) -> tuple[float | None, ...]:
    return tuple(
        other if share is None else share
        for share, other in zip(first.shares, second.shares, strict=True)
    )
