"""Reads our own hand-labelled comments and the judgements on them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labels.comments import Comment
from labels.corpora.tables import read_table
from labels.errors import InputError, LabelError
from labels.labelled import LabelledComment
from labels.schema import LABELS, parse_label

SOURCE: Final = "gavel"
DATA: Final = Path(__file__).parent / "data"
COMMENTS: Final = "comments.csv"
JUDGEMENTS: Final = "judgements.csv"

TAG_COLUMNS: Final = (
    "function",
    "ideology",
    "style",
    "topic",
    "pair_id",
    "batch",
    "split",
)
"""What a comment was written as; no label, and no part of its text."""

COMMENT_COLUMNS: Final = ("id", "text", "parent_text", *TAG_COLUMNS)
JUDGEMENT_COLUMNS: Final = (
    "comment_id",
    "annotator",
    "round",
    "codebook_version",
    "rule",
    *LABELS,
)

TEST: Final = "test"
TRAIN: Final = "train"

FIRST: Final = "1"
SECOND: Final = "2"
ADJUDICATION: Final = "3"
"""The round in which a comment that was judged twice is decided."""


@dataclass(frozen=True, slots=True)
class TaggedComment:
    """One of our own comments, labelled, and its cells for each of TAG_COLUMNS."""

    labelled: LabelledComment
    tags: Mapping[str, str]


def read_own(folder: Path = DATA) -> list[LabelledComment]:
    """Read ``comments.csv`` and ``judgements.csv``; votes become shares.

    An adjudication outranks the votes before it, blanks included. Comments of the
    test split are held out from every fit.

    Raises:
        InputError: if a table is missing, or a row of it is broken.
        LabelError: if a judgement holds anything but 1, 0 or blank.
    """
    return [tagged.labelled for tagged in read_tagged(folder)]


def read_tagged(folder: Path = DATA) -> list[TaggedComment]:
    """Read the same comments as ``read_own``, each beside its tags.

    Raises:
        InputError: if a table is missing, or a row of it is broken.
        LabelError: if a judgement holds anything but 1, 0 or blank.
    """
    judgements: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for judgement in read_own_table(folder / JUDGEMENTS, JUDGEMENT_COLUMNS):
        judgements[judgement["comment_id"]].append(judgement)
    return [
        _tagged(row, judgements[row["id"]])
        for row in read_own_table(folder / COMMENTS, COMMENT_COLUMNS)
    ]


def read_own_table(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read one of our tables whole.

    Raises:
        InputError: if it cannot be read, or a row has too few or too many cells.
    """
    rows = []
    for line, cells in read_table(path, columns):
        if cells is None:
            raise InputError(f"{path}, line {line}: too few or too many cells")
        rows.append(cells)
    return rows


def parse_judgement(judgement: Mapping[str, str]) -> list[int | None]:
    """Return a judgement's labels, in the order of ``LABELS``.

    Raises:
        LabelError: if one is not 1, 0 or blank; it names the comment.
    """
    try:
        return [parse_label(judgement[label]) for label in LABELS]
    except LabelError as error:
        raise LabelError(
            f"{JUDGEMENTS}, comment {judgement['comment_id']}: {error}"
        ) from error


def _tagged(
    row: Mapping[str, str], judgements: Sequence[Mapping[str, str]]
) -> TaggedComment:
    adjudicated = [one for one in judgements if one["round"] == ADJUDICATION]
    votes = [parse_judgement(one) for one in adjudicated or judgements]
    labelled = LabelledComment(
        Comment(row["id"], row["text"], parent_text=row["parent_text"] or None),
        SOURCE,
        _shares(votes),
        group=f"{SOURCE}:{row['pair_id']}" if row["pair_id"] else None,
        is_held_out=row["split"] == TEST,
    )
    return TaggedComment(labelled, {name: row[name] for name in TAG_COLUMNS})


def _shares(votes: Sequence[Sequence[int | None]]) -> tuple[float | None, ...]:
    shares: list[float | None] = []
    for column in range(len(LABELS)):
        said = [vote[column] for vote in votes]
        known = [label for label in said if label is not None]
        shares.append(sum(known) / len(known) if known else None)
    return tuple(shares)
