import pytest

from labels.thread_dates import is_date


@pytest.mark.parametrize(
    "line",
    [
        "Mar 4, 2013 - 6:12AM",
        "    Mar 4, 2013 - 6:12AM\r\n",
        "\tMar\u00a04,\u00a02013 - 6:12\u202fAM",
        "\u200eMar 4, 2013\u200f",
        "4 March 2013, 18:40",
        "2013-03-04 06:12",
        "2013-03-04T06:12:33Z",
        "March 4, 2013 at 6:12 am",
        "Mar 4, 6:12AM",
        "18:40, 4 March 2013",
        "Monday 4th of March 2013 6:12 p.m. PST",
        "Mon, 4 Mar 2013 06:12:00 +0500",
        "03/04/13, 6:12 PM",
        "4-Mar-2013 18:40",
        "Posted on Sept 4, 2013 | 18:40",
        "2 hours ago",
        "an hour ago",
        "3d ago",
        "yesterday at 6:12 pm",
    ],
)
def test_a_date_is_told_from_its_form(line: str) -> None:
    assert is_date(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Hammad",
        "May",
        "2013",
        "March 4",
        "18:40",
        "today",
        "Yesterday.",
        "1. Who guards the schools?",
        "On Mar 4, 2013 the road was closed.",
        "Mar 4, 2013 - 6:12AM I saw it myself",
        "Comment 12",
        "Mar 4, 2013 " + "x" * 10_000,
    ],
)
def test_other_lines_are_no_dates(line: str) -> None:
    assert not is_date(line)
