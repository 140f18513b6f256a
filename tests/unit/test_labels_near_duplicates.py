import pytest

from labels.near_duplicates import Alike, find_alike, near_duplicate_pairs

_TEXT = "the council has promised for years to mend the road behind the old mill"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(_TEXT, id="equal"),
        pytest.param(f"{_TEXT.upper()}!!!", id="case and punctuation"),
        pytest.param(f"{_TEXT} now", id="one word more"),
    ],
)
def test_near_duplicates_are_paired(other: str) -> None:
    assert near_duplicate_pairs([_TEXT, "something else", other]) == [(0, 2)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(_TEXT, "the road behind the old mill is fine", id="shared words"),
        pytest.param("well said", "well done", id="short"),
    ],
)
def test_comments_that_merely_share_words_are_not(first: str, second: str) -> None:
    assert near_duplicate_pairs([first, second]) == []


def test_short_comments_pair_where_they_are_equal() -> None:
    assert near_duplicate_pairs(["Well said!", "well said"]) == [(0, 1)]


def test_lone_surrogates_are_no_obstacle() -> None:
    text = f"{_TEXT} \ud800"

    assert near_duplicate_pairs([text, text.upper()]) == [(0, 1)]


def test_similarity_is_the_share_of_common_trigrams() -> None:
    """Of 13 and 12 trigrams 12 are common."""
    assert find_alike([f"{_TEXT} now", _TEXT]) == [Alike(0, 1, 12 / 13)]


def test_pairs_below_the_similarity_asked_for_are_left_out() -> None:
    half = "the council has promised for years to sweep the road behind the old mill"

    assert find_alike([_TEXT, half], 0.7) == []
    assert find_alike([_TEXT, half], 0.5) == [Alike(0, 1, 9 / 15)]


def test_texts_without_words_are_alike_where_they_are_equal() -> None:
    assert find_alike(["!!!", "???", " !!! "]) == [Alike(0, 2, 1.0)]
