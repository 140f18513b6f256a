"""Reads functional suites of others: any table of functions, cases and gold labels."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labels.errors import InputError
from labels.readers import open_comments
from labels.rows import Fault

FUNCTION_COLUMNS: Final = ("function", "functionality")
CASE_COLUMNS: Final = ("text", "test_case", "case", "case_text", "comment")
GOLD_COLUMNS: Final = ("label_gold", "gold_label", "gold", "label", "expected")

_MOST_NAMES: Final = 5

_POSITIVE: Final = frozenset(
    {"1", "1.0", "true", "yes", "hateful", "hate", "abusive", "abuse", "toxic"}
    | {"offensive", "flag", "flagged", "positive"}
)
_NEGATIVE: Final = frozenset(
    {"0", "0.0", "false", "no", "non-hateful", "not hateful", "nothate", "non-hate"}
    | {"not-hate", "none", "neutral", "normal", "non-toxic", "not abusive", "benign"}
    | {"non-abusive", "non-offensive", "negative", "non-hateful contrast"}
)


@dataclass(frozen=True, slots=True)
class ForeignCase:
    """One case of somebody's suite: gold is whether it should be flagged."""

    id: str
    function: str
    text: str
    is_expected: bool


@dataclass(frozen=True, slots=True)
class ForeignSuite:
    """A suite, and what of it cannot be judged.

    Attributes:
        name: of its file, without the ending.
        cases: what can be judged.
        unknown: gold labels that say neither yes nor no, and how many cases have
            them.
        faulty: rows that could not be read.
    """

    name: str
    cases: Sequence[ForeignCase]
    unknown: Mapping[str, int]
    faulty: int


def read_foreign_suite(path: Path) -> ForeignSuite:
    """Read a suite in any format that comments come in, by the names of its columns.

    Raises:
        InputError: if it cannot be read, lacks one of the three columns, or no gold
            label of it says whether a case should be flagged.
    """
    names = _columns_of(path)
    function, text, gold = (
        _column(path, names, wanted, kind)
        for wanted, kind in (
            (FUNCTION_COLUMNS, "the function"),
            (CASE_COLUMNS, "the case"),
            (GOLD_COLUMNS, "the gold label"),
        )
    )
    cases, faulty = [], 0
    unknown: Counter[str] = Counter()
    with open_comments(path, text_column=text, with_columns=True) as source:
        for row in source:
            if isinstance(row, Fault):
                faulty += 1
                continue
            said = str(row.fields.get(gold, "")).strip().lower()
            if said in _POSITIVE or said in _NEGATIVE:
                cases.append(
                    ForeignCase(
                        str(row.fields.get("case_id") or row.comment.id),
                        str(row.fields.get(function, "")).strip() or "unnamed",
                        row.comment.text,
                        said in _POSITIVE,
                    )
                )
            else:
                unknown[said or "blank"] += 1
    if not cases:
        listed = ", ".join(repr(name) for name, _ in unknown.most_common(_MOST_NAMES))
        raise InputError(
            f"{path}: no gold label in {gold!r} says whether a case should be "
            f"flagged (found {listed or 'no rows'}); write 1 or 0"
        )
    return ForeignSuite(path.stem, cases, dict(unknown.most_common()), faulty)


def _columns_of(path: Path) -> list[str]:
    """Return the names of the columns, whichever of them holds the cases."""
    for name in CASE_COLUMNS:
        try:
            with open_comments(path, text_column=name, with_columns=True) as source:
                return [column.name for column in source.columns()]
        except InputError as error:
            if f"no column {name!r}" not in str(error):
                raise
    raise InputError(
        f"{path} has no column for the case; name it {' or '.join(CASE_COLUMNS)}"
    )


def _column(path: Path, names: Sequence[str], wanted: Sequence[str], kind: str) -> str:
    for name in wanted:
        if name in names:
            return name
    raise InputError(
        f"{path} has no column for {kind}; name it {' or '.join(wanted)} "
        f"(it has {', '.join(names)})"
    )
