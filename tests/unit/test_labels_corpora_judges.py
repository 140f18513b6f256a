"""What the cells of a published row mean for our labels."""

import pytest

from labels.corpora.judges import LeftOutError, by_value, one_or_zero

_JUDGE = by_value(
    {
        "cruel": {**one_or_zero("abuse"), "n/a": {}},
        "vile": {**one_or_zero("abuse"), "skipped": None},
    }
)


@pytest.mark.parametrize(
    ("cruel", "vile", "shares"),
    [
        ("0", "0", {"abuse": 0.0}),
        ("1", "0", {"abuse": 1.0}),
        ("0", " 1 ", {"abuse": 1.0}),
        ("n/a", "0", {"abuse": 0.0}),
    ],
    ids=["none", "first", "second, between blanks", "one says nothing"],
)
def test_largest_share_of_a_label_counts(
    cruel: str, vile: str, shares: dict[str, float]
) -> None:
    assert _JUDGE.shares({"cruel": cruel, "vile": vile}) == shares


@pytest.mark.parametrize(
    ("vile", "reason"),
    [("skipped", "vile is skipped"), ("somebody's words", r"label unknown \(vile\)")],
    ids=["a value to leave out", "an unknown value, which is not shown"],
)
def test_row_that_says_nothing_is_left_out(vile: str, reason: str) -> None:
    with pytest.raises(LeftOutError, match=f"^{reason}$"):
        _JUDGE.shares({"cruel": "0", "vile": vile})


def test_judge_names_the_columns_it_looks_at() -> None:
    assert _JUDGE.columns == ("cruel", "vile")
