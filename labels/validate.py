"""Checks our own tables of comments and judgements, and lists every fault at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from labels.corpora.tables import read_table
from labels.errors import LabelError
from labels.own import COMMENT_COLUMNS, DATA, JUDGEMENT_COLUMNS, TEST, TRAIN
from labels.schema import LABELS, implication_faults, parse_label

_MOST_CHARACTERS = 5_000


def validate(folder: Path = DATA) -> list[str]:
    """Return a sentence for each fault, with its file and line; none if all is well.

    Raises:
        InputError: if a table is missing or lacks a column.
    """
    faults: list[str] = []
    comments = folder / "comments.csv"
    ids: set[str] = set()
    pairs: dict[str, list[int]] = {}
    for line, row in read_table(comments, COMMENT_COLUMNS):
        faults += [
            f"{comments.name}, line {line}: {fault}"
            for fault in _comment_faults(row, ids)
        ]
        if row is not None:
            ids.add(row["id"])
            if row["pair_id"]:
                pairs.setdefault(row["pair_id"], []).append(line)
    faults += [
        f"{comments.name}, line {lines[0]}: pair {pair!r} has no second comment"
        for pair, lines in pairs.items()
        if len(lines) == 1
    ]
    return faults + list(_judgement_table_faults(folder / "judgements.csv", ids))


def _comment_faults(row: Mapping[str, str] | None, ids: set[str]) -> Iterator[str]:
    if row is None:
        yield "too few or too many cells"
        return
    if not row["id"]:
        yield "has no id"
    elif row["id"] in ids:
        yield f"id {row['id']!r} was used before"
    if not row["text"].strip():
        yield "has no text"
    if len(row["text"]) > _MOST_CHARACTERS:
        yield f"text has over {_MOST_CHARACTERS:,} characters"
    if row["split"] not in {TRAIN, TEST}:
        yield f"split is {TRAIN} or {TEST}, not {row['split']!r}"


def _judgement_table_faults(path: Path, ids: set[str]) -> Iterator[str]:
    judged: set[tuple[str, str, str]] = set()
    for line, row in read_table(path, JUDGEMENT_COLUMNS):
        for fault in _judgement_faults(row, ids):
            yield f"{path.name}, line {line}: {fault}"
        if row is None:
            continue
        key = (row["comment_id"], row["annotator"], row["round"])
        if key in judged:
            yield (
                f"{path.name}, line {line}: {row['annotator']!r} judged comment "
                f"{row['comment_id']!r} twice in round {row['round']!r}"
            )
        judged.add(key)
    unjudged = ids - {comment_id for comment_id, _, _ in judged}
    for comment_id in sorted(unjudged):
        yield f"{path.name}: comment {comment_id!r} has no judgement"


def _judgement_faults(row: Mapping[str, str] | None, ids: set[str]) -> Iterator[str]:
    if row is None:
        yield "too few or too many cells"
        return
    if row["comment_id"] not in ids:
        yield f"there is no comment {row['comment_id']!r}"
    for column in ("annotator", "rule"):
        if not row[column]:
            yield f"{column} is blank"
    for column in ("round", "codebook_version"):
        if not row[column].isdecimal():
            yield f"{column} is a number, not {row[column]!r}"
    yield from _label_faults(row)


def _label_faults(row: Mapping[str, str]) -> Iterator[str]:
    labels: dict[str, int | None] = {}
    for label in LABELS:
        try:
            labels[label] = parse_label(row[label])
        except LabelError as error:
            yield f"{label}: {error}"
    yield from implication_faults(labels)
