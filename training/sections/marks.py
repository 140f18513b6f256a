"""Pass marks: what a model was to reach, read from a file that was written before."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from labels.errors import InputError

DEFAULT_MARKS: Final = Path(__file__).parent.parent / "report" / "pass_marks.toml"

PASS: Final = "pass"  # noqa: S105 - a verdict
FAIL: Final = "fail"
NOT_JUDGED: Final = "not judged"

_KEYS: Final = {"figure", "name", "at_least", "at_most"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure, its bound, and what it came to.

    Attributes:
        figure: the key of the figure, as ``reached.collect_figures`` names it.
        name: what tables call it.
        at_least: the lowest value that passes; None for no such bound.
        at_most: the highest value that passes; likewise.
        value: what was measured; None if it was not.
        verdict: ``pass``, ``fail`` or ``not judged``.
    """

    figure: str
    name: str
    at_least: float | None = None
    at_most: float | None = None
    value: float | None = None
    verdict: str = NOT_JUDGED


def read_marks(path: Path) -> list[Mark]:
    """Read the marks of a TOML file: tables ``[[mark]]``, each with a bound.

    Raises:
        InputError: if the file cannot be read, or a mark is not what it should be; it
            names the mark.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path} holds no pass marks: {error}") from error
    entries = written.get("mark")
    if not isinstance(entries, list) or not entries:
        raise InputError(f"{path} holds no pass marks: write tables [[mark]]")
    return [_mark(path, number, one) for number, one in enumerate(entries, start=1)]


def _mark(path: Path, number: int, entry: Any) -> Mark:
    where = f"{path}, mark {number}"
    if not isinstance(entry, dict) or not isinstance(entry.get("figure"), str):
        raise InputError(f"{where}: 'figure' names no figure")
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise InputError(
            f"{where}: {unknown[0]!r} is not known; there are "
            f"{', '.join(sorted(_KEYS))}"
        )
    at_least, at_most = entry.get("at_least"), entry.get("at_most")
    given = [bound for bound in (at_least, at_most) if bound is not None]
    if not given or not all(type(bound) in {int, float} for bound in given):
        raise InputError(f"{where}: give a number as at_least, at_most or both")
    name = entry.get("name", entry["figure"])
    if not isinstance(name, str):
        raise InputError(f"{where}: 'name' is no text")
    return Mark(entry["figure"], name, at_least, at_most)


def judge_marks(
    marks: list[Mark], figures: Mapping[str, float | None], path: Path
) -> list[Mark]:
    """Return the marks with what was measured and what that comes to.

    Raises:
        InputError: if a mark names a figure that no report has.
    """
    unknown = [mark.figure for mark in marks if mark.figure not in figures]
    if unknown:
        raise InputError(
            f"{path}: no report has a figure {unknown[0]!r}; there are "
            f"{', '.join(sorted(figures))}"
        )
    return [_judged(mark, figures[mark.figure]) for mark in marks]


def _judged(mark: Mark, value: float | None) -> Mark:
    if value is None:
        return mark
    keeps = (mark.at_least is None or value >= mark.at_least) and (
        mark.at_most is None or value <= mark.at_most
    )
    verdict = PASS if keeps else FAIL
    return Mark(mark.figure, mark.name, mark.at_least, mark.at_most, value, verdict)
