import gzip
import io
import os
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from labels.compressed import compressing, decompressed, split_compression
from labels.errors import InputError
from labels.readers import open_comments
from labels.rows import Row
from labels.writers import open_writer

ENDINGS = [".gz", ".zst"]


def packed(ending: str, *blocks: bytes) -> bytes:
    stream = io.BytesIO()
    for block in blocks:
        with compressing(stream, ending) as packing:
            packing.write(block)
    return stream.getvalue()


def unpacked(data: bytes, ending: str) -> bytes:
    raw = cast(io.RawIOBase, io.BytesIO(data))
    stream = cast(BinaryIO, io.BufferedReader(raw))
    return decompressed(stream, f"a{ending}", ending).read()


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([b""], id="nothing"),
        pytest.param([b"good day\n"], id="one"),
        pytest.param([b"good ", b"", b"day\n"], id="several"),
        pytest.param([b"good day\n" * 500_000], id="large"),
    ],
)
def test_what_is_compressed_unpacks_to_itself(ending: str, blocks: list[bytes]) -> None:
    assert unpacked(packed(ending, *blocks), ending) == b"".join(blocks)


def test_gzip_reads_what_we_write() -> None:
    assert gzip.decompress(packed(".gz", b"good ", b"day")) == b"good day"


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_bytes_compress_to_the_same(ending: str) -> None:
    assert packed(ending, b"good day") == packed(ending, b"good day")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("keep", "more"),
    [
        pytest.param(0, b"", id="empty"),
        pytest.param(0, b"id,text\n1,a\n", id="foreign"),
        pytest.param(-3, b"", id="its end cut off"),
        pytest.param(100, b"", id="cut off early"),
        pytest.param(None, b"rubbish", id="rubbish after it"),
    ],
)
def test_what_is_damaged_or_cut_off_is_refused(
    ending: str, keep: int | None, more: bytes
) -> None:
    data = packed(ending, os.urandom(50_000))[:keep] + more
    pattern = rf"^a\{ending} is no whole \{ending} file \(.*\); compress it again$"
    with pytest.raises(InputError, match=pattern):
        unpacked(data, ending)


def test_a_bomb_that_is_one_line_is_refused() -> None:
    bomb = gzip.compress(bytes(2**20), 1) * 300
    pattern = r"^a\.gz unpacks to a line of more than 256 MiB"
    with pytest.raises(InputError, match=pattern):
        unpacked(bomb, ".gz")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.csv", ("a.csv", None)),
        ("a.csv.gz", ("a.csv", ".gz")),
        ("A.JSONL.ZST", ("A.JSONL", ".zst")),
        (".gz", (".gz", None)),
    ],
)
def test_the_last_ending_names_the_compression(
    name: str, expected: tuple[str, str | None]
) -> None:
    path, ending = split_compression(Path(name))
    assert (path.name, ending) == expected


@pytest.mark.parametrize("compression", ENDINGS)
@pytest.mark.parametrize("ending", [".csv", ".tsv", ".jsonl", ".txt"])
def test_every_text_format_is_read_compressed(
    tmp_path: Path, ending: str, compression: str
) -> None:
    contents = {
        ".csv": b"id,text\n1,good day\n",
        ".tsv": b"id\ttext\n1\tgood day\n",
        ".jsonl": b'{"id": "1", "text": "good day"}\n',
        ".txt": b"good day\n",
    }
    path = tmp_path / f"in{ending}{compression}"
    path.write_bytes(packed(compression, contents[ending]))
    with open_comments(path, with_columns=True) as source:
        assert [column.name for column in source.columns()] == ["id", "text"]
        (row,) = source
    assert isinstance(row, Row)
    assert row.fields == {"id": "1", "text": "good day"}


@pytest.mark.parametrize("compression", ENDINGS)
def test_a_writer_compresses_by_the_last_ending(
    tmp_path: Path, compression: str
) -> None:
    path = tmp_path / f"out.jsonl{compression}"
    with open_writer(path) as writer:
        writer.write({"id": "1"})
    assert unpacked(path.read_bytes(), compression) == b'{"id": "1"}\n'
