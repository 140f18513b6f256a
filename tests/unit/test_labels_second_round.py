from collections.abc import Callable
from pathlib import Path

from labels.second_round import (
    JudgedTwice,
    RuleDisagreement,
    disagreements_by_rule,
    read_judged_twice,
)

_BLANK = (None,) * 6


def _judged(name: str, rule: str, first: int | None, second: int | None) -> JudgedTwice:
    return JudgedTwice(name, rule, [(first, *_BLANK), (second, *_BLANK)])


def test_comments_of_both_rounds_are_read_without_adjudication(
    write_tables: Callable[..., Path],
) -> None:
    folder = write_tables(
        [],
        [
            {"annotator": "a2", "round": "2", "rule": "A1", "abuse": "1"},
            {"rule": "N-critic", "abuse": "0"},
            {"annotator": "a3", "round": "3", "rule": "A1", "abuse": "1"},
            {"comment_id": "c2", "abuse": "1"},
        ],
    )

    assert read_judged_twice(folder) == [
        JudgedTwice("c1", "N-critic", [[0, *_BLANK], [1, *_BLANK]])
    ]


def test_disagreements_are_counted_by_rule_worst_first() -> None:
    judged = [
        _judged("c1", "A1", 1, 1),
        _judged("c2", "A1", 1, 0),
        _judged("c3", "N-critic", 0, 1),
        _judged("c4", "N-critic", 0, 1),
        _judged("c5", "none", 0, 0),
        _judged("c6", "none", 1, None),
    ]

    assert disagreements_by_rule(judged) == [
        RuleDisagreement("N-critic", 2, 2, {"abuse": 2}),
        RuleDisagreement("A1", 2, 1, {"abuse": 1}),
    ]
