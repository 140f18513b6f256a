"""From labelled rows to a model in a folder."""

import importlib.metadata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer

from labels import own
from labels.schema import LABELS
from model.actions import ACTION_LABELS, Thresholds
from model.artefact_writer import FittedModel, FittedView, write_artefact
from model.calibration import Calibration
from model.views import VIEW_NAMES
from training.base_rates import at_base_rate, base_rates, even_sources
from training.calibrate import cross_calibrate, fit_calibration
from training.counts import Counts, count
from training.evaluation_table import EvaluationTable, write_table
from training.fit import OURS, PLAIN, Fit, fit
from training.rows import Rows
from training.splits import HELD_OUT, assign_folds
from training.targets import CHOSEN_BY, Targets, make_targets, plain_targets
from training.thresholds import choose_thresholds
from training.view_counts import count_views
from training.word_tables import make_tables

NAME: Final = "gavel"

_LIBRARIES: Final = ("numpy", "scipy", "scikit-learn", "joblib", "datasketch")


@dataclass(frozen=True, slots=True)
class Trained:
    """What training hands back beside the files it wrote."""

    version: str
    calibrations: Mapping[str, Calibration]
    thresholds: Mapping[str, Thresholds]
    table: EvaluationTable
    targets: Targets


def train(
    rows: Rows,
    out: Path,
    *,
    seed: int = 0,
    jobs: int = 2,
    announce: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Train on all rows but the held-out ones, and write the model into ``out``.

    The same rows and seed give the same scores, whatever ``jobs`` is. ``announce``
    is told each step as it begins.

    Raises:
        OSError: if the folder cannot be written.
    """
    announce("grouping rows that belong together")
    folds = assign_folds(rows)
    targets = make_targets(rows)
    announce("counting n-grams")
    seen = [
        comment
        for comment, fold in zip(rows.comments, folds, strict=True)
        if fold != HELD_OUT
    ]
    tables = make_tables(seen)
    counts, sentences = count_views(rows.comments, tables, jobs=jobs)
    plain_counts = count(
        [comment.text for comment in rows.comments], _plain_vectorizers(), jobs=jobs
    )
    announce("fitting our features on five folds and on all")
    ours = fit(counts, targets, folds, OURS, seed=seed, jobs=jobs, sentences=sentences)
    announce("fitting plain TF-IDF on the same folds, to compare")
    plain = fit(plain_counts, plain_targets(rows), folds, PLAIN, seed=seed, jobs=jobs)
    announce("calibrating, and choosing thresholds")
    rates = base_rates(_reference_labels(rows, targets, folds))
    weights = _reference_weights(rows.sources, targets, folds)
    calibrations, scores = _calibrate(ours.logits, targets, weights, folds, rates)
    thresholds = _choose(scores, targets, weights, rates)
    model = FittedModel(
        NAME, tables, ours.bias, _views(counts, ours), calibrations, thresholds
    )
    trained_on = int(np.sum(folds != HELD_OUT))
    version = write_artefact(out, model, _about(rows, seed, trained_on))
    table = EvaluationTable(
        version=version,
        sources=rows.sources,
        hashes=np.array(rows.hashes(), dtype=np.str_),
        folds=folds,
        labels=np.where(targets.is_judged, targets.labels, -1),
        scores=scores,
        plain=plain.logits,
    )
    write_table(out, table)
    return Trained(version, calibrations, thresholds, table, targets)


def _reference_weights(
    sources: NDArray[np.str_], targets: Targets, folds: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return how much each row counts in calibration, shape (comments, labels).

    Only what a person judged counts, and no corpus where it was chosen by the label.
    """
    counts = targets.is_judged & (folds != HELD_OUT)[:, None]
    for source, chosen_by in CHOSEN_BY.items():
        if not np.all(sources == source):
            for label in chosen_by:
                counts[sources == source, LABELS.index(label)] = False
    labels = np.where(counts, targets.labels, -1)
    return np.column_stack([even_sources(column, sources) for column in labels.T])


def _reference_labels(
    rows: Rows, targets: Targets, folds: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the labels that tell how often the others stand beside abuse.

    Corpora, where there are any: our own comments were written to a plan.
    """
    is_open = folds != HELD_OUT
    is_corpus = is_open & (rows.sources != own.SOURCE)
    chosen = is_corpus if is_corpus.any() else is_open
    return np.asarray(targets.labels[chosen])


def _plain_vectorizers() -> list[CountVectorizer]:
    """Return what anybody would start from, to compare with."""
    return [
        CountVectorizer(ngram_range=(1, 2)),
        CountVectorizer(analyzer="char_wb", ngram_range=(2, 5)),
    ]


def _calibrate(
    logits: NDArray[np.float64],
    targets: Targets,
    weights: NDArray[np.float64],
    folds: NDArray[np.int64],
    rates: Mapping[str, float],
) -> tuple[dict[str, Calibration], NDArray[np.float64]]:
    """Return what ships, and scores that no calibration was fitted on."""
    calibrations, scores = {}, np.zeros(logits.shape)
    for column, label in enumerate(LABELS):
        of_label = logits[:, column]
        labels, weight = targets.labels[:, column], weights[:, column]
        calibrations[label] = fit_calibration(of_label, labels, weight, rates[label])
        scores[:, column] = cross_calibrate(
            of_label, labels, weight, folds, rates[label]
        )
    return calibrations, scores


def _choose(
    scores: NDArray[np.float64],
    targets: Targets,
    weights: NDArray[np.float64],
    rates: Mapping[str, float],
) -> dict[str, Thresholds]:
    chosen = {}
    for label in ACTION_LABELS:
        column = LABELS.index(label)
        labels = targets.labels[:, column]
        known = weights[:, column] > 0
        weight = at_base_rate(labels[known], weights[known, column], rates[label])
        chosen[label] = choose_thresholds(labels[known], scores[known, column], weight)
    return chosen


def _views(counts: Sequence[Counts], fitted: Fit) -> list[FittedView]:
    """Cut the coefficients into views, and leave out n-grams that are too rare."""
    views, first = [], 0
    for view, counted, idf in zip(VIEW_NAMES, counts, fitted.idfs, strict=True):
        kept = np.flatnonzero(idf > 0)
        ngrams = [str(counted.ngrams[row]) for row in kept]
        weights = fitted.weights[first + kept]
        views.append(FittedView(view, ngrams, idf[kept], weights))
        first += len(idf)
    return views


def _about(rows: Rows, seed: int, trained_on: int) -> dict[str, Any]:
    return {
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "seed": seed,
        "trained_on": trained_on,
        "data": rows.manifest,
        "libraries": {
            library: importlib.metadata.version(library) for library in _LIBRARIES
        },
    }
