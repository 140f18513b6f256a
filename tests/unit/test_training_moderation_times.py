from datetime import date

import numpy as np
import pytest

from training.moderation.periods import periods, shown_period
from training.moderation.written_times import DayOrder, Unread, day_of

FOURTH = date(2013, 3, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2013-03-04",
        "2013-03-04T06:12:00Z",
        "2013-03-04T23:59:59-08:00",
        "2013/3/4 06:12",
        "2013.03.04",
        "20130304",
        "20130304T061200Z",
        "Mar 4, 2013 - 6:12AM",
        "Posted on Monday, March 4th, 2013 at 6:12 am",
        "4 March 2013, 06:12",
        "04-Mar-2013",
        "4th of March, 2013",
        "Mon Mar 04 06:12:00 +0000 2013",
        "Mon Mar 4 06:12:00 UTC 2013",
        "Mon, 04 Mar 2013 06:12:00 GMT",
        "\u200eMar 4, 2013",
        "1362377520",
        "1362377520000",
        "1362377520.5",
        "3/4/2013 6:12 AM",
    ],
)
def test_a_time_names_its_day_as_it_stands(written: str) -> None:
    assert day_of(written, DayOrder.MONTH_FIRST) == FOURTH


@pytest.mark.parametrize(
    ("written", "order", "expected"),
    [
        pytest.param("25/12/2013", DayOrder.UNKNOWN, date(2013, 12, 25), id="over 12"),
        pytest.param("12-25-2013", DayOrder.UNKNOWN, date(2013, 12, 25), id="second"),
        pytest.param("04.04.2013", DayOrder.UNKNOWN, date(2013, 4, 4), id="the same"),
        pytest.param("03/04/2013", DayOrder.UNKNOWN, Unread.AMBIGUOUS, id="either"),
        pytest.param("03/04/2013", DayOrder.DAY_FIRST, date(2013, 4, 3), id="told"),
        pytest.param("25/12/2013", DayOrder.MONTH_FIRST, date(2013, 12, 25), id="only"),
    ],
)
def test_digits_are_read_where_only_one_reading_is_left(
    written: str, order: DayOrder, expected: date | Unread
) -> None:
    assert day_of(written, order) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2 hours ago", Unread.RELATIVE),
        ("Yesterday at 6:12", Unread.RELATIVE),
        ("soon", Unread.UNREADABLE),
        ("2013-02-30", Unread.UNREADABLE),
        ("0001-01-01", Unread.UNREADABLE),
        ("9999-12-31", Unread.UNREADABLE),
        ("6:12", Unread.UNREADABLE),
        ("Mar 4", Unread.UNREADABLE),
        ("99999999999999999999", Unread.UNREADABLE),
        ("31/31/2013", Unread.UNREADABLE),
        ("x" * 100_000 + " 2013-03-04", Unread.UNREADABLE),
    ],
)
def test_what_names_no_day_is_told_apart_by_why(written: str, expected: Unread) -> None:
    assert day_of(written) == expected


@pytest.mark.parametrize(
    ("days", "unit", "begins"),
    [
        pytest.param(
            ["2013-03-04", "2013-03-06"],
            "day",
            ["2013-03-04", "2013-03-05", "2013-03-06"],
            id="days, the empty one too",
        ),
        pytest.param(
            ["2013-03-06", "2013-05-10"],
            "week",
            ["2013-03-04", *(f"2013-03-{day}" for day in (11, 18, 25))],
            id="weeks from Monday on",
        ),
        pytest.param(
            ["2012-12-31", "2015-02-28"],
            "month",
            ["2012-12", "2013-01", "2013-02", "2013-03"],
            id="months over years",
        ),
    ],
)
def test_the_span_decides_the_period(
    days: list[str], unit: str, begins: list[str]
) -> None:
    by_day = {date.fromisoformat(day): np.array([2, 1]) for day in days}

    found, counts = periods(by_day)

    shown = [shown_period(begin, found) for begin in counts]
    assert (found, shown[: len(begins)]) == (unit, begins)
    assert sum(counts.values()).tolist() == [4, 2]  # type: ignore[union-attr]
