"""Reads and writes gzip and Zstandard as a stream, chosen by a file's last ending."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from labels.errors import InputError

COMPRESSIONS: Final = (".gz", ".zst")
"""The endings that stand for compression."""

# A bomb unpacks to what no program can hold; as lines it streams like any other text.
_LONGEST_LINE: Final = 256 * 2**20
_BUFFER_BYTES: Final = 2**18
_MEMBER_BYTES: Final = 2**20
# The gzip tool's own default; Python's is 9, which is slower.
_GZIP_LEVEL: Final = 6


def split_compression(path: Path) -> tuple[Path, str | None]:
    """Return a path without the ending of its compression, and that ending.

    >>> split_compression(Path("a.csv.GZ"))
    (PosixPath('a.csv'), '.gz')
    """
    ending = path.suffix.lower()
    return (path.with_suffix(""), ending) if ending in COMPRESSIONS else (path, None)


def decompressed(stream: BinaryIO, name: str, ending: str) -> BinaryIO:
    """Return what a compressed stream unpacks to, as it is read.

    It can be sought to its beginning where the stream can.

    Raises:
        InputError: on opening or reading, if the stream is damaged, cut off or holds
            a line that no comment can be.
    """
    return io.BufferedReader(_Unpacked(stream, name, ending), _BUFFER_BYTES)


class _Unpacked(io.RawIOBase):
    """The bytes that a compressed stream unpacks to."""

    def __init__(self, stream: BinaryIO, name: str, ending: str) -> None:
        super().__init__()
        self._stream = stream
        self._name = name
        self._ending = ending
        if not cast(io.BufferedReader, stream).peek(1):
            raise self._damaged("it is empty")
        self._rewind()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go back to the beginning; compression knows no other place."""
        if offset or whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only the beginning can be sought")
        self._stream.seek(0)
        self._rewind()
        return 0

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        try:
            chunk = self._unpacked.read(len(view))
        except (OSError, EOFError, zlib.error) as error:
            raise self._damaged(str(error).rstrip(".")) from error
        view[: len(chunk)] = chunk
        self._position += len(chunk)
        self._check_line(chunk)
        return len(chunk)

    def _rewind(self) -> None:
        self._position = self._line_bytes = 0
        self._unpacked = _unpacked(self._stream, self._ending)

    def _check_line(self, chunk: bytes) -> None:
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self._line_bytes = len(chunk) - end - 1 + (self._line_bytes if end < 0 else 0)
        if self._line_bytes > _LONGEST_LINE:
            raise InputError(
                f"{self._name} unpacks to a line of more than "
                f"{_LONGEST_LINE // 2**20} MiB, which no comment is; look what is in it"
            )

    def _damaged(self, clause: str) -> InputError:
        return InputError(
            f"{self._name} is no whole {self._ending} file ({clause}); compress it "
            "again"
        )


def _unpacked(stream: BinaryIO, ending: str) -> BinaryIO:
    if ending == ".gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream, mode="rb"))
    # Arrow takes a fifth of a second to load, which other files spare.
    import pyarrow as pa  # noqa: PLC0415

    source = pa.PythonFile(_Unclosed(stream), mode="r")
    return cast(BinaryIO, pa.CompressedInputStream(source, "zstd"))


@contextmanager
def compressing(stream: BinaryIO, ending: str | None) -> Iterator[BinaryIO]:
    """Yield a stream whose bytes reach ``stream`` compressed; None leaves them be.

    What is written in one block is whole in itself, and several after one another in
    one file are a whole file too. The same writes always compress to the same bytes.
    """
    if ending is None:
        yield stream
        return
    packer = _Packer(stream, ending)
    yield cast(BinaryIO, packer)
    packer.finish()


class _Packer:
    """Writes a whole gzip member or Zstandard frame for every mebibyte.

    That costs a little of the size, and leaves no compressor that would try once
    more to write when a disk is full.
    """

    def __init__(self, stream: BinaryIO, ending: str) -> None:
        self._stream = stream
        self._pack = _gzip if ending == ".gz" else _zstandard
        self._held: list[bytes] = []
        self._held_bytes = 0

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._held.append(data)
        self._held_bytes += len(data)
        if self._held_bytes >= _MEMBER_BYTES:
            self.finish()
        return len(data)

    def flush(self) -> None:
        """Hold on: small members would compress badly."""

    def finish(self) -> None:
        """Write what is held, be it nothing: an empty file is a cut-off one."""
        self._stream.write(self._pack(b"".join(self._held)))
        self._held, self._held_bytes = [], 0


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, _GZIP_LEVEL, mtime=0)


def _zstandard(data: bytes) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - as above

    return cast(bytes, pa.compress(data, "zstd", asbytes=True))


class _Unclosed:
    """A stream that Arrow may read but not close."""

    closed: Final = False

    def __init__(self, stream: BinaryIO) -> None:
        self.read = stream.read

    def close(self) -> None:
        """Leave it open: its owner closes it."""
