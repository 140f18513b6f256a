"""Reads somebody's own labelled comments: any format, a column for each label."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from labels.errors import InputError, LabelError
from labels.labelled import LabelledComment, shares_of
from labels.readers import open_comments
from labels.rows import DEFAULT_ID_COLUMN, DEFAULT_TEXT_COLUMN, Fault, Row
from labels.schema import LABELS

_MOST_FAULTS: Final = 20
_WORDS: Final = {"true": 1.0, "false": 0.0}


def read_labelled_file(
    path: Path,
    *,
    text_column: str = DEFAULT_TEXT_COLUMN,
    id_column: str = DEFAULT_ID_COLUMN,
    columns: Mapping[str, str] | None = None,
) -> list[LabelledComment]:
    """Read comments whose labels stand in columns: 1, 0, a share between, or blank.

    ``columns`` names the column of a label; one that it does not name stands in the
    column of its own name, or is unknown where there is none. ``group``, ``pair_id``
    and ``thread`` keep rows on one side of a split, and ``split`` may hold out a row
    with ``test``. The source is the file's name.

    Raises:
        InputError: if the file cannot be read, or has no label column.
        LabelError: if rows are broken or labels are something else; it names every
            line, up to 20, since a model from half a file would mislead.
    """
    faults: list[str] = []
    labelled: list[LabelledComment] = []
    with open_comments(
        path, text_column=text_column, id_column=id_column, with_columns=True
    ) as source:
        names = [column.name for column in source.columns()]
        used = _label_columns(path, names, columns or {})
        for row in source:
            try:
                labelled.append(_labelled(row, path.stem, used))
            except LabelError as error:
                faults.append(f"{source.unit} {row.number}: {error}")
    if faults:
        raise LabelError(f"{path}: {_listed(faults)}")
    return labelled


def _label_columns(
    path: Path, names: Sequence[str], columns: Mapping[str, str]
) -> dict[str, str]:
    """Return the column of each label that the file knows."""
    absent = [repr(name) for name in columns.values() if name not in names]
    if absent:
        raise InputError(
            f"{path} has no column {' or '.join(absent)}; it has {', '.join(names)}"
        )
    used = {label: label for label in LABELS if label in names} | dict(columns)
    if not used:
        raise InputError(
            f"{path} has no column that is named after a label; it has "
            f"{', '.join(names)}, and the labels are {', '.join(LABELS)}"
        )
    return used


def _labelled(
    row: Row | Fault, source: str, columns: Mapping[str, str]
) -> LabelledComment:
    if isinstance(row, Fault):
        raise LabelError(row.reason)
    shares = {
        label: _share(column, row.fields.get(column))
        for label, column in columns.items()
    }
    return LabelledComment(
        row.comment,
        source,
        shares_of(**shares),
        group=_group(row.fields, source),
        is_held_out=row.fields.get("split") == "test",
    )


def _share(column: str, value: object) -> float | None:
    """Return a label as files hold it: 1, "1.0", true, a share of votes, or nothing."""
    said = "" if value is None else str(value).strip().lower()
    try:
        share = _WORDS.get(said)
        share = float(said) if share is None and said else share
    except ValueError:
        share = -1.0
    # A missing number in a Parquet column, or in what pandas wrote of it.
    if share is None or math.isnan(share):
        return None
    if not 0 <= share <= 1:
        raise LabelError(
            f"{column}: a label is 1, 0, a share between them or blank, not {value!r}"
        )
    return share


def _group(fields: Mapping[str, object], source: str) -> str | None:
    for column in ("group", "pair_id", "thread"):
        if fields.get(column):
            return f"{source}:{column}:{fields[column]}"
    return None


def _listed(faults: Sequence[str]) -> str:
    more = len(faults) - _MOST_FAULTS
    shown = "; ".join(faults[:_MOST_FAULTS])
    return f"{shown}; and {more:,} more" if more > 0 else shown
