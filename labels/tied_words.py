"""Finds words that are unduly tied to a label: the model would learn them by heart."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from labels.composition import HALF
from labels.labelled import LabelledComment
from labels.schema import LABELS
from labels.words import words_of

LEAST_COMMENTS: Final = 5
LEAST_SHARE: Final = 0.9


@dataclass(frozen=True, slots=True)
class TiedWord:
    """A word that hardly occurs where the label is 0.

    ``log_odds`` is the z-score of its log-odds ratio with an informative Dirichlet
    prior, for which all the comments stand (Monroe, Colaresi and Quinn, Fightin'
    Words, 2008, equations 16, 20 and 22).
    """

    word: str
    comments: int
    positives: int
    log_odds: float


def find_tied_words(
    rows: Iterable[LabelledComment],
    label: str,
    *,
    least_comments: int = LEAST_COMMENTS,
    least_share: float = LEAST_SHARE,
) -> list[TiedWord]:
    """Return words of at least so many comments that are so nearly all positive.

    A word counts once for each comment. The most telling come first: a word tied by
    chance stands lower than one that is as pure and more frequent.
    """
    column = LABELS.index(label)
    known = [(row.shares[column], set(words_of(row.comment.text))) for row in rows]
    positives = _count(words for share, words in known if (share or 0.0) >= HALF)
    negatives = _count(
        words for share, words in known if share is not None and share < HALF
    )
    tied = [
        TiedWord(
            word,
            comments=count + negatives[word],
            positives=count,
            log_odds=_z_score(word, positives, negatives),
        )
        for word, count in positives.items()
        if count + negatives[word] >= least_comments
        and count >= least_share * (count + negatives[word])
    ]
    return sorted(tied, key=lambda one: (-one.log_odds, one.word))


def _count(comments: Iterable[Iterable[str]]) -> Counter[str]:
    return Counter(word for words in comments for word in words)


def _z_score(word: str, positives: Counter[str], negatives: Counter[str]) -> float:
    prior = positives[word] + negatives[word]
    all_prior = positives.total() + negatives.total()
    log_odds, variance = [], 0.0
    for counts in (positives, negatives):
        with_prior = counts[word] + prior
        rest = counts.total() + all_prior - with_prior
        log_odds.append(math.log(with_prior / rest))
        variance += 1 / with_prior
    return (log_odds[0] - log_odds[1]) / math.sqrt(variance)
