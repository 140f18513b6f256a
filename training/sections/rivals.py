"""What a model is compared with: the last model, plain TF-IDF, word lists, nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.schema import LABELS
from model.actions import Thresholds
from model.artefact import Artefact
from training.evaluate import TRAINED_ON, judge_rows
from training.sections.basis import EVEN_ODDS, Basis
from training.sections.word_list import word_list_flags

ALWAYS_NO: Final = "always no"
WORD_LIST: Final = "word list"
PLAIN: Final = "plain TF-IDF and logistic regression"
PROFANITY_CHECK: Final = "alt-profanity-check"
_PROFANITY_CHECK_ON: Final = ("abuse", "insult", "profanity")


@dataclass(frozen=True, slots=True)
class Rival:
    """Somebody else's scores of the same rows.

    Attributes:
        name: as tables call it.
        scores: shape (rows, labels); NaN where it says nothing.
        thresholds: from which score on each label is flagged, shape (labels,).
    """

    name: str
    scores: NDArray[np.float64]
    thresholds: NDArray[np.float64]


def find_rivals(
    basis: Basis, against: Artefact | None
) -> tuple[list[Rival], list[str]]:
    """Return the rivals, and a sentence for each that could not be had.

    Raises:
        InputError: if the scores beside the other model are damaged.
    """
    shape = basis.scores.shape
    even = np.full(shape[1], EVEN_ODDS)
    comments = basis.rows.comments
    rivals, absent = [], []
    if against is None:
        absent.append("no previous model was named (--against)")
    else:
        rivals.append(_previous(basis, against))
    if np.isnan(basis.judged.plain).all():
        absent.append(f"{PLAIN}: no scores of it lie beside the model")
    else:
        # Its logits are its scores; 0 is an even chance.
        rivals.append(Rival(PLAIN, basis.judged.plain, np.zeros(shape[1])))
    rivals.append(Rival(WORD_LIST, word_list_flags(comments), even))
    predict = _profanity_check()
    if predict is None:
        absent.append(f"{PROFANITY_CHECK} is not installed")
    else:
        scores = np.full(shape, np.nan)
        for label in _PROFANITY_CHECK_ON:
            scores[:, LABELS.index(label)] = predict([one.text for one in comments])
        rivals.append(Rival(PROFANITY_CHECK, scores, even))
    rivals.append(Rival(ALWAYS_NO, np.zeros(shape), even))
    return rivals, absent


def _previous(basis: Basis, against: Artefact) -> Rival:
    judged = judge_rows(against, basis.rows)
    # What it was trained on would flatter it.
    is_seen = judged.splits == TRAINED_ON
    thresholds = [against.thresholds.get(label, Thresholds()) for label in LABELS]
    return Rival(
        f"{against.name} {against.version}",
        np.where(is_seen[:, None], np.nan, judged.scores),
        np.array([EVEN_ODDS if t.review is None else t.review for t in thresholds]),
    )


def _profanity_check() -> Callable[[Sequence[str]], NDArray[np.float64]] | None:
    try:
        from profanity_check import predict_prob  # noqa: PLC0415 - it may be absent
    except ImportError:
        return None
    return lambda texts: np.asarray(predict_prob(texts)) if texts else np.zeros(0)
