"""Scores Arrow record batches, column to column: Parquet, Dask, Spark, DuckDB."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa

from labels.arrow_columns import comments_of
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


def output_schema(schema: pa.Schema) -> pa.Schema:
    """Return the input's columns and ours after them.

    One of ours whose name is taken gets the prefix ``gavel_``.
    """
    taken = set(schema.names)
    for name, arrow_type in _ADDED:
        free = name
        while free in taken:
            free = f"gavel_{free}"
        schema = schema.append(pa.field(free, arrow_type))
    return schema


def score_record_batch(
    batch: pa.RecordBatch, scorer: Scorer, *, text_column: str = DEFAULT_TEXT_COLUMN
) -> pa.RecordBatch:
    """Return a batch with its scores beside its own columns, row for row.

    A row whose text is null has null scores. A column ``parent_text`` counts as what
    the comment answers. Scores are rounded to six digits, as in every file that
    ``gavel score`` writes.
    """
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
    Spark's ``DataFrame.mapInArrow`` and DuckDB's record-batch readers.
    """
    scorer = None
    for batch in batches:
        scorer = scorer or load_scorer(model)
        yield score_record_batch(batch, scorer, text_column=text_column)
