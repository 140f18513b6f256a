"""Which words of the original text moved a score, and how far."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.features import ViewWeights
from model.normalise import Normalised
from model.views import VIEWS

_TOKEN: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """How far one span of the original text moved one label's logit.

    Attributes:
        label: whose logit.
        begin: code-point offset into the original text.
        end: likewise, exclusive.
        text: the span as it was written.
        weight: in logits; above 0 it raised the score.
    """

    label: str
    begin: int
    end: int
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Unit:
    """The part of a comment that decided a label.

    Attributes:
        begin: code-point offset into the original text.
        end: likewise, exclusive.
        bias: what the label's logit is before any evidence.
        logit: the sum of bias and of every evidence weight of the label.
    """

    begin: int
    end: int
    bias: float
    logit: float


def token_weights(
    normalised: Normalised, views: Sequence[ViewWeights], labels: int
) -> tuple[list[tuple[int, int]], NDArray[np.float64]]:
    """Return each token's span in the original text and its weight for each label.

    An n-gram's contribution is shared equally among its occurrences, and that of a
    pair of words between its two tokens, so the weights of all tokens sum to the
    logit less the bias. Shapes: (tokens,) and (tokens, labels).
    """
    tokens = [match.span() for match in _TOKEN.finditer(normalised.text)]
    weights = np.zeros((len(tokens), labels))
    starts = [begin for begin, _ in tokens]
    for view, learnt in zip(VIEWS, views, strict=True):
        rows, values, counts = learnt.features(view.ngrams(normalised.text))
        shares = values[:, None] * learnt.weights[rows] / counts[:, None]
        share_of = dict(zip(rows.tolist(), shares, strict=True))
        for ngram, begin, end in view.located(normalised.text):
            row = learnt.index.get(ngram)
            if row is not None:
                first = bisect_right(starts, begin) - 1
                last = bisect_right(starts, end - 1) - 1
                weights[first] += share_of[row] / 2
                weights[last] += share_of[row] / 2
    spans = [
        (normalised.begins[begin], normalised.ends[end - 1]) for begin, end in tokens
    ]
    return spans, weights


def collect_evidence(
    text: str,
    spans: Sequence[tuple[int, int]],
    weights: NDArray[np.float64],
    labels: Sequence[str],
) -> tuple[Evidence, ...]:
    """Return what moved each label, label by label, in the order of the text."""
    return tuple(
        Evidence(label, begin, end, text[begin:end], float(weight))
        for column, label in enumerate(labels)
        for (begin, end), weight in zip(spans, weights[:, column], strict=True)
        if weight
    )
