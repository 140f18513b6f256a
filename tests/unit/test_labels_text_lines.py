from io import BytesIO

import pytest

from labels.text_lines import bad_byte, mend, read_lines


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        pytest.param(b"a\nb\n", ["a\n", "b\n"], id="line feeds"),
        pytest.param(b"a\r\nb", ["a\r\n", "b"], id="CRLF, last line cut"),
        pytest.param(b"a\rb\r", ["a\r", "b\r"], id="carriage returns"),
        pytest.param(b"\xef\xbb\xbfa\n", ["a\n"], id="byte-order mark"),
        pytest.param(b"a\x00b\x0cc\n", ["a\x00b\x0cc\n"], id="control characters"),
        pytest.param("a\u2028b\x85c\n".encode(), ["a\u2028b\x85c\n"], id="Unicode"),
        pytest.param(b"", [], id="empty"),
    ],
)
def test_lines_end_as_in_the_file(data: bytes, lines: list[str]) -> None:
    assert list(read_lines(BytesIO(data))) == lines


def test_the_stream_stays_open_when_its_lines_are_read() -> None:
    stream = BytesIO(b"a\n")
    list(read_lines(stream))
    assert not stream.closed


def test_the_stream_stays_open_when_reading_stops_early() -> None:
    stream = BytesIO(b"a\nb\n")
    lines = read_lines(stream)
    next(lines)
    del lines
    assert not stream.closed


def test_reading_may_end_after_the_stream_is_closed() -> None:
    stream = BytesIO(b"a\nb\n")
    lines = read_lines(stream)
    first = next(lines)
    stream.close()
    del lines
    assert first == "a\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param("café 🙂\n".encode(), None, id="UTF-8"),
        pytest.param(b"ab\xe9\n", "byte 0xE9 at position 3 is not UTF-8", id="Latin-1"),
        pytest.param(
            "é".encode() + b"\xed\xa0\x80",
            "byte 0xED at position 3 is not UTF-8",
            id="surrogate",
        ),
        pytest.param(b"ab\xc3", "byte 0xC3 at position 3 is not UTF-8", id="cut off"),
    ],
)
def test_a_bad_byte_is_named_with_its_position(data: bytes, reason: str | None) -> None:
    (line,) = read_lines(BytesIO(data))
    assert bad_byte(line) == reason


def test_a_bad_byte_is_mended() -> None:
    (line,) = read_lines(BytesIO(b"caf\xe9 \xc3\xa9"))
    assert mend(line) == "caf\ufffd é"
