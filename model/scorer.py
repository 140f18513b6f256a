"""Scores comments with a model: the one way from text to scores, action, evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from labels.comments import Comment
from labels.gazetteer import Reference
from model.actions import decide, decide_all, limits_of
from model.artefact import Artefact, load_artefact, with_names
from model.calibration import sigmoid
from model.engine import kernel_of
from model.evidence import Evidence, Unit, collect_evidence, token_weights
from model.normalise import Normalised
from model.reader import Reader
from model.units import MARGIN, find_sentences


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


@dataclass(frozen=True, slots=True)
class ScoreArrays:
    """What the model says of many comments, a row for each.

    Attributes:
        scores: calibrated probabilities, shape (comments, labels), in [0, 1].
        actions: places in ``model.actions.ACTIONS``, shape (comments,).
        is_obfuscated: whether something was hidden from a plain reading, likewise.
    """

    scores: NDArray[np.float64]
    actions: NDArray[np.int8]
    is_obfuscated: NDArray[np.bool_]


class Scorer:
    """A model that is loaded and ready; safe to share between threads.

    Attributes:
        name: the model's name.
        version: changes whenever any score or threshold could.
        labels: what it judges, in the order of ``labels.schema.LABELS``.
        card: what else is known of it: data, metrics, thresholds.

    Args:
        artefact: the model.
        is_compiled: score by the compiled kernel, where Numba is installed. The
            scores are the same without, to less than a millionth.
        is_kept: keep on disk, for the next start, what the kernel lays out. The
            artefact must then be what its version says, as one that was loaded is.
    """

    def __init__(
        self, artefact: Artefact, *, is_compiled: bool = True, is_kept: bool = False
    ) -> None:
        self._artefact = artefact
        self._reader = Reader(artefact.tables)
        key = artefact.version if is_kept else ""
        self._kernel = kernel_of(artefact, self._reader, key) if is_compiled else None
        self.name = artefact.name
        self.version = artefact.version
        self.labels = artefact.labels
        self.card = artefact.card
        self._limits = limits_of(artefact.labels, artefact.thresholds)
        calibrations = [artefact.calibrations[label] for label in artefact.labels]
        self._slopes = np.array([one.slope for one in calibrations])
        self._intercepts = np.array([one.intercept for one in calibrations])

    @classmethod
    def load(cls, path: Path | str, names: Sequence[Reference] = ()) -> Self:
        """Load the model in a folder; no code in the folder is ever run.

        ``names`` count as if they had been in the gazetteer when the model was
        trained: what it learnt of a kind of name holds for them. They make another
        version.

        Raises:
            ArtefactError: if the folder holds no model, or a damaged one.
        """
        artefact = load_artefact(Path(path))
        return cls(with_names(artefact, names) if names else artefact, is_kept=True)

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        """Return one score for each comment, in order.

        Any string can be scored, the empty one too: without evidence the score is
        what the model assumes of a comment it knows nothing about. ``explain`` adds
        evidence and takes milliseconds a comment.
        """
        if explain:
            return [self._explained(_as_comment(comment)) for comment in comments]
        logits, is_obfuscated = self._logits(comments)
        rows = self._calibrated(logits).tolist()
        return [
            self._of_row(row, hidden)
            for row, hidden in zip(rows, is_obfuscated.tolist(), strict=True)
        ]

    def score_arrays(self, comments: Sequence[Comment | str]) -> ScoreArrays:
        """Return the same scores as ``score``, as arrays: the fastest way to many."""
        logits, is_obfuscated = self._logits(comments)
        scores = self._calibrated(logits)
        return ScoreArrays(scores, decide_all(scores, self._limits), is_obfuscated)

    def logits(self, comments: Sequence[Comment | str]) -> NDArray[np.float64]:
        """Return uncalibrated logits, shape (comments, labels)."""
        return self._logits(comments)[0]

    def _logits(
        self, comments: Sequence[Comment | str]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        if self._kernel is not None:
            return self._kernel.logits(comments)
        rows = [self._read(_as_comment(comment)) for comment in comments]
        logits = np.array([row.logits for row in rows])
        hidden = (row.normalised.is_obfuscated for row in rows)
        return (
            logits.reshape(len(rows), len(self.labels)),
            np.fromiter(hidden, np.bool_, len(rows)),
        )

    def _calibrated(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        return sigmoid(self._slopes * logits + self._intercepts)

    def _of_row(self, row: Sequence[float], is_obfuscated: bool) -> Score:
        scores = dict(zip(self.labels, row, strict=True))
        action, reasons = decide(scores, self._artefact.thresholds)
        return Score(scores, action, reasons, {"obfuscated": is_obfuscated})

    def _read(self, comment: Comment) -> "_Read":
        normalised = self._reader.read(comment)
        text = normalised.text
        spans = [(0, len(text)), *find_sentences(text)]
        of_units = np.array([self._unit_logits(text[b:e]) for b, e in spans])
        of_units[1:] -= MARGIN
        return _Read(normalised, spans, of_units)

    def _unit_logits(self, text: str) -> NDArray[np.float64]:
        logits = self._artefact.bias.astype(np.float64)
        for view, learnt in zip(self._reader.views, self._artefact.views, strict=True):
            logits = logits + learnt.logits(view.ngrams(text))
        return logits

    def _explained(self, comment: Comment) -> Score:
        read = self._read(comment)
        row = self._calibrated(read.logits[None])[0].tolist()
        return replace(
            self._of_row(row, read.normalised.is_obfuscated),
            evidence=self._evidence(comment, read),
            units=self._units(comment, read),
        )

    def _evidence(self, comment: Comment, read: "_Read") -> tuple[Evidence, ...]:
        """Return what moved each label in the unit that decided it."""
        tokens = {}
        for unit in set(read.decisive):
            begin, end = read.spans[unit]
            spans, weights = token_weights(
                read.normalised.text[begin:end],
                self._reader.views,
                self._artefact.views,
                len(self.labels),
            )
            tokens[unit] = (
                [read.original(begin + b, begin + e) for b, e in spans],
                (weights),
            )
        evidence: list[Evidence] = []
        for column, label in enumerate(self.labels):
            spans, weights = tokens[read.decisive[column]]
            evidence += collect_evidence(comment.text, label, spans, weights[:, column])
        return tuple(evidence)

    def _units(self, comment: Comment, read: "_Read") -> dict[str, Unit]:
        units = {}
        for column, label in enumerate(self.labels):
            unit = read.decisive[column]
            # The whole comment is all that was written, blanks at its ends too.
            span = read.original(*read.spans[unit]) if unit else (0, len(comment.text))
            bias = float(self._artefact.bias[column]) - (MARGIN if unit else 0)
            units[label] = Unit(*span, bias, float(read.logits[column]))
        return units


class _Read:
    """A comment as it was read, its units, and how each of them was scored.

    ``of_units`` has the shape (units, labels); the first unit is the whole.
    """

    def __init__(
        self,
        normalised: Normalised,
        spans: Sequence[tuple[int, int]],
        of_units: NDArray[np.float64],
    ) -> None:
        self.normalised = normalised
        self.spans = spans
        self.decisive: list[int] = of_units.argmax(axis=0).tolist()
        self.logits: NDArray[np.float64] = of_units.max(axis=0)

    def original(self, begin: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the normalised text lies in the original."""
        return self.normalised.begins[begin], self.normalised.ends[end - 1]


def _as_comment(comment: Comment | str) -> Comment:
    return Comment("", comment) if isinstance(comment, str) else comment
