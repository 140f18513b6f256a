import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from labels.foreign_values import to_plain


@pytest.mark.parametrize("value", [None, "a", 1, 0.5, True, [1], {"a": 1}], ids=repr)
def test_what_json_has_is_unchanged(value: object) -> None:
    assert to_plain(value) is value


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        pytest.param(pa.array([[1, None]]), [1, None], id="list"),
        pytest.param(pa.array([{"a": 1}]), {"a": 1}, id="struct"),
        pytest.param(pa.array([Decimal("1.20")]), "1.20", id="decimal"),
        pytest.param(pa.array([datetime.date(2013, 3, 4)]), "2013-03-04", id="date"),
        pytest.param(pa.array([datetime.time(6, 12)]), "06:12:00", id="time"),
        pytest.param(
            pa.array([1_362_377_520], pa.timestamp("s", "UTC")),
            "2013-03-04T06:12:00+00:00",
            id="moment",
        ),
        pytest.param(
            pa.array([1_362_377_520_000_000_001], pa.timestamp("ns")),
            "2013-03-04 06:12:00.000000001",
            id="nanoseconds",
        ),
        pytest.param(
            pa.array([1_362_377_520_000_000_000], pa.timestamp("ns")),
            "2013-03-04T06:12:00",
            id="whole microseconds, counted in nanoseconds",
        ),
        pytest.param(
            pa.array([1], pa.duration("ns")), "1", id="a nanosecond's duration"
        ),
        pytest.param(
            pa.array([86_400 * 10**9], pa.duration("ns")),
            "1 day, 0:00:00",
            id="a day's duration",
        ),
        pytest.param(pa.array([b"a"]), "a", id="bytes that are text"),
        pytest.param(pa.array([b"\xff"]), "/w==", id="other bytes"),
        pytest.param(pa.nulls(1, pa.date32()), None, id="null"),
    ],
)
def test_a_foreign_value_is_said_in_json(array: pa.Array, expected: object) -> None:
    assert to_plain(array) == expected
