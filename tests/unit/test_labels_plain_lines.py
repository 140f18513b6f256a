from io import BytesIO

import pytest

from labels.comments import Comment
from labels.plain_lines import LineComments
from labels.rows import Column, Fault, Row


def rows(data: bytes) -> list[Row | Fault]:
    return list(LineComments(BytesIO(data)))


def test_every_line_is_a_comment_the_blank_one_too() -> None:
    expected = [
        Row(1, Comment("1", " a"), {"id": "1", "text": " a"}),
        Row(2, Comment("2", ""), {"id": "2", "text": ""}),
        Row(3, Comment("3", "b\x00"), {"id": "3", "text": "b\x00"}),
    ]
    assert rows(b" a\r\n\r\nb\x00") == expected


def test_a_line_that_is_not_utf8_is_a_fault() -> None:
    expected = [
        Fault(1, "byte 0xFF at position 2 is not UTF-8"),
        Row(2, Comment("2", "b"), {"id": "2", "text": "b"}),
    ]
    assert rows(b"a\xff\nb\n") == expected


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf"], ids=["empty", "mark only"])
def test_an_empty_file_has_no_rows(data: bytes) -> None:
    assert rows(data) == []


def test_columns_are_id_and_text() -> None:
    assert LineComments(BytesIO()).columns() == [Column("id"), Column("text")]
