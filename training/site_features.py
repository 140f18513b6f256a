"""The features of a site's comments: n-grams the model knows, and the site's own."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from labels.comments import Comment
from model.artefact import Artefact
from model.features import ViewWeights, tfidf
from model.reader import Reader
from model.units import MARGIN, find_sentences
from training.counts import MIN_COMMENTS

_Cut = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class GrownView:
    """A view of the model with n-grams of a site; as ``model.features.ViewWeights``."""

    name: str
    index: Mapping[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float64]

    def features(
        self, ngrams: Sequence[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
        """Return the rows of the known n-grams, their TF-IDF values, their counts."""
        return tfidf(ngrams, self.index.get, self.idf)


@dataclass(frozen=True, slots=True)
class Site:
    """A site's comments as the model will see them; columns run through the views.

    Attributes:
        views: the model's, with the site's new n-grams at weight 0 behind the others.
        comments: features of whole comments, shape (comments, columns).
        sentences: likewise of each sentence of the comments that have several.
        owners: the comment that each sentence is of.
        elsewhere: features of comments that are not the site's.
    """

    views: tuple[GrownView, ...]
    comments: csr_matrix
    sentences: csr_matrix
    owners: NDArray[np.int64]
    elsewhere: csr_matrix

    @property
    def weights(self) -> NDArray[np.float64]:
        """Return what the model weighs each column, shape (columns, labels)."""
        return np.vstack([view.weights for view in self.views]).astype(np.float64)

    @property
    def precisions(self) -> NDArray[np.float64]:
        """Return how closely the weight of each column is to be held, 1 the least.

        Features of a view have length 1 together, so where a comment has few n-grams
        each of them is large. Holding it the closer makes all views start alike.
        """
        sizes = [len(view.index) for view in self.views]
        squares = []
        for first, last in itertools.pairwise(np.cumsum([0, *sizes]).tolist()):
            values = self.comments[:, first:last].data
            squares.append(float(np.mean(values**2)) if len(values) else 1.0)
        return np.repeat(np.array(squares) / min(squares), sizes)

    def decisive(
        self, of_comments: NDArray[np.float64], of_sentences: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the logits of the units that decide, from those of all units."""
        logits = of_comments.copy()
        np.maximum.at(logits, self.owners, of_sentences - MARGIN)
        return logits


def read_site(
    artefact: Artefact, comments: Sequence[Comment], elsewhere: Sequence[Comment]
) -> Site:
    """Return the features of a site's comments, and of some that are not the site's.

    An n-gram that the model does not know joins it if at least ``MIN_COMMENTS`` of
    the site's comments hold it; its idf is that among them.
    """
    reader = Reader(artefact.tables)
    cuts = [view.ngrams for view in reader.views]
    texts = [reader.read(comment).text for comment in comments]
    views = tuple(
        _grow(view, texts, cut) for view, cut in zip(artefact.views, cuts, strict=True)
    )
    spans = [
        (row, begin, end)
        for row, text in enumerate(texts)
        for begin, end in find_sentences(text)
    ]
    return Site(
        views=views,
        comments=_features(views, cuts, texts),
        sentences=_features(views, cuts, [texts[row][b:e] for row, b, e in spans]),
        owners=np.array([row for row, _, _ in spans], np.int64),
        elsewhere=_features(
            views, cuts, [reader.read(comment).text for comment in elsewhere]
        ),
    )


def _grow(view: ViewWeights, texts: Sequence[str], cut: _Cut) -> GrownView:
    """Return the view with the n-grams that it lacks and enough of the texts hold."""
    held_by: Counter[str] = Counter()
    for text in texts:
        held_by.update(ngram for ngram in set(cut(text)) if ngram not in view.index)
    found = {ngram: n for ngram, n in held_by.items() if n >= MIN_COMMENTS}
    new = sorted(found)
    # As scikit-learn has it, and training.counts.
    idf = np.log((1 + len(texts)) / (1 + np.array([found[n] for n in new]))) + 1
    index: Mapping[str, int] = {
        **view.index,
        **{ngram: row for row, ngram in enumerate(new, len(view.index))},
    }
    return GrownView(
        view.name,
        index,
        np.concatenate([view.idf, idf]).astype(np.float32),
        np.vstack([view.weights, np.zeros((len(new), view.weights.shape[1]))]),
    )


def _features(
    views: Sequence[GrownView], cuts: Sequence[_Cut], texts: Sequence[str]
) -> csr_matrix:
    """Return the features that scoring computes, shape (texts, columns)."""
    firsts = np.cumsum([0, *(len(view.index) for view in views)])
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        for found, value in _features_of(text, views, cuts, firsts):
            rows.append(np.full(len(found), row))
            columns.append(found)
            values.append(value)
    nothing = [np.empty(0)]
    place = (
        np.concatenate(rows or nothing).astype(np.int64),
        np.concatenate(columns or nothing).astype(np.int64),
    )
    shape = (len(texts), int(firsts[-1]))
    return csr_matrix((np.concatenate(values or nothing), place), shape)


def _features_of(
    text: str,
    views: Sequence[GrownView],
    cuts: Sequence[_Cut],
    firsts: NDArray[np.int64],
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    for view, cut, first in zip(views, cuts, firsts, strict=False):
        found, values, _ = view.features(cut(text))
        yield found + first, values
