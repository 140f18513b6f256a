import math

import pytest

from labels.comments import Comment
from labels.labelled import LabelledComment, shares_of
from labels.tied_words import TiedWord, find_tied_words


def _rows(text: str, abuse: float | None, count: int) -> list[LabelledComment]:
    shares = shares_of(abuse=abuse)
    return [LabelledComment(Comment("1", text), "here", shares)] * count


def test_words_that_hardly_occur_elsewhere_are_listed_the_most_telling_first() -> None:
    rows = [
        *_rows("The Tigers, the TIGERS and clods", 1.0, 9),
        *_rows("rare clods", 1.0, 6),
        *_rows("the Tigers played and", 0.0, 1),
        *_rows("and the tea", 0.0, 9),
    ]

    found = find_tied_words(rows, "abuse")

    assert [(one.word, one.comments, one.positives) for one in found] == [
        ("clods", 15, 15),
        ("tigers", 10, 9),
        ("rare", 6, 6),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(_rows("clods", 1.0, 4), id="in too few comments"),
        pytest.param(
            _rows("clods", 1.0, 8) + _rows("clods", 0.0, 1), id="too often without"
        ),
        pytest.param(_rows("clods", None, 9), id="label unknown"),
    ],
)
def test_words_that_are_not_tied(rows: list[LabelledComment]) -> None:
    assert find_tied_words(rows, "abuse") == []


def test_the_log_odds_are_those_of_the_formula() -> None:
    """Positives: a 2, b 2; negatives: b 4; the prior is both together."""
    rows = _rows("a b", 1.0, 2) + _rows("b", 0.0, 4)
    with_word, without = math.log(4 / 8), math.log(2 / 10)
    expected = (with_word - without) / math.sqrt(1 / 4 + 1 / 2)

    (found,) = find_tied_words(rows, "abuse", least_comments=2)

    assert found == TiedWord("a", 2, 2, found.log_odds)
    assert found.log_odds == pytest.approx(expected)
