import numpy as np
import pytest

from labels.comments import Comment
from labels.labelled import LabelledComment, shares_of
from labels.schema import LABELS
from training.left_out import group_of, judge_left_out
from training.rows import as_rows

_PLACES = ("harbour", "market", "museum", "library", "station", "bakery", "garden")
_THINGS = ("ferry", "bench", "clock", "bridge", "lamp", "gate", "tram", "kiosk")


def _rows(
    source: str,
    *,
    label: str = "abuse",
    words: tuple[str, str] = ("friend", "clod"),
    place: str = "by the",
) -> list[LabelledComment]:
    """Comments that one of two words tells apart; the second is the rude one."""
    rows = []
    for number in range(56):
        thing = f"{_PLACES[number % 7]} {_THINGS[number // 7]}"
        text = f"you {words[number % 2]} {place} {thing}"
        shares = shares_of(**{label: float(number % 2)})
        rows.append(LabelledComment(Comment(str(number), text), source, shares))
    return rows


def test_corpora_of_one_origin_are_one_group() -> None:
    assert group_of("context_toxicity") == group_of("jigsaw_toxic") == "Wikipedia"
    assert group_of("gab") == "gab"


def test_a_group_learns_nothing_from_itself() -> None:
    # Its own rows would outvote ours, which teach the reverse.
    rows = [
        *_rows("gavel", words=("clod", "friend")),
        *_rows("jigsaw_toxic", place="near the"),
        *_rows("context_toxicity", place="at the"),
    ]

    (found,) = judge_left_out(as_rows(rows), ["jigsaw_toxic"], jobs=1)

    assert (found.group, found.n, found.positives) == ("Wikipedia", 112, 56)
    assert found.trained_on == 56
    assert (found.roc_auc, found.plain_roc_auc) == (0, 0)


def test_a_group_learns_from_the_other_groups() -> None:
    rows = [
        *_rows("gavel", words=("pal", "lump")),
        *_rows("jigsaw_toxic", place="near the"),
        *_rows("cad", place="over the"),
    ]

    found = judge_left_out(as_rows(rows), ["jigsaw_toxic", "cad"], jobs=1)

    assert [(one.group, one.trained_on, one.roc_auc) for one in found] == [
        ("Wikipedia", 112, 1),
        ("cad", 112, 1),
    ]


def test_a_group_is_judged_on_the_label_that_it_knows() -> None:
    rows = [
        *_rows("gavel"),
        *_rows("gavel", label="identity_attack", place="over the"),
        *_rows("gab", label="identity_attack", place="near the"),
        *_rows("surge", place="at the"),
    ]

    found = judge_left_out(as_rows(rows), [], jobs=1)

    assert {(one.group, one.label) for one in found} == {
        ("gab", "identity_attack"),
        ("surge", "abuse"),
    }
    assert [one.roc_auc for one in found] == [1, 1]


def test_copies_of_a_judged_comment_teach_nothing() -> None:
    rows = [*_rows("gavel"), *_rows("surge")[:30]]

    (found,) = judge_left_out(as_rows(rows), [], jobs=1)

    assert found.trained_on == 56 - 30


def test_held_out_rows_and_other_corpora_teach_nothing() -> None:
    surge, edos = _rows("surge", place="at the"), _rows("edos", place="over the")
    rows = as_rows([*_rows("gavel"), *surge, *edos])
    rows.is_held_out[:6] = True

    found = judge_left_out(rows, [], jobs=1)

    assert [(one.group, one.trained_on) for one in found] == [
        ("surge", 50),
        ("edos", 50),
    ]


@pytest.mark.parametrize("known", [None, 1.0], ids=["no label", "one class"])
def test_a_group_without_both_classes_is_passed_over(known: float | None) -> None:
    rows = as_rows([*_rows("gavel"), *_rows("surge", place="at the")])
    rows.shares[56:, LABELS.index("abuse")] = np.nan if known is None else known

    assert judge_left_out(rows, [], jobs=1) == []
