"""Comments from CSV and TSV files."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from labels.csv_records import read_records
from labels.errors import InputError
from labels.rows import Column, Fault, Naming, Row
from labels.text_lines import read_lines


class CsvComments:
    """The rows of a delimited file whose first line names its columns."""

    unit: Final = "line"
    total: Final = None

    def __init__(
        self, stream: BinaryIO, name: str, naming: Naming, *, delimiter: str = ","
    ) -> None:
        """Read the header.

        Raises:
            InputError: if there is none, or it lacks the text column.
        """
        self._naming = naming
        self._records = read_records(read_lines(stream), delimiter=delimiter)
        header = next(self._records, None)
        if header is None:
            raise InputError(f"{name} is empty; its first line should name the columns")
        if isinstance(header, Fault):
            raise InputError(
                f"{name} has a broken first line ({header.reason}); it should name "
                "the columns, in UTF-8"
            )
        naming.check(header.fields, name)
        self._header = header.fields

    def columns(self) -> Sequence[Column]:
        """Return the columns of the header; every cell is text."""
        return [Column(name) for name in self._header]

    def __iter__(self) -> Iterator[Row | Fault]:
        for ordinal, record in enumerate(self._records, start=1):
            if isinstance(record, Fault):
                yield record
            else:
                fields = dict(zip(self._header, record.fields, strict=True))
                yield self._naming.row(record.number, ordinal, fields, fields)
