from io import BytesIO

import pytest

from labels.comments import Comment
from labels.jsonl import JsonlComments
from labels.rows import Column, Fault, Naming, Row

DEEP = "is nested deeper than 200 levels"


def opened(data: bytes) -> JsonlComments:
    return JsonlComments(BytesIO(data), Naming())


def test_every_field_of_an_object_is_kept_in_order() -> None:
    fields = {"n": 1, "text": "a", "tags": ["x", {"y": None}], "id": 12}
    source = opened(b'{"n": 1, "text": "a", "tags": ["x", {"y": null}], "id": 12}')
    assert list(source) == [Row(1, Comment("12", "a"), fields)]


def test_blank_lines_are_skipped_but_counted() -> None:
    source = opened(b'\xef\xbb\xbf{"text": "a"}\r\n\r\n  \n{"text": "b"}\n\n')
    expected = [
        Row(1, Comment("1", "a"), {"text": "a"}),
        Row(4, Comment("2", "b"), {"text": "b"}),
    ]
    assert list(source) == expected


@pytest.mark.parametrize(
    ("line", "text"),
    [
        pytest.param(rb'{"text": "a\u0000b"}', "a\x00b", id="NUL as an escape"),
        pytest.param(b'{"text": "a\x00\tb"}', "a\x00\tb", id="raw control characters"),
        pytest.param(rb'{"text": "a \ud800"}', "a \ud800", id="lone surrogate"),
        pytest.param(rb'{"text": "\ud83d\ude42"}', "🙂", id="pair of surrogates"),
        pytest.param('{"text": "a\u2028b"}'.encode(), "a\u2028b", id="line separator"),
        pytest.param(b'{"text": ""}', "", id="empty"),
    ],
)
def test_a_text_is_kept_as_it_is(line: bytes, text: str) -> None:
    assert list(opened(line)) == [Row(1, Comment("1", text), {"text": text})]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(
            b"hello", "is not JSON (column 1: expecting value)", id="not JSON"
        ),
        pytest.param(
            b'{"text": "a',
            "is not JSON (column 10: unterminated string starting at)",
            id="cut off",
        ),
        pytest.param(b'["a"]', "is not a JSON object", id="array"),
        pytest.param(b"null", "is not a JSON object", id="null"),
        pytest.param(
            b'{"body": "a"}', "has no field 'text'; it has 'body'", id="no text"
        ),
        pytest.param(b'{"text": null}', "'text' is null", id="null text"),
        pytest.param(b'{"text": ["a"]}', "'text' is not a string", id="listed text"),
        pytest.param(
            b'{"text": "caf\xe9"}', "byte 0xE9 at position 14 is not UTF-8", id="byte"
        ),
        pytest.param(b'{"a":' * 10**6, DEEP, id="a million levels"),
        pytest.param(
            b'{"text": "a", "b": ' + b"[" * 200 + b"]" * 200 + b"}",
            DEEP,
            id="201 levels",
        ),
        pytest.param(
            b'{"text": "a", "n": ' + b"9" * 5000 + b"}",
            "holds a number of too many digits",
            id="long number",
        ),
    ],
)
def test_a_broken_line_costs_only_itself(line: bytes, reason: str) -> None:
    source = opened(line + b'\n{"text": "b"}\n')
    expected = [Fault(1, reason), Row(2, Comment("2", "b"), {"text": "b"})]
    assert list(source) == expected


def test_many_brackets_side_by_side_are_not_deep() -> None:
    source = opened(b'{"text": "' + b"[" * 999 + b'", "b": [' + b"[]," * 999 + b"[]]}")
    (row,) = source
    assert isinstance(row, Row)


@pytest.mark.parametrize(
    ("values", "arrow_type"),
    [
        pytest.param(['"a"', "null"], "string", id="strings"),
        pytest.param(["1", "null", "-5"], "int64", id="integers"),
        pytest.param(["true", "false"], "bool", id="truths"),
        pytest.param(["1", "2.5"], "float64", id="integers and floats"),
        pytest.param(["9223372036854775807", "1"], "int64", id="large integers"),
        pytest.param(
            ["9223372036854775807", "2.5"], "string", id="large integers and floats"
        ),
        pytest.param(["9223372036854775808"], "string", id="too large an integer"),
        pytest.param(["1", '"a"'], "string", id="mixed"),
        pytest.param(["true", "1"], "string", id="truths and integers"),
        pytest.param(["null"], "string", id="nothing but null"),
        pytest.param(["[1]", '{"a": 1}'], "string", id="nested"),
    ],
)
def test_a_column_has_the_type_that_holds_every_value(
    values: list[str], arrow_type: str
) -> None:
    lines = [f'{{"text": "a", "v": {value}}}\n' for value in values]
    source = opened("".join(lines).encode())
    assert source.columns() == [Column("text"), Column("v", arrow_type)]


def test_columns_are_of_every_row_and_reading_begins_anew() -> None:
    source = opened(b'{"text": "a"}\nbroken\n{"b": 1, "text": "c"}\n')
    assert source.columns() == [Column("text"), Column("b", "int64")]
    assert [row.number for row in source] == [1, 2, 3]
