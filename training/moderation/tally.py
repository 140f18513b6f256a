"""Counts an archive as it streams by; memory does not grow with it."""

from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from labels.schema import LABELS
from model.actions import ACTION_LABELS, ACTIONS, Thresholds, limits_of
from model.rounding import DIGITS
from training.moderation.archive import PlacedFault, PlacedRow
from training.moderation.groups import GroupCounts
from training.moderation.periods import Counts
from training.moderation.worst import Kept, Worst
from training.moderation.written_times import DayOrder, Unread, day_of

UNCERTAIN: Final = (0.25, 0.75)
"""Scores between these are uncertain: one in four or more may be wrong either way."""
LIKELY: Final = 0.5
BINS: Final = 20
LISTED_FAULTS: Final = 50

# A day's counts: comments, to review, to hold, with known thresholds, then labels.
PERIOD_COLUMNS: Final = ("comments", "review", "hold", "thresholds_known", *LABELS)

_MICRO: Final = 10**DIGITS
_ASKS: Final = [LABELS.index(label) for label in ACTION_LABELS]


@dataclass(frozen=True, slots=True)
class Source:
    """Which model scored some rows, and whether it was now or before."""

    name: str
    version: str
    is_now: bool


@dataclass(slots=True)
class Judged:
    """Rows with their scores, shapes (rows, labels) and (rows,)."""

    rows: list[PlacedRow]
    scores: NDArray[np.float64]
    actions: NDArray[np.int8]
    is_obfuscated: list[bool | None]
    sources: list[Source]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to count and keep.

    Attributes:
        worst: how many comments to keep.
        worst_of_label: how many more of each label.
        with_authors: count by author.
        day_order: of dates that say it in no other way.
    """

    worst: int = 20
    worst_of_label: int = 5
    with_authors: bool = True
    day_order: DayOrder = DayOrder.UNKNOWN


@dataclass(slots=True)
class LabelSums:
    """Sums for each label, in the order of ``LABELS``.

    Attributes:
        to_review: scores from the review threshold on, of rows whose thresholds are
            known; those to hold are among them.
        to_hold: scores from the hold threshold on, likewise.
        likely: scores from 0.5 on.
        uncertain: scores in ``UNCERTAIN``.
        micro: sums of scores in millionths, which add up the same in any order.
        bins: scores in each twentieth of [0, 1], shape (labels, bins).
    """

    to_review: Counts = field(default_factory=lambda: _zeros(len(LABELS)))
    to_hold: Counts = field(default_factory=lambda: _zeros(len(LABELS)))
    likely: Counts = field(default_factory=lambda: _zeros(len(LABELS)))
    uncertain: Counts = field(default_factory=lambda: _zeros(len(LABELS)))
    micro: Counts = field(default_factory=lambda: _zeros(len(LABELS)))
    bins: Counts = field(default_factory=lambda: _zeros(len(LABELS), BINS))


class Tally:
    """What is known of an archive so far.

    Args:
        version: of the model whose thresholds are known.
        thresholds: its thresholds.
        wanted: what to count and keep.
    """

    def __init__(
        self, version: str, thresholds: Mapping[str, Thresholds], wanted: Wanted
    ) -> None:
        self._version = version
        self._wanted = wanted
        # A score that crossed before it was rounded crosses the rounded threshold.
        self._limits = limits_of(LABELS, thresholds).round(DIGITS)
        self.comments = 0
        self.left_out = 0
        self.faults: list[PlacedFault] = []
        self.actions = _zeros(len(ACTIONS))
        self.sources: Counter[Source] = Counter()
        self.thresholds_known = 0
        self.uncertain = 0
        self.obfuscated = 0
        self.obfuscated_known = 0
        self.labels = LabelSums()
        self.by_day: dict[date, Counts] = {}
        self.without_time = 0
        self.unread: Counter[Unread] = Counter()
        self.authors = GroupCounts()
        self.threads = GroupCounts()
        self.worst = Worst(wanted.worst)
        self.worst_of = {
            # Some of each label's may stand among the worst of all.
            label: Worst(wanted.worst + wanted.worst_of_label)
            for label in ACTION_LABELS
        }
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._open.enter_context(self.authors)
        self._open.enter_context(self.threads)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def add(self, judged: Judged, faults: list[PlacedFault]) -> None:
        """Count a batch."""
        self.left_out += len(faults)
        self.faults += faults[: LISTED_FAULTS - len(self.faults)]
        if not judged.rows:
            return
        known = np.array([one.version == self._version for one in judged.sources])
        to_review, to_hold = self._crossed(judged.scores, known)
        self._add_scores(judged, known, to_review, to_hold)
        self._add_rows(judged, known, to_review)
        self._keep_worst(judged, known, to_review)
        self.comments += len(judged.rows)

    def _crossed(
        self, scores: NDArray[np.float64], known: NDArray[np.bool_]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        review, hold = self._limits
        to_hold = (scores >= hold) & known[:, None]
        return to_hold | ((scores >= review) & known[:, None]), to_hold

    def _add_scores(
        self,
        judged: Judged,
        known: NDArray[np.bool_],
        to_review: NDArray[np.bool_],
        to_hold: NDArray[np.bool_],
    ) -> None:
        scores, sums = judged.scores, self.labels
        self.actions += np.bincount(judged.actions, minlength=len(ACTIONS))
        self.sources.update(judged.sources)
        self.thresholds_known += int(known.sum())
        is_uncertain = (scores > UNCERTAIN[0]) & (scores < UNCERTAIN[1])
        self.uncertain += int(is_uncertain[:, _ASKS].any(axis=1).sum())
        sums.to_review += to_review.sum(axis=0)
        sums.to_hold += to_hold.sum(axis=0)
        sums.likely += (scores >= LIKELY).sum(axis=0)
        sums.uncertain += is_uncertain.sum(axis=0)
        micro = np.rint(scores * _MICRO).astype(np.int64)
        sums.micro += micro.sum(axis=0)
        bins = np.minimum(micro * BINS // _MICRO, BINS - 1)
        for column in range(len(LABELS)):
            sums.bins[column] += np.bincount(bins[:, column], minlength=BINS)
        told = [one for one in judged.is_obfuscated if one is not None]
        self.obfuscated_known += len(told)
        self.obfuscated += sum(told)

    def _add_rows(
        self, judged: Judged, known: NDArray[np.bool_], to_review: NDArray[np.bool_]
    ) -> None:
        n = len(judged.rows)
        counts = np.zeros((n, len(PERIOD_COLUMNS)), np.int64)
        counts[:, 0] = 1
        counts[:, 1] = judged.actions == 1
        counts[:, 2] = judged.actions == 2  # noqa: PLR2004 - places in ACTIONS
        counts[:, 3] = known
        counts[:, 4:] = to_review
        for row, action, of_row in zip(
            judged.rows, judged.actions.tolist(), counts, strict=True
        ):
            self.threads.add(row.thread, action)
            if self._wanted.with_authors:
                self.authors.add(row.author, action)
            self._add_time(row.time, of_row)

    def _add_time(self, written: str | None, counts: Counts) -> None:
        if written is None or not written.strip():
            self.without_time += 1
            return
        day = day_of(written, self._wanted.day_order)
        if isinstance(day, Unread):
            self.unread[day] += 1
        elif day in self.by_day:
            self.by_day[day] += counts
        else:
            self.by_day[day] = counts.copy()

    def _keep_worst(
        self, judged: Judged, known: NDArray[np.bool_], to_review: NDArray[np.bool_]
    ) -> None:
        highest = judged.scores[:, _ASKS].max(axis=1)
        for row in np.flatnonzero(judged.actions).tolist():
            reasons = None
            if known[row]:
                reasons = tuple(
                    LABELS[at] for at in np.flatnonzero(to_review[row]).tolist()
                )
            kept = Kept(
                self.comments + row + 1,
                judged.rows[row],
                tuple(judged.scores[row].tolist()),
                int(judged.actions[row]),
                judged.sources[row].version,
                reasons,
            )
            self.worst.offer((float(kept.action), float(highest[row])), kept)
            for label, worst in self.worst_of.items():
                score = kept.scores[LABELS.index(label)]
                is_one = label in reasons if reasons is not None else score >= LIKELY
                if is_one:
                    worst.offer((score,), kept)


def _zeros(*shape: int) -> Counts:
    return np.zeros(shape, np.int64)
