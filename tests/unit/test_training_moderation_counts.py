import random

import pytest

from labels.comments import Comment
from labels.rows import Row
from training.moderation.archive import PlacedRow
from training.moderation.groups import Group, GroupCounts
from training.moderation.shares import interval, precision_at
from training.moderation.worst import Kept, Worst


def kept(position: int, text: str, score: float) -> Kept:
    row = Row(position, Comment(str(position), text), {})
    placed = PlacedRow(0, row, None, None, None, None)
    return Kept(position, placed, (score,) * 7, 2, "v1", ("abuse",))


@pytest.mark.parametrize("most_held", [3, 100_000], ids=["on disk", "in memory"])
def test_groups_are_counted_exactly_wherever_they_lie(most_held: int) -> None:
    drawn = random.Random(0)  # noqa: S311 - nothing is kept secret
    rows = [(f"reader {drawn.randrange(40)}", drawn.randrange(3)) for _ in range(900)]

    with GroupCounts(most_held=most_held) as counts:
        for name, action in rows:
            counts.add(name, action)
        counts.add(" ", 2)
        counts.add(None, 2)
        top, sizes, unnamed = counts.top(5), counts.sizes(), counts.unnamed

    expected = [
        Group(
            name,
            sum(one == name for one, _ in rows),
            rows.count((name, 1)),
            rows.count((name, 2)),
        )
        for name in sorted({name for name, _ in rows})
    ]
    expected.sort(key=lambda one: (-one.asked, -one.hold, one.total, one.name))
    assert (top, sizes, unnamed) == (expected[:5], (40, 40), 2)


def test_a_group_that_asks_for_nothing_is_not_listed() -> None:
    with GroupCounts() as counts:
        counts.add("ann", 0)
        assert (counts.top(5), counts.sizes()) == ([], (1, 0))


def test_a_name_that_utf_8_lacks_is_counted_too() -> None:
    with GroupCounts() as counts:
        counts.add("\ud800", 2)
        assert counts.top(1) == [Group("\ud800", 1, 0, 1)]


def test_the_highest_are_kept_and_the_earliest_of_equals() -> None:
    worst = Worst(2)
    for position, score in enumerate([0.5, 0.9, 0.7, 0.9, 0.7], start=1):
        worst.offer((score,), kept(position, f"text {position}", score))

    assert [one.position for one in worst.ordered()] == [2, 4]


def test_copies_take_one_place_and_are_counted() -> None:
    worst, both = Worst(2), Worst(1)
    for position, (text, score) in enumerate(
        [("a", 0.9), ("b", 0.8), ("a", 0.9), ("c", 0.7), ("a", 0.9)], start=1
    ):
        one = kept(position, text, score)
        worst.offer((score,), one)
        both.offer((score,), one)

    found = [(one.position, one.copies) for one in worst.ordered()]
    assert found == [(1, 3), (2, 1)]
    assert [one.copies for one in both.ordered()] == [3]


def test_texts_that_were_blanked_are_no_copies() -> None:
    worst = Worst(3)
    for position in (1, 2):
        worst.offer((0.9,), kept(position, " ", 0.9))

    assert [one.copies for one in worst.ordered()] == [1, 1]


def test_none_is_kept_where_none_is_wanted() -> None:
    worst = Worst(0)
    worst.offer((0.9,), kept(1, "a", 0.9))

    assert worst.ordered() == []


def test_an_interval_widens_with_how_many_were_looked_at() -> None:
    low, high = interval(40, 150)
    wide_low, wide_high = interval(40, 150, looks=667)

    assert wide_low < low < 40 / 150 < high < wide_high


def test_precision_falls_where_the_label_is_rarer_and_stays_where_it_is_not() -> None:
    assert precision_at(0.6, assumed=0.2, base_rate=0.2) == pytest.approx(0.6)
    assert precision_at(0.6, assumed=0.2, base_rate=0.01) < 0.06
