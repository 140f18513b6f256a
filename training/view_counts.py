"""Counts the n-grams of comments, and of their sentences, in every view of scoring."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from labels.comments import Comment
from model.reader import Reader
from model.units import find_sentences
from model.views import View
from model.word_tables import WordTables
from training.counts import Counts, count

# Pairs and triples are many, and the rare ones teach little. These floors keep the
# artefact under 25 MB.
_FEWEST: Final = {"words": 4, "classes": 6}


@dataclass(frozen=True, slots=True)
class Sentences:
    """How often each n-gram occurs in each sentence of the comments that have several.

    Attributes:
        matrices: one for each view, with the columns of its ``Counts``; shape
            (sentences, n-grams).
        owners: the row of the comment that each sentence is of, ascending.
    """

    matrices: Sequence[csr_matrix]
    owners: NDArray[np.int64]


def count_views(
    comments: Sequence[Comment], tables: WordTables, *, jobs: int
) -> tuple[list[Counts], Sentences]:
    """Return the counts of each view, over texts as scoring will read them.

    What an n-gram is, comments alone decide; sentences only repeat them.
    """
    reader = Reader(tables)
    texts = _read(comments, tables, jobs)
    vectorizers = [
        CountVectorizer(analyzer=view.ngrams, min_df=_FEWEST.get(view.name, 1))
        for view in reader.views
    ]
    counts = count(texts, vectorizers, jobs=jobs)
    spans = [
        (row, span) for row, text in enumerate(texts) for span in find_sentences(text)
    ]
    sentences = [texts[row][begin:end] for row, (begin, end) in spans]
    matrices = joblib.Parallel(n_jobs=jobs)(
        joblib.delayed(_count_known)(sentences, view, counted.ngrams)
        for view, counted in zip(reader.views, counts, strict=True)
    )
    return counts, Sentences(matrices, np.array([row for row, _ in spans], np.int64))


def _read(comments: Sequence[Comment], tables: WordTables, jobs: int) -> list[str]:
    bounds = np.linspace(0, len(comments), jobs + 1).astype(int).tolist()
    parts = joblib.Parallel(n_jobs=jobs)(
        joblib.delayed(_read_part)(comments[begin:end], tables)
        for begin, end in itertools.pairwise(bounds)
    )
    return [text for part in parts for text in part]


def _read_part(comments: Sequence[Comment], tables: WordTables) -> list[str]:
    reader = Reader(tables)
    return [reader.read(comment).text for comment in comments]


def _count_known(
    texts: Sequence[str], view: View, ngrams: NDArray[np.str_]
) -> csr_matrix:
    if not len(texts) or not len(ngrams):
        return csr_matrix((len(texts), len(ngrams)), dtype=np.float32)
    vectorizer = CountVectorizer(
        analyzer=view.ngrams,
        vocabulary={ngram: column for column, ngram in enumerate(ngrams.tolist())},
        dtype=np.float32,
    )
    return vectorizer.transform(texts)
