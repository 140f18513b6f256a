"""Which words of the original text moved a score, and how far."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.features import ViewWeights
from model.views import View

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
        bias: what the label's logit is before any evidence; a sentence's is lower
            than that of a whole comment by ``units.MARGIN``.
        logit: the sum of bias and of every evidence weight of the label.
    """

    begin: int
    end: int
    bias: float
    logit: float


def token_weights(
    text: str, views: Sequence[View], learnt: Sequence[ViewWeights], labels: int
) -> tuple[list[tuple[int, int]], NDArray[np.float64]]:
    """Return each token's span in a unit's text and its weight for each label.

    An n-gram's contribution is shared equally among its occurrences, and that of a
    pair of words between its two tokens, so the weights of all tokens sum to the
    logit less the bias. Shapes: (tokens,) and (tokens, labels).
    """
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    weights = np.zeros((len(tokens), labels))
    starts = [begin for begin, _ in tokens]
    for view, of_view in zip(views, learnt, strict=True):
        located = list(view.located(text))
        rows, values, counts = of_view.features([ngram for ngram, _, _ in located])
        shares = values[:, None] * of_view.weights[rows] / counts[:, None]
        share_of = dict(zip(rows.tolist(), shares, strict=True))
        for ngram, begin, end in located:
            row = of_view.row_of(ngram)
            if row is not None:
                first = bisect_right(starts, begin) - 1
                last = bisect_right(starts, end - 1) - 1
                weights[first] += share_of[row] / 2
                weights[last] += share_of[row] / 2
    return tokens, weights


def collect_evidence(
    text: str,
    label: str,
    spans: Sequence[tuple[int, int]],
    weights: NDArray[np.float64],
) -> list[Evidence]:
    """Return what moved one label, in the order of the original text."""
    return [
        Evidence(label, begin, end, text[begin:end], float(weight))
        for (begin, end), weight in zip(spans, weights, strict=True)
        if weight
    ]
