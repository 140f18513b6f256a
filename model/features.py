"""TF-IDF features of one text in one view, and what they weigh."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ViewWeights:
    """What a model learnt about the n-grams of one view.

    Attributes:
        name: the view's.
        index: each n-gram's row in the arrays.
        idf: inverse document frequencies, shape (n-grams,).
        weights: coefficients of the logistic regressions, shape (n-grams, labels).
    """

    name: str
    index: Mapping[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]

    def features(
        self, ngrams: Sequence[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
        """Return the rows of the known n-grams, their TF-IDF values, their counts.

        Values are (1 + ln tf) * idf, scaled to unit length over the view: the
        definition of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``.
        """
        index = self.index
        counted = Counter(index[ngram] for ngram in ngrams if ngram in index)
        rows = np.fromiter(counted.keys(), np.int64, len(counted))
        counts = np.fromiter(counted.values(), np.int64, len(counted))
        values = (1 + np.log(counts)) * self.idf[rows].astype(np.float64)
        length = np.sqrt(values @ values)
        return rows, values / length if len(rows) else values, counts

    def logits(self, ngrams: Sequence[str]) -> NDArray[np.float64]:
        """Return what this view adds to the logit of each label, shape (labels,)."""
        rows, values, _ = self.features(ngrams)
        return values @ self.weights[rows].astype(np.float64)
