"""Reads somebody's own labelled comments: any format, one column for each label."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from labels.errors import InputError, LabelError
from labels.labelled import LabelledComment, shares_of
from labels.readers import open_comments
from labels.rows import DEFAULT_TEXT_COLUMN, Fault, Row
from labels.schema import LABELS, parse_label

_MOST_FAULTS: Final = 20


def read_labelled_file(
    path: Path, *, text_column: str = DEFAULT_TEXT_COLUMN
) -> list[LabelledComment]:
    """Read comments with columns named after labels; values are 1, 0 or blank.

    A label without a column is unknown. ``pair_id`` and ``thread`` keep rows on one
    side of a split, and ``split`` may hold out a row with ``test``. The source is the
    file's name.

    Raises:
        InputError: if the file cannot be read, or has no label column.
        LabelError: if rows are broken or labels are not 1, 0 or blank; it names every
            line, up to 20, since a model from half a file would mislead.
    """
    faults: list[str] = []
    labelled: list[LabelledComment] = []
    with open_comments(path, text_column=text_column, with_columns=True) as source:
        names = [column.name for column in source.columns()]
        if not set(names) & set(LABELS):
            raise InputError(
                f"{path} has no column that is named after a label; it has "
                f"{', '.join(names)}, and the labels are {', '.join(LABELS)}"
            )
        for row in source:
            try:
                labelled.append(_labelled(row, path.stem))
            except LabelError as error:
                faults.append(f"{source.unit} {row.number}: {error}")
    if faults:
        raise LabelError(f"{path}: {_listed(faults)}")
    return labelled


def _labelled(row: Row | Fault, source: str) -> LabelledComment:
    if isinstance(row, Fault):
        raise LabelError(row.reason)
    shares = {
        label: _share(label, row.fields[label])
        for label in LABELS
        if label in row.fields
    }
    return LabelledComment(
        row.comment,
        source,
        shares_of(**shares),
        group=_group(row.fields, source),
        is_held_out=row.fields.get("split") == "test",
    )


def _share(label: str, value: object) -> float | None:
    # Parquet and JSON hold 1.0, true and null where a CSV cell holds 1 and nothing.
    if isinstance(value, bool | float) and value in {0, 1}:
        return float(value)
    try:
        parsed = parse_label("" if value is None else str(value))
    except LabelError as error:
        raise LabelError(f"{label}: {error}") from error
    return None if parsed is None else float(parsed)


def _group(fields: Mapping[str, object], source: str) -> str | None:
    for column in ("pair_id", "thread"):
        if fields.get(column):
            return f"{source}:{column}:{fields[column]}"
    return None


def _listed(faults: Sequence[str]) -> str:
    more = len(faults) - _MOST_FAULTS
    shown = "; ".join(faults[:_MOST_FAULTS])
    return f"{shown}; and {more:,} more" if more > 0 else shown
