import pytest

from labels.comments import Comment
from labels.conflicts import Conflict, find_conflicts
from labels.labelled import LabelledComment, shares_of


def _row(name: str, source: str, abuse: float | None) -> LabelledComment:
    return LabelledComment(
        Comment(name, f"{name[0]} quiet day"), source, shares_of(abuse=abuse)
    )


def test_a_text_with_two_labels_is_listed_with_every_row() -> None:
    rows = [_row("a1", "here", 1.0), _row("a2", "there", 0.4), _row("b1", "here", 0.0)]

    assert find_conflicts(rows) == [Conflict("abuse", rows[:2])]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [_row("a1", "here", 1.0), _row("a2", "there", 0.5)], id="the same label"
        ),
        pytest.param(
            [_row("a1", "here", 1.0), _row("a2", "there", None)], id="one is unknown"
        ),
        pytest.param(
            [_row("a1", "here", 1.0), _row("a2", "here", 0.0)], id="one source alone"
        ),
        pytest.param(
            [_row("a1", "here", 1.0), _row("b1", "there", 0.0)], id="another text"
        ),
    ],
)
def test_what_is_no_conflict(rows: list[LabelledComment]) -> None:
    assert find_conflicts(rows) == []


def test_texts_are_compared_without_case_and_marks() -> None:
    loud = LabelledComment(Comment("1", "Go. HOME!"), "here", shares_of(insult=1.0))
    calm = LabelledComment(Comment("2", "go home"), "there", shares_of(insult=0.0))

    assert find_conflicts([loud, calm]) == [Conflict("insult", [loud, calm])]
