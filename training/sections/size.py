"""Section 17: how large the model is; how fast it was stands in the run block."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from labels.comments import Comment
from model.scorer import Scorer
from model.views import VIEW_NAMES
from training.goal_measures import megabytes
from training.sections.basis import Basis

_TIMED: Final = 2_000
_SINGLES: Final = 200


@dataclass(frozen=True, slots=True)
class ViewSize:
    """How many n-grams a view knows."""

    view: str
    ngrams: int


@dataclass(frozen=True, slots=True)
class Size:
    """The model's own files, in millions of bytes, and what it knows."""

    megabytes: float
    views: list[ViewSize]


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast it scored on this machine, in this run.

    Attributes:
        comments: that were scored at once.
        comments_a_second: one process.
        median_milliseconds: for one comment alone.
        slowest_milliseconds: the 99th percentile.
    """

    comments: int
    comments_a_second: float | None
    median_milliseconds: float | None
    slowest_milliseconds: float | None


def measure_size(basis: Basis) -> Size:
    """Return the size of the model."""
    return Size(
        megabytes=megabytes(basis.folder),
        views=[
            ViewSize(name, len(view.weights))
            for name, view in zip(VIEW_NAMES, basis.artefact.views, strict=True)
        ],
    )


def measure_speed(scorer: Scorer, comments: Sequence[Comment]) -> Speed:
    """Time the scorer on some of the comments; compiled code is loaded first."""
    chosen = list(comments[:_TIMED])
    if not chosen:
        return Speed(0, None, None, None)
    scorer.score_arrays(chosen[:1])
    seconds = _seconds(scorer, chosen)
    singles = [_seconds(scorer, [one]) * 1_000 for one in chosen[:_SINGLES]]
    median, slowest = np.percentile(singles, [50, 99]).tolist()
    return Speed(len(chosen), len(chosen) / seconds, median, slowest)


def _seconds(scorer: Scorer, comments: Sequence[Comment]) -> float:
    began = time.perf_counter()
    scorer.score_arrays(comments)
    return time.perf_counter() - began
