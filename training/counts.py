"""Counts n-grams once, so that every fold only has to weigh them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

MIN_COMMENTS: Final = 3
"""An n-gram that fewer comments hold is forgotten: it may identify its author."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each n-gram of one view occurs in each comment.

    ``matrix`` has the shape (comments, n-grams); ``ngrams`` names its columns; an
    n-gram that fewer than ``fewest`` fitted comments hold is not learnt.
    """

    ngrams: NDArray[np.str_]
    matrix: csr_matrix
    fewest: int = MIN_COMMENTS


def count(
    texts: Sequence[str], vectorizers: Sequence[CountVectorizer], *, jobs: int
) -> list[Counts]:
    """Count every n-gram that at least ``MIN_COMMENTS`` texts hold, view by view.

    A vectoriser whose own ``min_df`` is higher keeps it.
    """
    counted: list[Counts] = joblib.Parallel(n_jobs=jobs)(
        joblib.delayed(_count)(texts, vectorizer) for vectorizer in vectorizers
    )
    return counted


def _count(texts: Sequence[str], vectorizer: CountVectorizer) -> Counts:
    fewest = max(vectorizer.min_df, MIN_COMMENTS)
    vectorizer.set_params(min_df=fewest, dtype=np.float32)
    matrix = vectorizer.fit_transform(texts)
    return Counts(vectorizer.get_feature_names_out(), matrix, fewest)


def fit_idf(counts: Counts, is_fitted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each n-gram's smoothed idf over the rows that are fitted.

    scikit-learn's formula: ln((1 + comments) / (1 + comments with it)) + 1. It is 0
    for an n-gram that fewer than ``fewest`` of those rows hold, which removes it.
    """
    seen = np.bincount(
        counts.matrix[is_fitted].indices, minlength=counts.matrix.shape[1]
    )
    idf = np.log((1 + is_fitted.sum()) / (1 + seen)) + 1
    idf[seen < counts.fewest] = 0
    return np.asarray(idf)


def weigh(
    matrices: Sequence[csr_matrix],
    idfs: Sequence[NDArray[np.float64]],
    scales: Sequence[float],
) -> csr_matrix:
    """Return TF-IDF features, views side by side, each row of a view of length 1.

    ``scales`` are the lengths instead, one for each view.
    """
    blocks = []
    for matrix, idf, scale in zip(matrices, idfs, scales, strict=True):
        block = matrix.copy()
        block.data = (np.log(block.data) + 1) * idf[block.indices].astype(np.float32)
        blocks.append(normalize(block, copy=False) * np.float32(scale))
    return hstack(blocks, format="csr")
