import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.csv_records import MOST_CHARACTERS, Record, read_records
from labels.rows import Fault

STRAY = "a quotation mark is stray or is never closed"


def records(*lines: str, delimiter: str = ",") -> list[Record | Fault]:
    """Return the records after the header ``id,text``."""
    header = f"id{delimiter}text\n"
    return list(read_records(iter([header, *lines]), delimiter=delimiter))[1:]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["1,a\n"], [Record(2, ["1", "a"])], id="plain"),
        pytest.param(["1,a"], [Record(2, ["1", "a"])], id="no line end"),
        pytest.param(["1,\n"], [Record(2, ["1", ""])], id="blank cell"),
        pytest.param(['1,"a, ""b"""\n'], [Record(2, ["1", 'a, "b"'])], id="quoted"),
        pytest.param(['1,a "b" c\n'], [Record(2, ["1", 'a "b" c'])], id="inner marks"),
        pytest.param(['1,"a\x00"\n'], [Record(2, ["1", "a\x00"])], id="NUL"),
        pytest.param(
            ['1,"a\r\n', "\n", 'b"\r\n', "2,c\r\n"],
            [Record(2, ["1", "a\r\n\nb"]), Record(5, ["2", "c"])],
            id="several lines",
        ),
        pytest.param(
            ["\n", "1,a\n", "\r\n", "2,b\n"],
            [Record(3, ["1", "a"]), Record(5, ["2", "b"])],
            id="blank lines",
        ),
    ],
)
def test_a_record_has_the_number_of_its_first_line(
    lines: list[str], expected: list[Record | Fault]
) -> None:
    assert records(*lines) == expected


def test_tabs_part_the_fields_of_a_tsv() -> None:
    expected = [Record(2, ["1", "a, b"]), Record(3, ["2", "c\td"])]
    assert records("1\ta, b\n", '2\t"c\td"\n', delimiter="\t") == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("1\n", "has 1 field where the header has 2", id="too few"),
        pytest.param("1,a,b\n", "has 3 fields where the header has 2", id="too many"),
        pytest.param('1,"a\n', STRAY, id="never closed"),
        pytest.param('1,"a"b\n', STRAY, id="closed too early"),
        pytest.param('"1,a\n', STRAY, id="never closed in the first column"),
        pytest.param('1,"a"",\n', STRAY, id="doubled by mistake"),
        pytest.param(
            "1,caf\udce9\n", "byte 0xE9 at position 6 is not UTF-8", id="bad byte"
        ),
    ],
)
def test_a_broken_line_costs_only_itself(line: str, reason: str) -> None:
    expected = [Record(2, ["0", "x"]), Fault(3, reason), Record(4, ["2", "y"])]
    assert records("0,x\n", line, "2,y\n") == expected


def test_a_mark_that_closes_at_a_later_line_costs_only_its_own() -> None:
    lines = ['1,"a\n', "2,b\n", '3,"c"\n', "4,d\n"]
    expected = [
        Fault(2, STRAY),
        Record(3, ["2", "b"]),
        Record(4, ["3", "c"]),
        Record(5, ["4", "d"]),
    ]
    assert records(*lines) == expected


def test_a_record_of_several_lines_with_too_many_fields_is_read_again() -> None:
    lines = ['1,"a\n', '2,b",c\n', "3,d\n"]
    expected = [
        Fault(2, "has 3 fields over 2 lines where the header has 2"),
        Fault(3, "has 3 fields where the header has 2"),
        Record(4, ["3", "d"]),
    ]
    assert records(*lines) == expected


def test_a_bad_byte_in_a_later_line_of_a_record_is_placed() -> None:
    expected = [
        Fault(2, "byte 0xFF at position 1 is not UTF-8 (line 3)"),
        Record(4, ["2", "c"]),
    ]
    assert records('1,"a\n', '\udcffb"\n', "2,c\n") == expected


def test_a_last_record_that_is_cut_off_is_a_fault() -> None:
    expected = [Record(2, ["1", "a"]), Fault(3, STRAY)]
    assert records("1,a\n", '2,"b') == expected


def test_text_of_megabytes_is_a_record() -> None:
    text = "a" * 3 * 2**20
    assert records(f"1,{text}\n") == [Record(2, ["1", text])]


def test_a_record_of_several_lines_has_a_longest_length() -> None:
    line = "b" * 2**20 + "\n"
    lines = ['1,"a\n', *[line] * (MOST_CHARACTERS // 2**20 + 1), '"\n']
    assert records(*lines)[0] == Fault(2, STRAY)


@given(st.lists(st.text('a",', max_size=8)))
def test_any_lines_are_records_and_faults_in_order(texts: list[str]) -> None:
    found = records(*(text + "\n" for text in texts))
    assert [one.number for one in found] == sorted({one.number for one in found})


def test_lines_are_read_no_further_than_a_record_needs() -> None:
    taken = []

    def lines() -> Iterator[str]:
        for line in ("id,text\n", '1,"a\n', 'b"\n', "2,c\n"):
            taken.append(line)
            yield line

    read = read_records(lines())
    assert [next(read), next(read)] == [
        Record(1, ["id", "text"]),
        Record(2, ["1", "a\nb"]),
    ]
    assert taken == ["id,text\n", '1,"a\n', 'b"\n']


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        pytest.param(
            ['1,"stray mark\n', *["2,some plain text\n"] * 99] * 1_000,
            (99_000, 1_000),
            id="every hundredth line opens a field",
        ),
        pytest.param(
            ['a",b,"c\n'] * 50_000, (0, 50_000), id="every line closes and opens one"
        ),
        pytest.param(
            ['1,"a\n', *['2,x""y\n'] * 100_000],
            (100_000, 1),
            id="marks that never close one",
        ),
    ],
)
def test_many_stray_marks_take_no_longer_than_their_size_asks(
    lines: list[str], counts: tuple[int, int]
) -> None:
    begin = time.process_time()
    found = records(*lines)
    seconds = time.process_time() - begin

    good = sum(isinstance(one, Record) for one in found)
    assert (good, len(found) - good) == counts
    # A tenth of it is usual; a time that grows as the square would be minutes.
    assert seconds < 20
