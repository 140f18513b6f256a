import pytest

from labels.comments import Comment
from model.quotations import find_quotations

_PARENT = "They were right to do it."


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param(f"@ann:\n\n{_PARENT}\n\nShame.", [_PARENT], id="parent's line"),
        pytest.param("> they lied\nNo.", ["> they lied"], id="marked line"),
        pytest.param("5 > 3, and that is all", [], id="a comparison"),
        pytest.param(">\nNo.", [], id="an empty mark"),
        pytest.param("They were right.", [], id="like the parent, in own words"),
    ],
)
def test_words_of_others_are_found(text: str, quoted: list[str]) -> None:
    comment = Comment("1", text, parent_text=_PARENT)

    found = [text[begin:end] for begin, end in find_quotations(comment)]

    assert found == quoted


def test_short_lines_that_recur_by_chance_are_the_authors_own() -> None:
    assert find_quotations(Comment("1", "Yes.", parent_text="Yes.")) == ()


def test_marked_quotations_merge_with_found_ones() -> None:
    comment = Comment("1", "> one two\nNo.", quotations=((2, 9),))

    assert find_quotations(comment) == ((0, 9),)


def test_quotations_beyond_the_text_are_clipped() -> None:
    assert find_quotations(Comment("1", "abc", quotations=((1, 9),))) == ((1, 3),)
