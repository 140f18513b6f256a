from io import BytesIO

import pytest

from labels.comments import Comment
from labels.csv_rows import CsvComments
from labels.errors import InputError
from labels.rows import Column, Fault, Naming, Row


def opened(data: bytes, naming: Naming | None = None) -> CsvComments:
    return CsvComments(BytesIO(data), "a.csv", naming or Naming())


def test_every_field_of_a_row_is_kept_in_order() -> None:
    source = opened(b"when,text,id\r\n=1+1, a ,x\r\n")
    expected = Row(2, Comment("x", " a "), {"when": "=1+1", "text": " a ", "id": "x"})
    assert list(source) == [expected]


def test_columns_are_those_of_the_header() -> None:
    source = opened(b"\xef\xbb\xbfid,text\n")
    assert (source.columns(), list(source)) == ([Column("id"), Column("text")], [])


def test_a_fault_takes_an_ordinal_so_that_mending_it_moves_no_id() -> None:
    source = opened(b"text,n\na,1\nb\nc,3\n")
    expected = [
        Row(2, Comment("1", "a"), {"text": "a", "n": "1"}),
        Fault(3, "has 1 field where the header has 2"),
        Row(4, Comment("3", "c"), {"text": "c", "n": "3"}),
    ]
    assert list(source) == expected


def test_other_columns_may_hold_the_text_and_the_id() -> None:
    source = opened(b"key,body\nk1,a\n", Naming("body", "key"))
    assert list(source) == [Row(2, Comment("k1", "a"), {"key": "k1", "body": "a"})]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            b"", "a.csv is empty; its first line should name the columns", id="empty"
        ),
        pytest.param(
            b"\n\n",
            "a.csv is empty; its first line should name the columns",
            id="blank lines only",
        ),
        pytest.param(
            "id,text\n".encode("utf-16"),
            "a.csv has a broken first line (byte 0xFF at position 1 is not UTF-8); it "
            "should name the columns, in UTF-8",
            id="UTF-16",
        ),
        pytest.param(
            b'id,"text\n1,a\n',
            "a.csv has a broken first line (a quotation mark is stray or is never "
            "closed); it should name the columns, in UTF-8",
            id="mark that is never closed",
        ),
    ],
)
def test_a_file_without_a_header_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        opened(data)
    assert str(caught.value) == message
