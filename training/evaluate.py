"""Measures a model on labelled rows: every label on every source."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from labels.schema import LABELS
from model.actions import Thresholds
from model.artefact import Artefact, load_artefact
from model.scorer import Scorer
from training.evaluation_table import EvaluationTable, read_table
from training.metrics import Metrics, measure
from training.rows import Rows, round_shares
from training.splits import HELD_OUT

OUT_OF_FOLD: Final = "out of fold"
TEST: Final = "test"
UNSEEN: Final = "unseen"
TRAINED_ON: Final = "trained on"

_EVEN_ODDS: Final = 0.5
"""The threshold of a label that asks for no action of its own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The metrics of one label on one source.

    ``split`` tells how the scores came about: ``out of fold`` and ``test`` rows were
    unseen by the fit that scored them, ``unseen`` rows are new to the model, and
    ``trained on`` rows flatter it.
    """

    label: str
    source: str
    split: str
    metrics: Metrics


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All cells that the rows have anything to say about, label by label."""

    name: str
    version: str
    cells: Sequence[Cell]

    def as_json(self) -> dict[str, Any]:
        """Return the same as plain dictionaries and lists."""
        cells = [
            {
                "label": cell.label,
                "source": cell.source,
                "split": cell.split,
                **asdict(cell.metrics),
            }
            for cell in self.cells
        ]
        return {
            "model": {"name": self.name, "version": self.version},
            "cells": cells,
            "mean_difference": self.mean_difference(),
        }

    def mean_difference(self) -> float | None:
        """Return the mean ROC-AUC over plain TF-IDF's, over all cells that have it."""
        differences = [
            cell.metrics.difference
            for cell in self.cells
            if cell.metrics.difference is not None
        ]
        return float(np.mean(differences)) if differences else None


@dataclass(frozen=True, slots=True)
class Judged:
    """Scores beside the rows.

    Attributes:
        splits: how each score came about, as in ``Cell``.
        scores: shape (rows, labels), in [0, 1].
        plain: the same of the plain model; NaN where it said nothing.
    """

    splits: NDArray[np.str_]
    scores: NDArray[np.float64]
    plain: NDArray[np.float64]


def evaluate(folder: Path, rows: Rows) -> Evaluation:
    """Measure the model in ``folder`` on every row.

    Rows that it was trained on are judged by the out-of-fold scores that training
    left beside it; without those they are scored as they are and marked so.

    Raises:
        ArtefactError: if the folder holds no model.
        InputError: if the scores beside it are damaged.
    """
    artefact = load_artefact(folder)
    return measure_judged(artefact, rows, judge_rows(artefact, rows))


def judge_rows(artefact: Artefact, rows: Rows) -> Judged:
    """Return a score of every row, by a fit that did not see it where there is one.

    Raises:
        InputError: if the scores beside the model are damaged.
    """
    table = read_table(artefact.path)
    if table is not None and table.version != artefact.version:
        table = None
    return _judge(Scorer(artefact), rows, table, _trained_sources(artefact.card))


def measure_judged(artefact: Artefact, rows: Rows, judged: Judged) -> Evaluation:
    """Measure rows that were judged, label by label and source by source."""
    cells = [
        cell
        for column, label in enumerate(LABELS)
        for cell in _cells(rows, judged, column, _threshold(label, artefact.thresholds))
    ]
    return Evaluation(artefact.name, artefact.version, cells)


def _threshold(label: str, thresholds: Mapping[str, Thresholds]) -> float:
    review = thresholds.get(label, Thresholds()).review
    return _EVEN_ODDS if review is None else review


def _trained_sources(card: Mapping[str, Any]) -> set[str]:
    data = card.get("data", [])
    return {entry.get("source", "") for entry in data if isinstance(entry, dict)}


def _judge(
    scorer: Scorer, rows: Rows, table: EvaluationTable | None, trained: set[str]
) -> Judged:
    shape = (len(rows.comments), len(LABELS))
    judged = Judged(
        splits=np.full(shape[0], UNSEEN, dtype="U16"),
        scores=np.zeros(shape),
        plain=np.full(shape, np.nan),
    )
    places: dict[tuple[str, str], int] = {}
    if table is not None:
        pairs = zip(table.sources.tolist(), table.hashes.tolist(), strict=True)
        places = {pair: place for place, pair in enumerate(pairs)}
    fresh = []
    for row, pair in enumerate(zip(rows.sources.tolist(), rows.hashes(), strict=True)):
        place = places.get(pair)
        if table is None or place is None:
            fresh.append(row)
            continue
        judged.splits[row] = TEST if table.folds[place] == HELD_OUT else OUT_OF_FOLD
        judged.scores[row] = table.scores[place]
        judged.plain[row] = table.plain[place]
    for row, score in zip(
        fresh, scorer.score([rows.comments[row] for row in fresh]), strict=True
    ):
        judged.scores[row] = list(score.scores.values())
        if rows.is_held_out[row]:
            judged.splits[row] = TEST
        elif table is None and rows.sources[row] in trained:
            judged.splits[row] = TRAINED_ON
    return judged


def _cells(rows: Rows, judged: Judged, column: int, threshold: float) -> list[Cell]:
    labels = round_shares(rows.shares[:, column])
    cells = []
    for source in dict.fromkeys(rows.sources.tolist()):
        for split in (OUT_OF_FOLD, TEST, UNSEEN, TRAINED_ON):
            chosen = (rows.sources == source) & (judged.splits == split) & (labels >= 0)
            if chosen.any():
                plain = judged.plain[chosen, column]
                metrics = measure(
                    labels[chosen],
                    judged.scores[chosen, column],
                    None if np.isnan(plain).any() else plain,
                    threshold,
                )
                cells.append(Cell(LABELS[column], source, split, metrics))
    return cells
