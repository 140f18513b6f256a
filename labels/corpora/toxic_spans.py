"""Imports ToxicSpans (news-site comments; Pavlopoulos et al. 2021, 2022).

Three tables: ``comments.csv``, ``annotations.csv`` (one row for each annotator of a
comment) and ``spans.csv`` (what each of them marked, and as what).
"""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

from labels.comments import Comment
from labels.corpora.imported import Imported
from labels.corpora.tables import find_file, read_table
from labels.errors import InputError
from labels.labelled import LabelledComment, shares_of

SOURCE: Final = "toxic_spans"

_TABLES: Final = {
    "comments.csv": ("comment_id", "comment_text"),
    "annotations.csv": ("annotation", "comment_id", "all toxic", "not toxic"),
    "spans.csv": ("annotation", "type", "start", "end"),
}
_SPAN_TYPES: Final = {
    "Insult": "insult",
    "Profane/Obscene": "profanity",
    "Threat": "threat",
    "Identity based Attack": "identity_attack",
}


def read(folder: Path) -> Imported:
    """Read the corpus as published; every label is a share of the annotators.

    ``not toxic`` alone decides abuse: ``all toxic`` contradicts it in almost every
    row where both are set. An annotator who marked the whole comment without a span
    said nothing of its kind, and does not count toward the typed labels.

    Raises:
        InputError: if one of the three tables is missing or is another file.
    """
    paths = {name: find_file(folder, name) for name in _TABLES}
    missing = [name for name, path in paths.items() if path is None]
    if missing:
        raise InputError(
            f"{folder} holds no ToxicSpans corpus; missing {', '.join(missing)}"
        )
    comments, annotations, spans = (path for path in paths.values() if path)
    imported = Imported(files=[comments, annotations, spans])
    votes = _read_votes(annotations, _read_types(spans))
    for _, cells in read_table(comments, _TABLES["comments.csv"]):
        imported.rows_read += 1
        if cells is None:
            imported.dropped["broken row"] += 1
        elif not cells["comment_text"].strip():
            imported.dropped["no text"] += 1
        elif cells["comment_id"] not in votes:
            imported.dropped["no annotation"] += 1
        else:
            comment = Comment(cells["comment_id"], cells["comment_text"])
            shares = _shares(votes[comment.id])
            imported.rows.append(LabelledComment(comment, SOURCE, shares))
    return imported


def _read_types(path: Path) -> dict[str, set[str]]:
    """Return the labels that each annotation marked at least one span with."""
    types: dict[str, set[str]] = defaultdict(set)
    for _, cells in read_table(path, _TABLES["spans.csv"]):
        # A dozen types are blank or cut off and name no label.
        if cells is not None and cells["type"] in _SPAN_TYPES:
            types[cells["annotation"]].add(_SPAN_TYPES[cells["type"]])
    return types


def _read_votes(path: Path, types: dict[str, set[str]]) -> dict[str, Counter[str]]:
    """Return, for each comment, how many annotators there are and what they said."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for _, cells in read_table(path, _TABLES["annotations.csv"]):
        if cells is None:
            continue
        counted = votes[cells["comment_id"]]
        is_abuse = cells["not toxic"] != "True"
        counted["annotators"] += 1
        counted["abuse"] += is_abuse
        marked = types.get(cells["annotation"], set())
        if is_abuse and cells["all toxic"] == "True" and not marked:
            continue
        counted["typed"] += 1
        counted.update(marked)
    return votes


def _shares(counted: Counter[str]) -> tuple[float | None, ...]:
    typed = counted["typed"]
    kinds = {
        label: counted[label] / typed if typed else None
        for label in _SPAN_TYPES.values()
    }
    return shares_of(abuse=counted["abuse"] / counted["annotators"], **kinds)
