"""Reads the scores that ``gavel score`` wrote beside a comment."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from labels.errors import GavelError
from labels.foreign_values import to_plain
from labels.schema import LABELS
from model.actions import ACTIONS

_PREFIX: Final = "gavel_"
_ACTION: Final = "action"
_HIDDEN: Final = "obfuscated"
_VERSION: Final = "model_version"
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}


class StatedScoreError(GavelError):
    """A row's scores are not such as ``gavel score`` writes; one clause says why.

    No text is quoted: cells that slipped may hold a comment's words.
    """


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says of one comment.

    Attributes:
        scores: one for each label, in the order of ``LABELS``, in [0, 1].
        action: its place in ``model.actions.ACTIONS``.
        is_obfuscated: None where the file does not say.
        version: of the model that scored; blank where the file does not say.
        name: likewise what that model is called.
    """

    scores: tuple[float, ...]
    action: int
    is_obfuscated: bool | None
    version: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ScoredColumns:
    """Which columns of a table hold its scores."""

    labels: tuple[str, ...]
    action: str
    is_obfuscated: str | None
    version: str | None

    @classmethod
    def among(cls, names: Collection[str]) -> Self | None:
        """Return them; None if the table is not scored.

        Seven labels with an action alone may be somebody's labels and what was done
        about them. Of a name with and without the prefix ``gavel_`` the one with it is
        ours: it came last.
        """
        labels = [_last_written(label, names) for label in LABELS]
        action = _last_written(_ACTION, names)
        hidden, version = (_last_written(name, names) for name in (_HIDDEN, _VERSION))
        is_by_us = hidden is not None or version is not None
        if action is None or None in labels or not is_by_us:
            return None
        return cls(tuple(filter(None, labels)), action, hidden, version)

    def read(self, fields: Mapping[str, object]) -> Stated:
        """Read a row.

        Raises:
            StatedScoreError: if a score or the action is not what it must be.
        """
        scores = tuple(
            _score(label, fields.get(name))
            for label, name in zip(LABELS, self.labels, strict=True)
        )
        hidden = fields.get(self.is_obfuscated) if self.is_obfuscated else None
        version = fields.get(self.version) if self.version else None
        return Stated(
            scores, _action(fields.get(self.action)), _truth(hidden), _word(version)
        )


def stated_in_object(fields: Mapping[str, object]) -> Stated | None:
    """Read a JSON object; None if it is not scored.

    Raises:
        StatedScoreError: if a score or the action is not what it must be.
    """
    scores_name = _last_written("scores", fields)
    if scores_name is None:
        columns = ScoredColumns.among(fields)
        return columns.read(fields) if columns else None
    scores = to_plain(fields[scores_name])
    action = _last_written(_ACTION, fields)
    if not isinstance(scores, dict) or action is None:
        return None
    signals = _object(fields, "signals")
    model = _object(fields, "model")
    return Stated(
        tuple(_score(label, scores.get(label)) for label in LABELS),
        _action(fields[action]),
        _truth(signals.get(_HIDDEN)),
        _word(model.get("version")),
        _word(model.get("name")),
    )


def _last_written(name: str, names: Collection[str]) -> str | None:
    """Return the name with the most prefixes that is there."""
    found = None
    while name in names:
        found, name = name, f"{_PREFIX}{name}"
    return found


def _object(fields: Mapping[str, object], name: str) -> dict[str, Any]:
    found = _last_written(name, fields)
    value = to_plain(fields[found]) if found else None
    return value if isinstance(value, dict) else {}


def _score(label: str, value: object) -> float:
    plain = to_plain(value)
    if plain is None or plain == "":
        raise StatedScoreError(f"has no score of {label}")
    if isinstance(plain, bool) or not isinstance(plain, str | int | float):
        raise StatedScoreError(f"the score of {label} is not a number")
    try:
        score = float(plain)
    except (ValueError, OverflowError):
        raise StatedScoreError(f"the score of {label} is not a number") from None
    if not math.isfinite(score) or not 0 <= score <= 1:
        raise StatedScoreError(f"the score of {label} is {score:g}, outside [0, 1]")
    return score


def _action(value: object) -> int:
    plain = to_plain(value)
    if plain is None or plain == "":
        raise StatedScoreError("has no action")
    if not isinstance(plain, str) or plain not in ACTIONS:
        raise StatedScoreError(f"the action is none of {', '.join(ACTIONS)}")
    return ACTIONS.index(plain)


def _truth(value: object) -> bool | None:
    return _TRUTHS.get(str(to_plain(value)).lower())


def _word(value: object) -> str:
    plain = to_plain(value)
    return plain.strip() if isinstance(plain, str) else ""
