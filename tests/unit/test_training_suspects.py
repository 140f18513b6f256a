from labels.comments import Comment
from labels.labelled import LabelledComment, shares_of
from training.rows import as_rows
from training.suspects import find_suspects

_PLACES = ("harbour", "market", "museum", "library", "station", "bakery", "garden")
_THINGS = ("ferry", "bench", "clock", "bridge", "lamp", "gate", "tram", "kiosk")


def _labelled(source: str = "gavel") -> list[LabelledComment]:
    """Comments that one word tells apart, but for the first and the last."""
    rows = []
    for number in range(56):
        place, thing = _PLACES[number % 7], _THINGS[number // 7]
        is_rude = number % 2 == 0
        word = "clod" if is_rude else "friend"
        text = f"you {word} of the {place} {thing}"
        shares = shares_of(abuse=float(is_rude), insult=0.0)
        rows.append(LabelledComment(Comment(str(number), text), source, shares))
    wrong = LabelledComment(
        Comment("wrong", "you clod of the orchard"), source, shares_of(abuse=0.0)
    )
    even = LabelledComment(
        Comment("even", "you clod of the meadow"), source, shares_of(abuse=0.5)
    )
    return [wrong, *rows, even]


def test_a_label_that_all_others_speak_against_is_the_worst() -> None:
    worst, *_ = find_suspects(as_rows(_labelled()), jobs=1)

    assert (worst.comment.id, worst.label, worst.said) == ("wrong", "abuse", 0)
    assert worst.score > 0.5


def test_even_votes_are_no_suspects() -> None:
    found = find_suspects(as_rows(_labelled()), jobs=1)

    assert "even" not in {one.comment.id for one in found}


def test_corpora_are_not_listed() -> None:
    assert find_suspects(as_rows(_labelled("elsewhere")), jobs=1) == []
