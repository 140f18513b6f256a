"""Reads functional suites: cases that test one thing each, and are never trained on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labels.comments import Comment
from labels.own import read_own_table

SUITES: Final = Path(__file__).parent / "suites"

SUITE_COLUMNS: Final = (
    "id",
    "function",
    "tests",
    "ideology",
    "text",
    "parent_text",
    "label",
    "expected",
    "part",
)

OPEN: Final = "open"
LOCKED: Final = "locked"


@dataclass(frozen=True, slots=True)
class SuiteCase:
    """One case of a suite.

    Attributes:
        suite: the name of its file, without the ending.
        comment: what is scored.
        function: what the case and its neighbours have in common.
        label: the label that is judged.
        is_expected: whether that label holds.
        is_locked: errors of such cases are counted and not read.
    """

    suite: str
    comment: Comment
    function: str
    label: str
    is_expected: bool
    is_locked: bool


def suite_files(folder: Path = SUITES) -> list[Path]:
    """Return the suites in a folder, by name; none if there is no such folder."""
    return sorted(folder.glob("*.csv"))


def read_suites(folder: Path = SUITES) -> list[SuiteCase]:
    """Read every case of every suite in a folder.

    Raises:
        InputError: if a table lacks a column, or a row of it is broken.
    """
    return [case for path in suite_files(folder) for case in read_suite(path)]


def read_suite(path: Path) -> list[SuiteCase]:
    """Read every case of one suite; ``gavel labels validate`` says what is wrong.

    Raises:
        InputError: if the table lacks a column, or a row of it is broken.
    """
    return [
        SuiteCase(
            suite=path.stem,
            comment=Comment(
                row["id"], row["text"], parent_text=row["parent_text"] or None
            ),
            function=row["function"],
            label=row["label"],
            is_expected=row["expected"] == "1",
            is_locked=row["part"] == LOCKED,
        )
        for row in read_own_table(path, SUITE_COLUMNS)
    ]
