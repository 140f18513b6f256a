"""An archive as columns: from Parquet to Parquet through Arrow, without a row."""

from collections.abc import Iterator

import pyarrow as pa

from labels.arrow_columns import comments_of
from labels.parquet_writer import ParquetWriter
from labels.rows import ColumnSource
from model.archive_jobs import Batch, Scored
from model.archive_records import NamedModel, table_columns
from model.arrow_batches import with_scores
from model.scorer import ScoreArrays


class ColumnArchive:
    """The columns of a Parquet file, on their way to another."""

    def __init__(self, comments: ColumnSource, model: NamedModel) -> None:
        self._comments = comments
        self._model = model
        self.columns = table_columns(comments.columns())

    def batches(self, skip: int = 0) -> Iterator[Batch[pa.RecordBatch]]:
        """Yield the rows after the first ``skip``, in batches of bounded size."""
        for batch, faults in self._comments.record_batches(skip=skip):
            comments = comments_of(batch, self._comments.text_column)
            yield Batch(batch, comments, faults, batch.nbytes)

    def write(
        self, writer: ParquetWriter, batch: Batch[pa.RecordBatch], scored: Scored
    ) -> None:
        """Write a batch with its scores."""
        if not isinstance(scored, ScoreArrays):
            raise TypeError("a table holds no evidence")
        text_column = self._comments.text_column
        writer.write_batch(
            with_scores(
                batch.content, scored, self._model.version, text_column=text_column
            )
        )
