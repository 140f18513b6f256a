"""Counts the corpora's comments that a model takes for praise of extremism."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.schema import LABELS
from training.rows import Rows

PRAISE: Final = LABELS.index("extremist_praise")


@dataclass(frozen=True, slots=True)
class Alarms:
    """The comments of corpora at or above the review threshold of extremist praise.

    Attributes:
        comments: how many comments there are, those below too.
        sources: the corpus of each alarm, highest score first, as the others.
        hashes: names the row of that corpus, as in ``evaluation.parquet``.
        scores: in [0, 1].
    """

    comments: int
    sources: Sequence[str]
    hashes: Sequence[str]
    scores: Sequence[float]

    @property
    def share(self) -> float:
        """The share of all comments that are alarms."""
        return len(self.scores) / self.comments if self.comments else float("nan")


def find_alarms(rows: Rows, scores: NDArray[np.float64], threshold: float) -> Alarms:
    """Return the alarms among the rows; ``scores`` has the shape (rows, labels)."""
    praise = scores[:, PRAISE]
    hashes = rows.hashes()
    order = np.argsort(-praise, kind="stable")
    found = [place for place in order.tolist() if praise[place] >= threshold]
    return Alarms(
        comments=len(rows.comments),
        sources=[str(rows.sources[place]) for place in found],
        hashes=[hashes[place] for place in found],
        scores=[float(praise[place]) for place in found],
    )


def write_alarms(path: Path, alarms: Alarms) -> None:
    """Write source, hash and score of each alarm as CSV: nothing of its text.

    Raises:
        OSError: if the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("source", "row", "score"))
        lines = zip(alarms.sources, alarms.hashes, alarms.scores, strict=True)
        writer.writerows((source, row, f"{score:.4f}") for source, row, score in lines)


def precision_at(recall: float, false_positives: float, base_rate: float) -> float:
    """Return the precision where ``base_rate`` of the comments are in the class.

    Bayes' rule; NaN where nothing is flagged.

    >>> round(precision_at(0.5, 0.001, 0.01), 2)
    0.83
    """
    hits, alarms = recall * base_rate, false_positives * (1 - base_rate)
    return hits / (hits + alarms) if hits + alarms else float("nan")
