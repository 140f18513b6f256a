from collections.abc import Callable
from pathlib import Path

from labels.comments import Comment
from labels.suites import SuiteCase, read_suites


def test_cases_carry_what_scoring_and_judging_need(
    write_tables: Callable[..., Path],
) -> None:
    folder = write_tables(
        [], [], [{"expected": "1", "part": "locked", "parent_text": "who wants tea?"}]
    )

    assert read_suites(folder / "suites") == [
        SuiteCase(
            suite="cases",
            comment=Comment("s1", "thank you all", parent_text="who wants tea?"),
            function="thanks",
            label="abuse",
            is_expected=True,
            is_locked=True,
        )
    ]


def test_a_folder_that_is_absent_holds_none(tmp_path: Path) -> None:
    assert read_suites(tmp_path / "absent") == []
