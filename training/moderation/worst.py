"""Keeps the few comments that ask most for action, out of any number."""

import heapq
from dataclasses import dataclass, replace
from typing import Final

from training.moderation.archive import PlacedRow

_Key = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A comment that is kept.

    Attributes:
        position: which comment of the archive it is, from 1.
        placed: the row.
        scores: one for each label, in [0, 1].
        action: a place in ``model.actions.ACTIONS``.
        version: of the model that scored it.
        reasons: labels whose thresholds it crossed; None where those are not known.
        copies: how many comments have the same text and scores, itself among them.
    """

    position: int
    placed: PlacedRow
    scores: tuple[float, ...]
    action: int
    version: str
    reasons: tuple[str, ...] | None
    copies: int = 1


class Worst:
    """The comments with the highest keys; of equal ones the earliest.

    Copies of a text take one place between them. The count of copies is exact: those
    of a text have the same key, so what was too low once is never high enough later.
    """

    def __init__(self, most: int) -> None:
        self._most: Final = most
        self._heap: list[tuple[_Key, int]] = []
        self._kept: dict[int, Kept] = {}
        self._positions: dict[tuple[object, ...], int] = {}
        self._copies: dict[int, int] = {}

    def may_take(self, key: _Key) -> bool:
        """Tell whether a comment with this key can matter; spares making it ready."""
        if len(self._heap) < self._most:
            return True
        return bool(self._heap) and key >= self._heap[0][0]

    def offer(self, key: _Key, kept: Kept) -> None:
        """Take a comment in if it is among the highest so far."""
        if not self.may_take(key):
            return
        identity = _identity(key, kept)
        position = self._positions.get(identity)
        if position is not None:
            self._copies[position] += 1
            return
        entry = (key, -kept.position)
        if len(self._heap) < self._most:
            heapq.heappush(self._heap, entry)
        elif entry > self._heap[0]:
            lowest, place = heapq.heapreplace(self._heap, entry)
            dropped = self._kept.pop(-place)
            del self._copies[-place]
            del self._positions[_identity(lowest, dropped)]
        else:
            return
        self._kept[kept.position] = kept
        self._copies[kept.position] = 1
        self._positions[identity] = kept.position

    def ordered(self) -> list[Kept]:
        """Return what was kept, the highest first."""
        positions = [-place for _, place in sorted(self._heap, reverse=True)]
        return [replace(self._kept[at], copies=self._copies[at]) for at in positions]


def _identity(key: _Key, kept: Kept) -> tuple[object, ...]:
    text = kept.placed.row.comment.text
    # Texts that somebody blanked are no copies of one another.
    return (key, kept.version, text if text.strip() else kept.position)
