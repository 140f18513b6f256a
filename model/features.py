"""TF-IDF features of one text in one view, and what they weigh."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.ngram_keys import NgramKeys, bucket_of


def tfidf(
    ngrams: Sequence[str],
    row_of: Callable[[str], int | None],
    idf: NDArray[np.floating[Any]],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Return the rows of the known n-grams, their TF-IDF values, their counts.

    Values are (1 + ln tf) * idf, scaled to unit length over the view: the definition
    of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``.
    """
    found = ((row_of(ngram), tf) for ngram, tf in Counter(ngrams).items())
    counted = {row: tf for row, tf in found if row is not None}
    rows = np.fromiter(counted.keys(), np.int64, len(counted))
    counts = np.fromiter(counted.values(), np.int64, len(counted))
    values = (1 + np.log(counts)) * idf[rows].astype(np.float64)
    length = np.sqrt(values @ values)
    return rows, values / length if len(rows) else values, counts


@dataclass(frozen=True)
class ViewWeights:
    """What a model learnt about the n-grams of one view.

    Attributes:
        name: the view's.
        packing: how its n-grams are packed into keys.
        keys: of the n-grams, bucket by bucket, uint64, shape (n-grams,).
        starts: where each bucket begins, uint32, shape (buckets + 1,).
        learnt: the coefficients of the logistic regressions, and the inverse document
            frequency in the last column, shape (n-grams, labels + 1).
    """

    name: str
    packing: NgramKeys
    keys: NDArray[np.uint64]
    starts: NDArray[np.uint32]
    learnt: NDArray[np.float32]

    @property
    def idf(self) -> NDArray[np.float32]:
        """Inverse document frequencies, shape (n-grams,)."""
        return self.learnt[:, -1]

    @property
    def weights(self) -> NDArray[np.float32]:
        """Coefficients, shape (n-grams, labels)."""
        return self.learnt[:, :-1]

    @cached_property
    def index(self) -> dict[str, int]:
        """Each n-gram's row; a dictionary of tens of megabytes, made when asked for."""
        unpack = self.packing.unpack
        return {unpack(key): row for row, key in enumerate(self.keys.tolist())}

    def row_of(self, ngram: str) -> int | None:
        """Return an n-gram's row, None for one that was not learnt."""
        if "index" in self.__dict__:
            return self.index.get(ngram)
        key = self.packing.pack(ngram)
        if key is None:
            return None
        bucket = bucket_of(key, len(self.keys))
        for row in range(self.starts[bucket], self.starts[bucket + 1]):
            if self.keys[row] == key:
                return row
        return None

    def features(
        self, ngrams: Sequence[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
        """Return the rows of the known n-grams, their TF-IDF values, their counts."""
        return tfidf(ngrams, self.row_of, self.idf)

    def logits(self, ngrams: Sequence[str]) -> NDArray[np.float64]:
        """Return what this view adds to the logit of each label, shape (labels,)."""
        rows, values, _ = self.features(ngrams)
        return values @ self.weights[rows].astype(np.float64)
