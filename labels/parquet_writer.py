"""Writes records as Parquet."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow as pa
from pyarrow import parquet

from labels.cells import as_cell, without_surrogates
from labels.rows import Column

# A row group: enough for good compression, bounded for texts of a megabyte.
_GROUP_ROWS: Final = 50_000
_BATCH_ROWS: Final = 256
_BUFFER_BYTES: Final = 2**20
_GROUP_CHARACTERS: Final = 32 * 2**20


@contextmanager
def writing_parquet(
    stream: BinaryIO, columns: Sequence[Column]
) -> Iterator["ParquetWriter"]:
    """Yield a writer whose file is complete when the block ends."""
    writer = ParquetWriter(stream, columns)
    try:
        yield writer
        writer.finish()
    finally:
        writer.close()


def join_parquet(parts: Sequence[Path], stream: BinaryIO) -> None:
    """Write one file from several of the same columns, whose groups may be smaller."""
    schema = parquet.read_schema(parts[0])
    columns = [Column(field.name, field.type) for field in schema]
    with writing_parquet(stream, columns) as writer:
        for part in parts:
            with parquet.ParquetFile(part, buffer_size=_BUFFER_BYTES) as file:
                for batch in file.iter_batches(_BATCH_ROWS):
                    writer.write_batch(batch)


class ParquetWriter:
    """Row groups of a size that fits in memory."""

    def __init__(self, stream: BinaryIO, columns: Sequence[Column]) -> None:
        self._schema = pa.schema([pa.field(one.name, one.type) for one in columns])
        self._writer = parquet.ParquetWriter(stream, self._schema)
        self._records: list[Mapping[str, object]] = []
        self._characters = 0
        self._batches: list[pa.RecordBatch] = []
        self._batch_rows = self._batch_bytes = 0

    def write(self, record: Mapping[str, object]) -> None:
        """Take one row; a field that the record lacks is null."""
        self._records.append(record)
        self._characters += sum(
            len(value) for value in record.values() if isinstance(value, str)
        )
        full = self._characters >= _GROUP_CHARACTERS
        if full or len(self._records) >= _GROUP_ROWS:
            self._write_group()

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Take many rows, as columns of the file's own types."""
        self._batches.append(batch)
        self._batch_rows += batch.num_rows
        self._batch_bytes += batch.nbytes
        full = self._batch_bytes >= _GROUP_CHARACTERS
        if full or self._batch_rows >= _GROUP_ROWS:
            self._write_batches()

    def flush(self) -> None:
        """Hold on: a Parquet file cannot be read before its end is written."""

    def finish(self) -> None:
        """Write the rows that are still held back."""
        if self._records:
            self._write_group()
        if self._batches:
            self._write_batches()

    def close(self) -> None:
        """Write the end of the file, without which nobody can read it."""
        try:
            self._writer.close()
        finally:
            # Arrow would try again when the writer is collected.
            self._writer.is_open = False

    def _write_batches(self) -> None:
        self._writer.write_table(pa.Table.from_batches(self._batches, self._schema))
        self._batches = []
        self._batch_rows = self._batch_bytes = 0
        # Else the allocator keeps several groups' worth of what is no longer used.
        pa.default_memory_pool().release_unused()

    def _write_group(self) -> None:
        arrays = [
            _array([record.get(field.name) for record in self._records], field.type)
            for field in self._schema
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._records, self._characters = [], 0


def _array(cells: Sequence[object], arrow_type: pa.DataType) -> pa.Array:
    if isinstance(cells[0], pa.Array):
        # From Parquet: where one value of a column is an array, so is every other.
        return pa.concat_arrays(cells)
    try:
        return pa.array(cells, arrow_type)
    except (pa.ArrowException, UnicodeEncodeError):
        texts = (as_cell(cell) for cell in cells)
        mended = [None if text is None else without_surrogates(text) for text in texts]
        return pa.array(mended, arrow_type)
