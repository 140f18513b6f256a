"""Measures what naming an identity does to abuse scores, on Bias Madlibs.

The three figures are those of Borkan et al. (2019), each an ROC-AUC for one identity
term: ``subgroup`` over the sentences that name it; ``BPSN`` (background positive,
subgroup negative) falls when naming it makes harmless sentences look abusive; ``BNSP``
(background negative, subgroup positive) when naming it makes abuse look harmless.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

TERMS: Final = (
    "african american", "african", "american", "asian", "bisexual", "black", "blind",
    "buddhist", "canadian", "catholic", "chinese", "christian", "deaf", "elderly",
    "european", "female", "gay", "heterosexual", "hispanic", "homosexual", "indian",
    "japanese", "jewish", "latina", "latino", "latinx", "lesbian", "lgbt", "lgbtq",
    "male", "mexican", "middle aged", "middle eastern", "millenial", "muslim",
    "nonbinary", "old", "older", "paralyzed", "protestant", "queer", "sikh",
    "straight", "taoist", "teenage", "trans", "transgender", "white", "young",
    "younger",
)  # fmt: skip
"""The identity terms of its templates, spelt as there."""

# The longest first, or "african american" would be taken for "african".
_TERM: Final = re.compile(
    rf"\b({'|'.join(sorted(TERMS, key=len, reverse=True))})\b", re.IGNORECASE
)
_IDENTITY_ALONE: Final = re.compile(rf"\s*(i am )?{_TERM.pattern}\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TermAucs:
    """The figures of one term, in [0, 1]."""

    term: str
    subgroup: float
    bpsn: float
    bnsp: float


@dataclass(frozen=True, slots=True)
class MadlibsResult:
    """What the sentences say of a model.

    Attributes:
        terms: each term's figures, of sentences that say something beside it.
        identity_only: how many sentences name an identity and nothing else.
        identity_only_flagged: the share of them at or above the review threshold;
            None if there are none. They are no part of the AUCs.
    """

    terms: Sequence[TermAucs]
    identity_only: int
    identity_only_flagged: float | None

    def mean(self, figure: str) -> float:
        """Return the mean over terms of ``subgroup``, ``bpsn`` or ``bnsp``."""
        return float(np.mean([getattr(term, figure) for term in self.terms]))

    def worst(self, figure: str) -> TermAucs:
        """Return the term whose figure of that name is lowest."""
        return min(self.terms, key=lambda term: float(getattr(term, figure)))


def find_term(text: str) -> str:
    """Return the identity term that a sentence names, or an empty string.

    >>> find_term("We met an African American pilot.")
    'african american'
    """
    found = _TERM.search(text)
    return found[1].lower() if found else ""


def names_identity_alone(text: str) -> bool:
    """Tell whether a sentence says of somebody who they are, and nothing more.

    >>> names_identity_alone("Sikh!"), names_identity_alone("a Sikh bakery")
    (True, False)
    """
    return _IDENTITY_ALONE.fullmatch(text) is not None


def measure_madlibs(
    texts: Sequence[str],
    labels: NDArray[np.int64],
    scores: NDArray[np.float64],
    threshold: float,
) -> MadlibsResult:
    """Measure abuse scores of the sentences, by the term each of them names.

    ``labels`` is 1 or 0. A term without both classes among its sentences has no
    figures, and neither has one that no other sentence can be held against.
    """
    is_alone = np.array([names_identity_alone(text) for text in texts], dtype=np.bool_)
    found = np.array([find_term(text) for text in texts])
    terms = [
        _term_aucs(term, labels[~is_alone], scores[~is_alone], found[~is_alone] == term)
        for term in TERMS
    ]
    alone = int(is_alone.sum())
    return MadlibsResult(
        terms=[term for term in terms if term is not None],
        identity_only=alone,
        identity_only_flagged=(
            float((scores[is_alone] >= threshold).mean()) if alone else None
        ),
    )


def _term_aucs(
    term: str,
    labels: NDArray[np.int64],
    scores: NDArray[np.float64],
    is_named: NDArray[np.bool_],
) -> TermAucs | None:
    is_positive = labels == 1
    for chosen in (is_named, ~is_named):
        if len(np.unique(labels[chosen])) < 2:  # noqa: PLR2004 - two classes
            return None
    figures = [
        float(roc_auc_score(labels[chosen], scores[chosen]))
        for chosen in (is_named, is_named != is_positive, is_named == is_positive)
    ]
    return TermAucs(term, *figures)
