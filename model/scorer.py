"""Scores comments with a model: the one way from text to scores, action, evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from labels.comments import Comment
from model.actions import decide
from model.artefact import Artefact, load_artefact
from model.evidence import Evidence, Unit, collect_evidence, token_weights
from model.normalise import Normalised, normalise
from model.quotations import find_quotations
from model.views import VIEWS


@dataclass(frozen=True, slots=True)
class Score:
    """What the model says of one comment.

    Attributes:
        scores: each label's calibrated probability, in [0, 1].
        action: ``allow``, ``review`` or ``hold``.
        reasons: the labels whose thresholds were crossed.
        signals: what else was noticed: ``obfuscated`` is True when something was
            hidden from a plain reading.
        evidence: what moved the scores; empty unless it was asked for.
        units: for each label the part of the text that decided; likewise.
    """

    scores: dict[str, float]
    action: str
    reasons: tuple[str, ...]
    signals: dict[str, bool]
    evidence: tuple[Evidence, ...] = ()
    units: dict[str, Unit] = field(default_factory=dict)


class Scorer:
    """A model that is loaded and ready; safe to share between threads.

    Attributes:
        name: the model's name.
        version: changes whenever any score or threshold could.
        labels: what it judges, in the order of ``labels.schema.LABELS``.
    """

    def __init__(self, artefact: Artefact) -> None:
        self._artefact = artefact
        self.name = artefact.name
        self.version = artefact.version
        self.labels = artefact.labels

    @classmethod
    def load(cls, path: Path | str) -> Self:
        """Load the model in a folder; no code in the folder is ever run.

        Raises:
            ArtefactError: if the folder holds no model, or a damaged one.
        """
        return cls(load_artefact(Path(path)))

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        """Return one score for each comment, in order.

        Any string can be scored, the empty one too: without evidence the score is
        what the model assumes of a comment it knows nothing about. ``explain`` adds
        evidence and costs about three times as much.
        """
        return [self._score(_as_comment(comment), explain) for comment in comments]

    def logits(self, comments: Sequence[Comment | str]) -> NDArray[np.float64]:
        """Return uncalibrated logits, shape (comments, labels)."""
        rows = [
            self._logits(_normalise_comment(_as_comment(comment)))
            for comment in comments
        ]
        return np.array(rows).reshape(len(comments), len(self.labels))

    def _logits(self, normalised: Normalised) -> NDArray[np.float64]:
        logits = self._artefact.bias.astype(np.float64)
        for view, learnt in zip(VIEWS, self._artefact.views, strict=True):
            logits = logits + learnt.logits(view.ngrams(normalised.text))
        return logits

    def _score(self, comment: Comment, explain: bool) -> Score:
        normalised = _normalise_comment(comment)
        logits = self._logits(normalised)
        calibrations = self._artefact.calibrations
        scores = {
            label: float(calibrations[label].scores(logit))
            for label, logit in zip(self.labels, logits, strict=True)
        }
        action, reasons = decide(scores, self._artefact.thresholds)
        signals = {"obfuscated": normalised.is_obfuscated}
        if not explain:
            return Score(scores, action, reasons, signals)
        return Score(
            scores,
            action,
            reasons,
            signals,
            self._evidence(comment, normalised),
            self._units(comment, logits),
        )

    def _evidence(
        self, comment: Comment, normalised: Normalised
    ) -> tuple[Evidence, ...]:
        views = self._artefact.views
        spans, weights = token_weights(normalised, views, len(self.labels))
        return collect_evidence(comment.text, spans, weights, self.labels)

    def _units(self, comment: Comment, logits: NDArray[np.float64]) -> dict[str, Unit]:
        return {
            label: Unit(0, len(comment.text), float(bias), float(logit))
            for label, bias, logit in zip(
                self.labels, self._artefact.bias, logits, strict=True
            )
        }


def _as_comment(comment: Comment | str) -> Comment:
    return Comment("", comment) if isinstance(comment, str) else comment


def _normalise_comment(comment: Comment) -> Normalised:
    return normalise(comment.text, find_quotations(comment))
