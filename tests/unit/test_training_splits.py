import numpy as np

from labels.comments import Comment
from labels.labelled import LabelledComment
from training.rows import Rows, as_rows
from training.splits import FOLDS, HELD_OUT, assign_folds


def _rows(*labelled: LabelledComment) -> Rows:
    return as_rows(labelled)


def _lone(count: int) -> list[LabelledComment]:
    return [
        LabelledComment(Comment(str(number), f"remark {number} {number**3}"), "here")
        for number in range(count)
    ]


def test_the_order_of_rows_is_no_matter() -> None:
    labelled = _lone(50)

    forward, backward = (
        assign_folds(_rows(*labelled)),
        assign_folds(_rows(*reversed(labelled))),
    )

    assert forward.tolist() == backward[::-1].tolist()


def test_lone_rows_fill_every_fold() -> None:
    assert set(assign_folds(_rows(*_lone(100)))) == set(range(FOLDS))


def test_near_duplicates_share_a_fold_across_sources() -> None:
    words = "the bridge over the river has been closed since the flood of last week"
    twins = [
        LabelledComment(Comment("a", words), "here"),
        LabelledComment(Comment("b", f"{words.upper()}!!"), "there"),
        LabelledComment(Comment("c", f"{words} again"), "there"),
    ]

    folds = assign_folds(_rows(*_lone(30), *twins))

    assert len(set(folds[-3:])) == 1


def test_pairs_share_a_fold() -> None:
    pairs = [
        LabelledComment(Comment(f"{pair}{side}", f"{pair} {side} words"), "here")
        for pair in range(20)
        for side in ("left", "right")
    ]
    grouped = [
        LabelledComment(row.comment, row.source, group=f"pair {place // 2}")
        for place, row in enumerate(pairs)
    ]

    folds = assign_folds(_rows(*grouped))

    assert folds[::2].tolist() == folds[1::2].tolist()


def test_reply_chain_shares_a_fold() -> None:
    chain = [
        LabelledComment(
            Comment(str(link), f"remark {link}", parent_id=str(link - 1)), "here"
        )
        for link in range(1, 20)
    ]

    folds = assign_folds(_rows(LabelledComment(Comment("0", "first"), "here"), *chain))

    assert len(set(folds)) == 1


def test_group_with_one_row_held_out_is_held_out_whole() -> None:
    text = "we met at the old mill by the river and talked until the sun went down"
    held_out = LabelledComment(Comment("a", text), "here", is_held_out=True)
    twin = LabelledComment(Comment("b", f"{text}."), "there")

    folds = assign_folds(_rows(held_out, twin))

    np.testing.assert_array_equal(folds, [HELD_OUT, HELD_OUT])
