"""Moves a model toward a site's own labels, without the corpora it was trained on."""

import importlib.metadata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from labels.comments import Comment
from labels.errors import InputError
from labels.own import read_own
from labels.schema import LABELS
from model.actions import ACTION_LABELS, Thresholds
from model.artefact import Artefact
from model.artefact_writer import FittedModel, FittedView, write_artefact
from model.calibration import Calibration
from training.base_rates import at_base_rate
from training.calibrate import cross_calibrate, fit_calibration
from training.prior_step import DEFAULT, RULES, Problem, Step, find_step
from training.rows import Rows, round_shares
from training.site_features import Site, read_site
from training.splits import HELD_OUT, assign_folds
from training.targets import sharpen
from training.thresholds import choose_thresholds

ENOUGH_TO_CHOOSE: Final = 100
"""From so many labels on, cross-validation says how far to go."""

ENOUGH_TO_CALIBRATE: Final = 200
"""From so many labels on, calibration and thresholds are the site's own."""

_MOST_ELSEWHERE: Final = 1500

_LIBRARIES: Final = ("numpy", "scipy", "scikit-learn", "datasketch")


@dataclass(frozen=True, slots=True)
class AdaptedLabel:
    """What a label learnt from a site.

    Attributes:
        labels: how many comments of the site know it.
        positives: how many of them have it.
        strength: of the prior, ``training.prior_step.Rule`` says how.
        stretch: likewise.
        is_recalibrated: whether calibration and thresholds are the site's own.
    """

    labels: int
    positives: int
    strength: float
    stretch: float
    is_recalibrated: bool


@dataclass(frozen=True, slots=True)
class Adapted:
    """An adapted model that is not yet written.

    Attributes:
        model: all that scoring needs.
        labels: those that learnt, by name; the others stay as they were.
        unmoved: those of which the site says too little, by name, and why.
        new_ngrams: how many the model did not know before.
    """

    model: FittedModel
    labels: Mapping[str, AdaptedLabel]
    unmoved: Mapping[str, str]
    new_ngrams: int


def adapt(
    artefact: Artefact,
    rows: Rows,
    *,
    announce: Callable[[str], None] = lambda _: None,
) -> Adapted:
    """Move each label that the rows know toward what they say of it.

    The logit of a comment starts as the model has it, and what is learnt is the step
    from there: a Gaussian prior on the weights, centred on the model's. Calibrated
    logits are what the model believes at its stated base rate, so the classes of the
    site may be mixed in any way: how they are mixed is taken off first (King and
    Zeng 2001, prior correction).

    Rows held out teach nothing. Rows without labels still show the site's words.

    Raises:
        InputError: if no label has comments of both kinds.
    """
    folds = assign_folds(rows)
    places = np.flatnonzero(folds != HELD_OUT)
    rows, folds = rows.take(places), folds[places]
    shares = sharpen(rows.shares)
    labels, unmoved = _sort_labels(shares)
    announce("reading the site's comments")
    site = read_site(artefact, rows.comments, _elsewhere())
    weights, bias = site.weights, artefact.bias.astype(np.float64)
    calibrations, thresholds = dict(artefact.calibrations), dict(artefact.thresholds)
    learnt = {}
    for label in labels:
        announce(f"moving {label}")
        task = _Task(artefact, site, label, shares[:, LABELS.index(label)], folds)
        step = task.find()
        if task.is_enough:
            calibrations[label] = task.calibrate(step)
            if label in ACTION_LABELS:
                thresholds[label] = task.choose(step)
        column = LABELS.index(label)
        weights[:, column] += step.weights / task.calibration.slope
        bias[column] += step.intercept / task.calibration.slope
        learnt[label] = task.describe(step)
    views = _views(site, weights)
    new = sum(len(view.ngrams) for view in views) - _size(artefact)
    model = FittedModel(
        artefact.name, artefact.tables, bias, views, calibrations, thresholds
    )
    return Adapted(model, learnt, unmoved, new)


def write_adapted(
    out: Path, adapted: Adapted, artefact: Artefact, manifest: list[dict[str, object]]
) -> str:
    """Write the model into a folder, and return its version.

    ``manifest`` says which files the labels came from. The card keeps what the old
    one said of the data.

    Raises:
        OSError: if the folder cannot be written.
    """
    libraries = {name: importlib.metadata.version(name) for name in _LIBRARIES}
    about: dict[str, Any] = {
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "adapted_from": {"name": artefact.name, "version": artefact.version},
        "adapted_labels": {
            label: asdict(learnt) for label, learnt in adapted.labels.items()
        },
        "new_ngrams": adapted.new_ngrams,
        "trained_on": artefact.card.get("trained_on"),
        "data": [*artefact.card.get("data", []), *manifest],
        "libraries": libraries,
    }
    return write_artefact(out, adapted.model, about)


