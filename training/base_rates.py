"""Base rates: how often a label is 1 where Gavel is meant to work."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels import own
from labels.schema import LABELS

# A moderation queue, as design states it: what reaches moderators is not the web.
QUEUE_ABUSE: Final = 0.2
QUEUE_EXTREMIST_PRAISE: Final = 0.1


def base_rates(labels: NDArray[np.int64]) -> dict[str, float]:
    """Return each label's share of a moderation queue.

    Abuse and extremist praise are stated; the others stand beside abuse as often as
    they do in the rows given: P(label) = P(label | abuse) * 0.2 + P(label | no abuse)
    * 0.8. ``labels`` is 1, 0 or -1, shape (comments, labels).
    """
    abuse = labels[:, LABELS.index("abuse")]
    rates = {"abuse": QUEUE_ABUSE, "extremist_praise": QUEUE_EXTREMIST_PRAISE}
    for column, label in enumerate(LABELS):
        if label not in rates:
            rates[label] = QUEUE_ABUSE * _rate(labels[abuse == 1, column])
            rates[label] += (1 - QUEUE_ABUSE) * _rate(labels[abuse == 0, column])
    return {label: rates[label] for label in LABELS}


def _rate(labels: NDArray[np.int64]) -> float:
    """Return the share of ones among the known, half a one added at either end.

    The halves (Jeffreys' prior) keep a label that never occurs above 0.
    """
    known = labels[labels >= 0]
    return float((known.sum() + 0.5) / (len(known) + 1))


def at_base_rate(
    labels: NDArray[np.int64], weights: NDArray[np.float64], base_rate: float
) -> NDArray[np.float64]:
    """Return weights that make the ones ``base_rate`` of the whole; they sum to 1."""
    scaled = np.zeros(len(labels))
    for value, share in ((1, base_rate), (0, 1 - base_rate)):
        chosen = labels == value
        total = weights[chosen].sum()
        if total > 0:
            scaled[chosen] = weights[chosen] * share / total
    return scaled


def even_sources(
    labels: NDArray[np.int64], sources: NDArray[np.str_]
) -> NDArray[np.float64]:
    """Return weights by which our own comments count as much as all corpora together.

    Among corpora each counts the same within each class: a corpus is large because
    somebody had the means, and not because a queue is full of its kind. A 1 of one
    corpus may be a 0 of another, and only ours were labelled by our codebook: what a
    score means is theirs to say by half. ``labels`` is one label's.
    """
    weights = np.zeros(len(labels))
    for value in (0, 1):
        of_class = labels == value
        found = np.unique(sources[of_class])
        for source in found:
            chosen = of_class & (sources == source)
            share = max(len(found) - 1, 1) if source == own.SOURCE else 1
            weights[chosen] = share / int(chosen.sum())
    return weights
