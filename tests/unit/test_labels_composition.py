from labels.comments import Comment
from labels.composition import Subset, compose, count_labels, length_band
from labels.labelled import LabelledComment, shares_of

_ROWS = [
    LabelledComment(Comment("1", "one"), "here", shares_of(abuse=1.0, insult=0.4)),
    LabelledComment(Comment("2", "two"), "here", shares_of(abuse=0.5)),
    LabelledComment(Comment("3", "three"), "there", shares_of(abuse=0.0)),
]


def test_a_label_counts_from_half_of_the_votes_on() -> None:
    assert count_labels(_ROWS)[:3] == [(3, 2), (0, 0), (1, 0)]


def test_subsets_come_by_size() -> None:
    named = [("tea", _ROWS[0]), ("sport", _ROWS[1]), ("sport", _ROWS[2])]

    assert compose(named) == [
        Subset("sport", 2, [1, 0, 0, 0, 0, 0, 0]),
        Subset("tea", 1, [1, 0, 0, 0, 0, 0, 0]),
    ]


def test_the_longest_comments_share_a_band() -> None:
    assert length_band("word " * 81) == length_band("word " * 900) == "81 words or more"
