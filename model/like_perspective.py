"""Finds the threshold that flags as many comments as Perspective's would have."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from labels.errors import InputError
from labels.readers import open_comments
from labels.rows import DEFAULT_TEXT_COLUMN, Row
from model.scorer import Scorer

TABLE: Final = Path(__file__).with_suffix(".json")
"""What was found for the bundled model, on comments that do not come with Gavel."""

_STEPS: Final = tuple(step / 100 for step in range(5, 100))
_Z: Final = 1.96
_MOST_AT_ONCE: Final = 1_000


class UnmatchedThresholdError(InputError):
    """Nothing is known from which the threshold could be found."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two thresholds that flag as many of the same comments.

    Attributes:
        asked: Perspective's threshold; a score that reaches it is flagged.
        flagged: how many comments that is.
        both: how many of them ours flags as well.
        threshold: ours.
        low: the lower end of its 95 % interval.
        high: the upper end.
    """

    asked: float
    flagged: int
    both: int
    threshold: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found on some comments with a model, for several thresholds."""

    model: str
    label: str
    comments: int
    rows: tuple[Match, ...]

    def at(self, asked: float) -> Match:
        """Return the match for the hundredth that is nearest to ``asked``.

        Raises:
            UnmatchedThresholdError: if no comment was flagged there.
        """
        for match in self.rows:
            if math.isclose(match.asked, round(asked, 2)):
                return match
        raise UnmatchedThresholdError(
            f"of {self.comments:,} comments Perspective flags none at {asked}; ask for "
            "a lower threshold, or give more comments"
        )


def match_thresholds(
    theirs: NDArray[np.float64], ours: NDArray[np.float64], asked: float
) -> Match | None:
    """Return the threshold of ``ours`` that flags as many as ``asked`` of ``theirs``.

    Both are scores of the same comments. Where the two disagree, chance decides whom
    it favours, so the interval is that of McNemar's test. None if nothing is flagged.

    >>> theirs = np.array([0.1, 0.2, 0.8, 0.9])
    >>> match_thresholds(theirs, np.array([0.0, 0.3, 0.4, 0.7]), 0.8).threshold
    0.4
    """
    is_theirs = theirs >= asked
    flagged = int(is_theirs.sum())
    if not flagged:
        return None
    descending = np.sort(ours)[::-1]
    threshold = float(descending[flagged - 1])
    is_ours = ours >= threshold
    apart = _Z * math.sqrt(int((is_theirs != is_ours).sum()))
    last = len(ours) - 1
    fewest = max(0, math.floor(flagged - 1 - apart))
    most = min(last, math.ceil(flagged - 1 + apart))
    return Match(
        asked,
        flagged,
        int((is_theirs & is_ours).sum()),
        threshold,
        float(descending[most]),
        float(descending[fewest]),
    )


def match_files(
    paths: Sequence[Path],
    scorer: Scorer,
    *,
    column: str,
    label: str,
    text_column: str = DEFAULT_TEXT_COLUMN,
) -> Matches:
    """Score the comments of files that hold Perspective's scores, and match.

    ``column`` holds Perspective's; rows without a number in it are passed over.

    Raises:
        InputError: if a file cannot be read, or no row of them has such a score.
    """
    theirs: list[float] = []
    texts: list[str] = []
    for path in paths:
        for text, score in _scored_rows(path, column, text_column):
            texts.append(text)
            theirs.append(score)
    if not theirs:
        raise InputError(f"no row has a number from 0 to 1 in its column {column!r}")
    scored = [
        scorer.score_arrays(texts[at : at + _MOST_AT_ONCE]).scores
        for at in range(0, len(texts), _MOST_AT_ONCE)
    ]
    ours = np.concatenate(scored)[:, scorer.labels.index(label)]
    found = (match_thresholds(np.array(theirs), ours, step) for step in _STEPS)
    rows = tuple(match for match in found if match is not None)
    return Matches(scorer.version, label, len(theirs), rows)


def read_matches(scorer: Scorer, label: str, path: Path = TABLE) -> Matches:
    """Return what was found for the bundled model.

    Raises:
        UnmatchedThresholdError: if the table is of another model or label.
    """
    said: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if (said["model"], said["label"]) != (scorer.version, label):
        raise UnmatchedThresholdError(
            f"Gavel comes with a table for {said['label']} by model {said['model']} "
            f"alone, not for {label} by {scorer.version}; give --data, a file of "
            "comments with Perspective's scores of them"
        )
    rows = tuple(Match(**row) for row in said["rows"])
    return Matches(said["model"], said["label"], said["comments"], rows)


def write_matches(matches: Matches, path: Path = TABLE) -> None:
    """Write what was found, for ``read_matches``."""
    body = asdict(matches)
    body["rows"] = [
        {
            name: round(value, 6) if isinstance(value, float) else value
            for name, value in row.items()
        }
        for row in body["rows"]
    ]
    rows = ",\n".join(json.dumps(row) for row in body.pop("rows"))
    head = json.dumps(body)[:-1]
    path.write_text(f'{head}, "rows": [\n{rows}\n]}}\n', encoding="utf-8")


def _scored_rows(path: Path, column: str, text_column: str) -> list[tuple[str, float]]:
    rows = []
    with open_comments(path, text_column=text_column, with_columns=True) as source:
        names = [known.name for known in source.columns()]
        if column not in names:
            raise InputError(
                f"{path} has no column {column!r}; it has {', '.join(names)}"
            )
        for row in source:
            score = _score(row.fields[column]) if isinstance(row, Row) else None
            if isinstance(row, Row) and score is not None:
                rows.append((row.comment.text, score))
    return rows


def _score(value: object) -> float | None:
    try:
        score = float(str(value))
    except ValueError:
        return None
    return score if 0 <= score <= 1 else None
