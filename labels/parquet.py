"""Comments from Parquet files."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

import pyarrow as pa
from pyarrow import parquet

from labels.errors import InputError
from labels.foreign_values import to_plain
from labels.rows import OPTIONAL, Column, Fault, Naming, Row

# Few, because each row of a batch may hold a text of a megabyte.
_BATCH_ROWS: Final = 256


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
            self._file = parquet.ParquetFile(stream)
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from error
        schema = self._file.schema_arrow
        naming.check(schema.names, name)
        text_type = _value_type(schema.field(naming.text).type)
        if not holds_strings(text_type):
            raise InputError(
                f"column {naming.text!r} of {name} holds {text_type}, not strings; say "
                "which one holds the comments with --text-column"
            )
        known = {naming.id, *OPTIONAL}
        self._foreign = [
            field.name
            for field in schema
            if field.name in known and not _is_plain(_value_type(field.type))
        ]

    @property
    def total(self) -> int:
        """How many rows the end of the file says there are."""
        return int(self._file.metadata.num_rows)

    def columns(self) -> Sequence[Column]:
        """Return the columns of the schema; a dictionary counts as its values."""
        return [
            Column(field.name, _value_type(field.type))
            for field in self._file.schema_arrow
        ]

    def __iter__(self) -> Iterator[Row | Fault]:
        number = 0
        batches = self._file.iter_batches(batch_size=_BATCH_ROWS)
        while True:
            try:
                batch = next(batches, None)
            except (pa.ArrowException, OSError) as error:
                raise self._damaged(error) from error
            if batch is None:
                return
            names = batch.schema.names
            cells = [_cells(column) for column in batch.columns]
            for values in zip(*cells, strict=True):
                number += 1
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


def _cells(column: pa.Array) -> list[object]:
    """Return the values of a column; one of another type is an array of length one.

    Arrow arrays of length one lose nothing on the way to another Parquet file,
    whatever their type. A string that is not UTF-8 is its own error.
    """
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    if not _is_plain(column.type):
        return [column.slice(row, 1) for row in range(len(column))]
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_decoded(scalar) for scalar in column]


def _decoded(scalar: pa.Scalar) -> object:
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        return error


def _value_type(arrow_type: pa.DataType) -> pa.DataType:
    is_dictionary = pa.types.is_dictionary(arrow_type)
    return arrow_type.value_type if is_dictionary else arrow_type


def holds_strings(arrow_type: pa.DataType) -> bool:
    """Tell whether a column of this type holds text, as a dictionary or plainly."""
    return _is_string(_value_type(arrow_type))


def _is_string(arrow_type: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(arrow_type)
        or pa.types.is_large_string(arrow_type)
        or pa.types.is_string_view(arrow_type)
    )


def _is_plain(arrow_type: pa.DataType) -> bool:
    return bool(
        _is_string(arrow_type)
        or pa.types.is_integer(arrow_type)
        or pa.types.is_float32(arrow_type)
        or pa.types.is_float64(arrow_type)
        or pa.types.is_boolean(arrow_type)
        or pa.types.is_null(arrow_type)
    )
