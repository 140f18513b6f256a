"""Imports ToxicSpans (news-site comments; Pavlopoulos et al. 2021, 2022).

Three tables: ``comments.csv``, ``annotations.csv`` (one row for each annotator of a
comment) and ``spans.csv`` (what each of them marked, and as what). The tables of the
shared task, ``tsd_*.csv``, repeat comments of ``comments.csv`` and are not read.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import Judge, LeftOutError, Shares
from labels.corpora.table_corpus import Table, read_into
from labels.corpora.tables import Cells, find_file, read_table
from labels.errors import InputError

SOURCE: Final = "toxic_spans"

_ANNOTATION_COLUMNS: Final = ("annotation", "comment_id", "all toxic", "not toxic")
_SPAN_COLUMNS: Final = ("annotation", "type", "start", "end")
_NAMES: Final = ("comments.csv", "annotations.csv", "spans.csv")
_SPAN_TYPES: Final = {
    "Insult": "insult",
    "Profane/Obscene": "profanity",
    "Threat": "threat",
    "Identity based Attack": "identity_attack",
}


def read(place: Path) -> Imported:
    """Read the corpus as published; every label is a share of the annotators.

    ``not toxic`` alone decides abuse: ``all toxic`` contradicts it in almost every
    row where both are set. An annotator who marked the whole comment without a span
    said nothing of its kind, and does not count toward the typed labels.

    Raises:
        InputError: if one of the three tables is missing or is another file.
    """
    paths = {name: find_file(place, name) for name in _NAMES}
    missing = [name for name, path in paths.items() if path is None]
    if missing:
        raise InputError(
            f"{place} holds no ToxicSpans corpus; missing {', '.join(missing)}"
        )
    comments, annotations, spans = (path for path in paths.values() if path)
    votes = _read_votes(annotations, _read_types(spans))
    imported = Imported()
    table = Table(
        "comments.csv", _judge_of(votes), text="comment_text", id="comment_id"
    )
    read_into(imported, SOURCE, comments, table)
    imported.files += [annotations, spans]
    return imported


def _read_types(path: Path) -> dict[str, set[str]]:
    """Return the labels that each annotation marked at least one span with."""
    types: dict[str, set[str]] = defaultdict(set)
    for _, cells in read_table(path, _SPAN_COLUMNS):
        # A dozen types are blank or cut off and name no label.
        if cells is not None and cells["type"] in _SPAN_TYPES:
            types[cells["annotation"]].add(_SPAN_TYPES[cells["type"]])
    return types


def _read_votes(path: Path, types: dict[str, set[str]]) -> dict[str, Counter[str]]:
    """Return, for each comment, how many annotators there are and what they said."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for _, cells in read_table(path, _ANNOTATION_COLUMNS):
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


def _judge_of(votes: Mapping[str, Counter[str]]) -> Judge:
    def shares(cells: Cells) -> Shares:
        if cells["comment_id"] not in votes:
            raise LeftOutError("no annotation")
        return _shares(votes[cells["comment_id"]])

    return Judge((), shares)


def _shares(counted: Counter[str]) -> Shares:
    typed = counted["typed"]
    kinds = {
        label: counted[label] / typed if typed else None
        for label in _SPAN_TYPES.values()
    }
    return {"abuse": counted["abuse"] / counted["annotators"], **kinds}
