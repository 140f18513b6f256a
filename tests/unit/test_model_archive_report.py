import pytest

from labels.rows import Fault
from model.archive_report import Report


@pytest.mark.parametrize(
    ("scored", "faults", "lines"),
    [
        pytest.param(3, 0, [], id="none left out"),
        pytest.param(
            1, 1, ["line 0: broken", "scored 1 row, left out 1"], id="one of two"
        ),
        pytest.param(
            999_999,
            52,
            [
                *(f"line {number}: broken" for number in range(50)),
                "… and 2 more",
                "scored 999,999 rows, left out 52",
            ],
            id="more than are listed",
        ),
    ],
)
def test_a_report_lists_what_was_left_out(
    scored: int, faults: int, lines: list[str]
) -> None:
    report = Report("line", scored=scored)
    for number in range(faults):
        report.add(0, [Fault(number, "broken")])
    assert report.lines() == lines
