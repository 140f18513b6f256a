"""Comments from Parquet files."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

import pyarrow as pa
from pyarrow import parquet

from labels.arrow_columns import (
    cells_of,
    decoded_dictionary,
    is_plain,
    is_string,
    value_type,
)
from labels.errors import InputError
from labels.foreign_values import to_plain
from labels.rows import OPTIONAL, Column, Fault, Naming, Row

# Few, because each row of a batch may hold a text of a megabyte.
_BATCH_ROWS: Final = 256
# Arrow's own batches are smaller than Python's objects.
_MOST_ROWS: Final = 2_048
_COLUMN_BYTES: Final = 4 * 2**20
# Without a buffer Arrow holds a whole row group, which may be the whole file.
_BUFFER_BYTES: Final = 2**20


class ParquetComments:
    """The rows of a Parquet file, a batch at a time."""

    unit: Final = "row"

    def __init__(self, stream: BinaryIO, name: str, naming: Naming) -> None:
        """Read the schema, which stands at the end of the file.

        Raises:
            InputError: if the file is cut off or foreign, or its text column is
                absent or holds something else than strings.
        """
        self._name = name
        self._naming = naming
        try:
            self._file = parquet.ParquetFile(
                stream, buffer_size=_BUFFER_BYTES, pre_buffer=False
            )
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from error
        schema = self._file.schema_arrow
        naming.check(schema.names, name)
        text_type = value_type(schema.field(naming.text).type)
        if not is_string(text_type):
            raise InputError(
                f"column {naming.text!r} of {name} holds {text_type}, not strings; say "
                "which one holds the comments with --text-column"
            )
        self._may_misname = naming.id in schema.names and not _names_always(
            value_type(schema.field(naming.id).type)
        )
        known = {naming.id, *OPTIONAL}
        self._foreign = [
            field.name
            for field in schema
            if field.name in known and not is_plain(value_type(field.type))
        ]

    @property
    def total(self) -> int:
        """How many rows the end of the file says there are."""
        return int(self._file.metadata.num_rows)

    @property
    def text_column(self) -> str:
        """Which column holds the comments."""
        return self._naming.text

    def columns(self) -> Sequence[Column]:
        """Return the columns of the schema; a dictionary counts as its values."""
        return [
            Column(field.name, value_type(field.type))
            for field in self._file.schema_arrow
        ]

    def __iter__(self) -> Iterator[Row | Fault]:
        number = 1
        for batch in self._batches(_BATCH_ROWS):
            yield from self._rows(batch, number)
            number += batch.num_rows

    def record_batches(
        self, *, skip: int = 0
    ) -> Iterator[tuple[pa.RecordBatch, list[Fault]]]:
        """Yield the same rows as columns, without those that are faults.

        Args:
            skip: how many rows to pass over at the beginning.
        """
        schema = pa.schema([(one.name, one.type) for one in self.columns()])
        number = 1
        for batch in self._batches(self._bounded_rows()):
            first, number = number, number + batch.num_rows
            if number - 1 <= skip:
                continue
            passed = max(skip + 1 - first, 0)
            columns = [decoded_dictionary(one) for one in batch.slice(passed).columns]
            whole = pa.RecordBatch.from_arrays(columns, schema=schema)
            yield self._without_faults(whole, first + passed)

    def _batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        batches = self._file.iter_batches(batch_size=rows)
        while True:
            try:
                batch = next(batches, None)
            except (pa.ArrowException, OSError) as error:
                raise self._damaged(error) from error
            if batch is None:
                return
            yield batch

    def _bounded_rows(self) -> int:
        """Return how many rows of the widest row group are few enough for memory."""
        metadata = self._file.metadata
        groups = map(metadata.row_group, range(metadata.num_row_groups))
        widest = max(
            (group.total_byte_size // max(group.num_rows, 1) for group in groups),
            default=0,
        )
        return max(1, min(_MOST_ROWS, _COLUMN_BYTES // max(widest, 1)))

    def _without_faults(
        self, batch: pa.RecordBatch, first: int
    ) -> tuple[pa.RecordBatch, list[Fault]]:
        if self._is_sound(batch):
            return batch, []
        faults = [row for row in self._rows(batch, first) if isinstance(row, Fault)]
        # Not batch.filter: it knows fewer types than a file may hold.
        ends = [*(fault.number - first for fault in faults), batch.num_rows]
        begins = [0, *(end + 1 for end in ends[:-1])]
        kept = [batch.slice(b, e - b) for b, e in zip(begins, ends, strict=True)]
        return pa.concat_batches(kept), faults

    def _is_sound(self, batch: pa.RecordBatch) -> bool:
        """Tell whether no row can be a fault, without looking at each."""
        if self._may_misname or batch.column(self._naming.text).null_count:
            return False
        try:
            for column in batch.columns:
                if is_string(column.type):
                    column.validate(full=True)
        except pa.ArrowInvalid:
            return False
        return True

    def _rows(self, batch: pa.RecordBatch, first: int) -> Iterator[Row | Fault]:
        names = batch.schema.names
        cells = [cells_of(column) for column in batch.columns]
        for number, values in enumerate(zip(*cells, strict=True), start=first):
            yield self._row(number, dict(zip(names, values, strict=True)))

    def _row(self, number: int, fields: dict[str, object]) -> Row | Fault:
        for name, value in fields.items():
            if isinstance(value, UnicodeDecodeError):
                byte = value.object[value.start]
                return Fault(number, f"byte 0x{byte:02X} in {name!r} is not UTF-8")
        plain = {name: to_plain(fields[name]) for name in self._foreign}
        known = fields | plain if plain else fields
        return self._naming.row(number, number, fields, known)

    def _damaged(self, error: Exception) -> InputError:
        clause = str(error).partition("\n")[0].rstrip(".")
        return InputError(
            f"{self._name} is not a whole Parquet file ({clause}); write it again"
        )


def _names_always(arrow_type: pa.DataType) -> bool:
    """Tell whether any value of a type can be an id, as a truth or a list cannot."""
    return is_plain(arrow_type) and not pa.types.is_boolean(arrow_type)
