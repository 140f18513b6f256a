"""Writes records as Parquet."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO, Final

import pyarrow as pa
from pyarrow import parquet

from labels.rows import Column
from labels.writers import as_cell, without_surrogates

# A row group: enough for good compression, bounded for texts of a megabyte.
_GROUP_ROWS: Final = 50_000
_GROUP_CHARACTERS: Final = 32 * 2**20


class ParquetWriter:
    """Row groups of a size that fits in memory."""

    def __init__(self, stream: BinaryIO, columns: Sequence[Column]) -> None:
        self._schema = pa.schema([pa.field(one.name, one.type) for one in columns])
        self._writer = parquet.ParquetWriter(stream, self._schema)
        self._cells: list[list[object]] = [[] for _ in self._schema]
        self._characters = 0

    def write(self, record: Mapping[str, object]) -> None:
        """Take one row; a field that the record lacks is null."""
        for cells, name in zip(self._cells, self._schema.names, strict=True):
            value = record.get(name)
            cells.append(value)
            self._characters += len(value) if isinstance(value, str) else 0
        full = self._characters >= _GROUP_CHARACTERS
        if full or len(self._cells[0]) >= _GROUP_ROWS:
            self._write_group()

    def flush(self) -> None:
        """Hold on: a Parquet file cannot be read before its end is written."""

    def close(self) -> None:
        """Write the last group and the schema."""
        self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        arrays = [
            _array(cells, field.type)
            for cells, field in zip(self._cells, self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._cells = [[] for _ in self._schema]
        self._characters = 0


def _array(cells: Sequence[object], arrow_type: pa.DataType) -> pa.Array:
    if any(isinstance(cell, pa.Array) for cell in cells):
        nothing = pa.nulls(1, arrow_type)
        return pa.concat_arrays([nothing if cell is None else cell for cell in cells])
    if not pa.types.is_string(arrow_type):
        return pa.array(cells, arrow_type)
    texts = [as_cell(cell) for cell in cells]
    try:
        return pa.array(texts, arrow_type)
    except UnicodeEncodeError:
        mended = [None if text is None else without_surrogates(text) for text in texts]
        return pa.array(mended, arrow_type)
