"""Reads the lines of a text file, so that one bad byte costs only its own line."""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

# Python's "surrogateescape" turns each byte that is not UTF-8 into one of these;
# valid UTF-8 never decodes to them.
_BAD_BYTE: Final = re.compile("[\udc80-\udcff]")
_FIRST_BAD_BYTE: Final = 0xDC00


def read_lines(stream: BinaryIO) -> Iterator[str]:
    """Yield each line with its end (LF, CRLF or CR), without a byte-order mark.

    Bytes that are not UTF-8 arrive as lone surrogates; ask ``bad_byte``. The stream
    stays open.
    """
    text = io.TextIOWrapper(
        stream, encoding="utf-8-sig", errors="surrogateescape", newline=""
    )
    try:
        # Not "yield from text": that closes the text when the reader stops early.
        yield from iter(text.readline, "")
    finally:
        # A wrapper closes its stream when it is collected, standard input as well.
        if not stream.closed:
            text.detach()


def bad_byte(line: str) -> str | None:
    r"""Return a clause on the first byte of a line that is not UTF-8, if there is one.

    >>> bad_byte(b"caf\xe9".decode(errors="surrogateescape"))
    'byte 0xE9 at position 4 is not UTF-8'
    """
    if line.isascii():
        return None
    found = _BAD_BYTE.search(line)
    if found is None:
        return None
    before = line[: found.start()].encode(errors="surrogateescape")
    byte = ord(found.group()) - _FIRST_BAD_BYTE
    return f"byte 0x{byte:02X} at position {len(before) + 1} is not UTF-8"


def mend(line: str) -> str:
    """Return a line with U+FFFD for each byte that is not UTF-8."""
    return _BAD_BYTE.sub("\ufffd", line)
