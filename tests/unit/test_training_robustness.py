import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from labels.comments import Comment
from labels.labelled import LabelledComment, shares_of
from labels.schema import LABELS
from labels.suites import SuiteCase
from training.attacks import Attack
from training.robustness import CORPUS_CASES, Case, choose_cases, measure_evasion


class _FlagsClods:
    """Flags abuse, and nothing else, where somebody is called a clod."""

    def scores(self, comments: Sequence[Comment]) -> NDArray[np.float64]:
        scores = np.zeros((len(comments), len(LABELS)))
        scores[:, 0] = ["clod" in one.text for one in comments]
        return scores

    def flags(self, comments: Sequence[Comment]) -> NDArray[np.bool_]:
        return self.scores(comments) > 0


def _case(text: str, *, is_expected: bool = True) -> Case:
    return Case(Comment("", text), "abuse", is_expected)


_SHOUT = Attack("shouted", True, lambda text, _: text.replace("you clod", "YOU CLOD"))


def test_what_is_left_is_a_share_of_what_was_caught_clean() -> None:
    cases = [_case("you clod"), _case("my, you clod"), _case("a clod"), _case("you")]

    result = measure_evasion(_FlagsClods(), cases, [_SHOUT])

    assert (result.positives, result.caught) == (4, 3)
    assert result.left == {"shouted": pytest.approx(1 / 3)}
    assert result.left_by_label == {"abuse": {"shouted": pytest.approx(1 / 3)}}


def test_false_positives_are_counted_on_clean_text() -> None:
    cases = [
        _case("you clod"),
        _case("a clod of earth", is_expected=False),
        _case("good soil", is_expected=False),
    ]

    result = measure_evasion(_FlagsClods(), cases, [_SHOUT])

    assert (result.negatives, result.false_positives) == (2, 0.5)


def test_harmless_comments_are_disguised_too() -> None:
    clodded = Attack("clodded", False, lambda text, _: f"{text} clod")

    result = measure_evasion(
        _FlagsClods(), [_case("good soil", is_expected=False)], [clodded]
    )

    assert (result.false_positives, result.flagged_disguised) == (0, {"clodded": 1})


def test_nothing_is_left_to_say_where_nothing_was_caught() -> None:
    result = measure_evasion(_FlagsClods(), [_case("you")], [_SHOUT])

    assert math.isnan(result.left["shouted"])


def _row(
    text: str, abuse: float, *, source: str = "gavel", is_held_out: bool = False
) -> LabelledComment:
    return LabelledComment(
        Comment(text, text), source, shares_of(abuse=abuse), is_held_out=is_held_out
    )


def test_of_our_own_only_the_test_split_is_taken_and_no_tie() -> None:
    own = [
        _row("tested", 1.0, is_held_out=True),
        _row("learnt from", 1.0),
        _row("undecided", 0.5, is_held_out=True),
    ]

    cases = choose_cases(own, [], [])

    assert [case.comment.text for case in cases] == ["tested"]


def test_no_locked_case_is_taken() -> None:
    suites = [
        SuiteCase("check", Comment(str(is_locked), "x"), "f", "abuse", True, is_locked)
        for is_locked in (True, False)
    ]

    assert [case.comment.id for case in choose_cases([], suites, [])] == ["False"]


def test_some_of_each_corpus_are_drawn_alike_in_every_run() -> None:
    corpora = [_row(f"{number}", 1.0, source="corpus") for number in range(80)]

    drawn = choose_cases([], [], corpora, seed=4)

    assert len({case.comment.text for case in drawn}) == CORPUS_CASES
    assert drawn == choose_cases([], [], corpora, seed=4)
    assert drawn != choose_cases([], [], corpora, seed=5)
