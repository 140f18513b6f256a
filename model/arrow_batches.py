"""Scores Arrow record batches, column to column: Spark, DuckDB and their like."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa

from labels.arrow_columns import comments_of, holds_strings
from labels.errors import InputError
from labels.rows import DEFAULT_TEXT_COLUMN
from labels.schema import LABELS
from model.actions import ACTIONS
from model.bundled_model import load_scorer
from model.rounding import rounded
from model.scorer import ScoreArrays, Scorer

_ADDED: Final = (
    *((label, pa.float64()) for label in LABELS),
    ("action", pa.string()),
    ("obfuscated", pa.bool_()),
    ("model_version", pa.string()),
)
_SPARK_TYPES: Final = {
    pa.float64(): "double",
    pa.string(): "string",
    pa.bool_(): "boolean",
}


def output_schema(schema: pa.Schema) -> pa.Schema:
    """Return the input's columns and ours after them.

    One of ours whose name is taken gets the prefix ``gavel_``.
    """
    for name, arrow_type in _added(schema.names):
        schema = schema.append(pa.field(name, arrow_type))
    return schema


def spark_schema(dtypes: Sequence[tuple[str, str]]) -> str:
    """Return the same as Spark's DDL, which ``mapInArrow`` wants to be told.

    ``dtypes`` are those of the ``DataFrame`` that is scored.

    >>> spark_schema([("text", "string"), ("abuse", "int")])[:52]
    '`text` string, `abuse` int, `gavel_abuse` double, `s'
    """
    added = _added([name for name, _ in dtypes])
    ours = [(name, _SPARK_TYPES[arrow_type]) for name, arrow_type in added]
    return ", ".join(
        f"`{name.replace('`', '``')}` {ddl_type}" for name, ddl_type in [*dtypes, *ours]
    )


def _added(names: Sequence[str]) -> list[tuple[str, pa.DataType]]:
    """Return the names and types of our columns beside those that are there."""
    columns, taken = [], set(names)
    for name, arrow_type in _ADDED:
        free = name
        while free in taken:
            free = f"gavel_{free}"
        taken.add(free)
        columns.append((free, arrow_type))
    return columns


def score_record_batch(
    batch: pa.RecordBatch, scorer: Scorer, *, text_column: str = DEFAULT_TEXT_COLUMN
) -> pa.RecordBatch:
    """Return a batch with its scores beside its own columns, row for row.

    A row whose text is null has null scores. A column ``parent_text`` counts as what
    the comment answers. Scores are rounded to six digits, as in every file that
    ``gavel score`` writes.

    Raises:
        InputError: if there is no such column, or it holds something else than text.
    """
    _check(batch.schema, text_column)
    scored = scorer.score_arrays(comments_of(batch, text_column))
    return with_scores(batch, scored, scorer.version, text_column=text_column)


def with_scores(
    batch: pa.RecordBatch, scored: ScoreArrays, version: str, *, text_column: str
) -> pa.RecordBatch:
    """Return a batch with scores, one for each of its rows, in columns after its own.

    The scores of a row whose text is null are null.
    """
    mask = batch.column(text_column).is_null().to_numpy(zero_copy_only=False)
    added = [
        *(pa.array(column, mask=mask) for column in rounded(scored.scores).T),
        pa.DictionaryArray.from_arrays(
            pa.array(scored.actions, mask=mask), pa.array(ACTIONS)
        ).dictionary_decode(),
        pa.array(scored.is_obfuscated, mask=mask),
        pa.array([version] * batch.num_rows, pa.string()),
    ]
    return pa.RecordBatch.from_arrays(
        [*batch.columns, *added], schema=output_schema(batch.schema)
    )


def score_record_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    model: Path | None = None,
    text_column: str = DEFAULT_TEXT_COLUMN,
) -> Iterator[pa.RecordBatch]:
    """Yield each batch with its scores; the model is loaded once, at the first.

    This is the function for engines that hand Arrow batches to Python, such as
    Spark's ``DataFrame.mapInArrow`` and DuckDB's record-batch readers; the README has
    an example of each. Spark calls it once for each partition.

    Raises:
        InputError: as ``score_record_batch``.
        ArtefactError: if the folder holds no model, or a damaged one.
    """
    scorer = None
    for batch in batches:
        scorer = scorer or load_scorer(model)
        yield score_record_batch(batch, scorer, text_column=text_column)


def _check(schema: pa.Schema, text_column: str) -> None:
    if text_column not in schema.names:
        raise InputError(
            f"the batches have no column {text_column!r} but "
            f"{', '.join(schema.names)}; name the one that holds the comments as "
            "text_column"
        )
    text_type = schema.field(text_column).type
    if not holds_strings(text_type):
        raise InputError(
            f"column {text_column!r} of the batches holds {text_type}, not strings; "
            "name the one that holds the comments as text_column"
        )
