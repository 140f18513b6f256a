"""Reads our own hand-labelled comments and the judgements on them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from labels.comments import Comment
from labels.corpora.tables import read_table
from labels.errors import InputError, LabelError
from labels.labelled import LabelledComment
from labels.schema import LABELS, parse_label

SOURCE: Final = "gavel"
DATA: Final = Path(__file__).parent / "data"

COMMENT_COLUMNS: Final = (
    "id",
    "text",
    "parent_text",
    "function",
    "ideology",
    "style",
    "topic",
    "pair_id",
    "batch",
    "split",
)
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


def read_own(folder: Path = DATA) -> list[LabelledComment]:
    """Read ``comments.csv`` and ``judgements.csv``; votes become shares.

    Comments of the test split are held out from every fit.

    Raises:
        InputError: if a table is missing, or a row of it is broken.
        LabelError: if a judgement holds anything but 1, 0 or blank.
    """
    votes: dict[str, list[Sequence[int | None]]] = defaultdict(list)
    for judgement in read_own_table(folder / "judgements.csv", JUDGEMENT_COLUMNS):
        votes[judgement["comment_id"]].append(_parse_judgement(judgement))
    return [
        LabelledComment(
            Comment(row["id"], row["text"], parent_text=row["parent_text"] or None),
            SOURCE,
            _shares(votes[row["id"]]),
            group=f"{SOURCE}:{row['pair_id']}" if row["pair_id"] else None,
            is_held_out=row["split"] == TEST,
        )
        for row in read_own_table(folder / "comments.csv", COMMENT_COLUMNS)
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


def _parse_judgement(judgement: Mapping[str, str]) -> list[int | None]:
    try:
        return [parse_label(judgement[label]) for label in LABELS]
    except LabelError as error:
        raise LabelError(
            f"judgements.csv, comment {judgement['comment_id']}: {error}"
        ) from error


def _shares(votes: Sequence[Sequence[int | None]]) -> tuple[float | None, ...]:
    shares: list[float | None] = []
    for column in range(len(LABELS)):
        said = [vote[column] for vote in votes]
        known = [label for label in said if label is not None]
        shares.append(sum(known) / len(known) if known else None)
    return tuple(shares)
