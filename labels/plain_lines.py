"""Comments from plain text, one on each line."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from labels.comments import Comment
from labels.rows import Column, Fault, Row
from labels.text_lines import bad_byte, read_lines


class LineComments:
    """The lines of a file; a blank one is a comment too, so that none is lost."""

    unit: Final = "line"
    total: Final = None

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def columns(self) -> Sequence[Column]:
        """Return the columns that a table of lines has."""
        return [Column("id"), Column("text")]

    def __iter__(self) -> Iterator[Row | Fault]:
        for number, line in enumerate(read_lines(self._stream), start=1):
            if reason := bad_byte(line):
                yield Fault(number, reason)
                continue
            text = line.rstrip("\r\n")
            comment = Comment(id=str(number), text=text)
            yield Row(number, comment, {"id": comment.id, "text": text})