class _Task:
    """One label's part: the rows that know it, and the model's word on them."""

    def __init__(
        self,
        artefact: Artefact,
        site: Site,
        label: str,
        shares: NDArray[np.float64],
        folds: NDArray[np.int64],
    ) -> None:
        self.calibration = artefact.calibrations[label]
        self._site = site
        self._column = LABELS.index(label)
        self._known = ~np.isnan(shares)
        self._shares, self._folds = shares[self._known], folds[self._known]
        self._labels = round_shares(self._shares)
        self._weights = site.weights[:, self._column]
        self._bias = float(artefact.bias[self._column])
        self.is_enough = len(self._shares) >= ENOUGH_TO_CALIBRATE

    def find(self) -> Step:
        """Return the step toward the site's labels."""
        known = self._site.comments[self._known]
        logits = known @ self._weights + self._bias
        believed = self.calibration.slope * logits + self.calibration.intercept
        # Half a label of each kind more (Jeffreys' prior) keeps the rate inside (0, 1).
        rate = (self._shares.sum() + 0.5) / (len(self._shares) + 1)
        mixed = _logit(rate) - _logit(self.calibration.base_rate)
        problem = Problem(
            known,
            self._shares,
            believed + mixed,
            self._site.elsewhere,
            self._site.precisions,
        )
        can_choose = len(self._shares) >= ENOUGH_TO_CHOOSE
        return find_step(problem, self._folds, RULES if can_choose else (DEFAULT,))

    def calibrate(self, step: Step) -> Calibration:
        """Return a calibration on comments that the step did not see."""
        ones = np.ones(len(self._labels))
        rate = self.calibration.base_rate
        return fit_calibration(self._unseen(step), self._labels, ones, rate)

    def choose(self, step: Step) -> Thresholds:
        """Return thresholds from scores that no step and no calibration saw."""
        ones = np.ones(len(self._labels))
        rate = self.calibration.base_rate
        scores = cross_calibrate(
            self._unseen(step), self._labels, ones, self._folds, rate
        )
        return choose_thresholds(
            self._labels, scores, at_base_rate(self._labels, ones, rate)
        )

    def describe(self, step: Step) -> AdaptedLabel:
        """Return what the card says of the label."""
        return AdaptedLabel(
            len(self._labels),
            int(self._labels.sum()),
            step.rule.strength,
            step.rule.stretch,
            self.is_enough,
        )

    def _unseen(self, step: Step) -> NDArray[np.float64]:
        """Return logits of the deciding units, from steps that did not see them."""
        site, slope = self._site, self.calibration.slope
        logits = np.zeros(len(self._known))
        of_fold = np.full(len(self._known), HELD_OUT)
        of_fold[self._known] = self._folds
        for fold, moved in step.folds.items():
            weights = self._weights + moved / slope
            bias = self._bias + step.intercept / slope
            decisive = site.decisive(
                site.comments @ weights + bias, site.sentences @ weights + bias
            )
            logits[of_fold == fold] = decisive[of_fold == fold]
        return logits[self._known]


def _sort_labels(shares: NDArray[np.float64]) -> tuple[list[str], dict[str, str]]:
    """Return the labels to move, and why each other one that is known stays."""
    moved, unmoved = [], {}
    for label, known in zip(LABELS, round_shares(shares).T, strict=True):
        values = set(known[known >= 0].tolist())
        if values == {0, 1}:
            moved.append(label)
        elif values:
            unmoved[label] = f"every label of {label} is {values.pop()}"
    if moved:
        return moved, unmoved
    if unmoved:
        raise InputError(
            f"there is nothing to tell apart: {', '.join(unmoved.values())}; "
            "label comments of both kinds, 1 and 0"
        )
    raise InputError(
        "there is no label to learn from: every label column is blank; write 1 or 0 "
        f"into a column named {', '.join(LABELS[:-1])} or {LABELS[-1]}"
    )


def _elsewhere() -> list[Comment]:
    """Return comments that stand for all that is not the site: some of our own."""
    ours = [row.comment for row in read_own() if not row.is_held_out]
    return ours[:: max(1, round(len(ours) / _MOST_ELSEWHERE))]


def _views(site: Site, weights: NDArray[np.float64]) -> list[FittedView]:
    views, first = [], 0
    for view in site.views:
        last = first + len(view.index)
        views.append(
            FittedView(
                view.name,
                list(view.index),
                view.idf.astype(np.float64),
                weights[first:last],
            )
        )
        first = last
    return views


def _size(artefact: Artefact) -> int:
    return sum(len(view.index) for view in artefact.views)


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))
