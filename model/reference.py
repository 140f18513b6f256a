"""The definition of a score: scikit-learn's own classes, rebuilt from the artefact.

Slow and plain on purpose. Training tests it against the fitted pipeline; every faster
scorer is tested against it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from labels.comments import Comment
from model.artefact import Artefact
from model.features import ViewWeights
from model.reader import Reader
from model.units import MARGIN, find_sentences
from model.views import View

_Rebuilt = tuple[TfidfVectorizer, list[LogisticRegression]]


def reference_scores(
    artefact: Artefact, comments: Sequence[Comment]
) -> NDArray[np.float64]:
    """Return the calibrated scores, shape (comments, labels), in [0, 1]."""
    reader = Reader(artefact.tables)
    rebuilt = [
        (rebuild_vectorizer(view, learnt), rebuild_classifiers(learnt))
        for view, learnt in zip(reader.views, artefact.views, strict=True)
    ]
    texts = [reader.read(comment).text for comment in comments]
    logits = _logits(artefact, rebuilt, texts)
    for row, text in enumerate(texts):
        sentences = [text[begin:end] for begin, end in find_sentences(text)]
        if sentences:
            of_sentences = _logits(artefact, rebuilt, sentences) - MARGIN
            logits[row] = np.maximum(logits[row], of_sentences.max(axis=0))
    return np.column_stack(
        [
            artefact.calibrations[label].scores(logits[:, column])
            for column, label in enumerate(artefact.labels)
        ]
    )


def _logits(
    artefact: Artefact, rebuilt: Sequence[_Rebuilt], texts: Sequence[str]
) -> NDArray[np.float64]:
    logits = np.tile(artefact.bias.astype(np.float64), (len(texts), 1))
    for vectorizer, classifiers in rebuilt:
        features = vectorizer.transform(texts)
        for column, classifier in enumerate(classifiers):
            logits[:, column] += classifier.decision_function(features)
    return logits


def rebuild_vectorizer(view: View, learnt: ViewWeights) -> TfidfVectorizer:
    """Return the vectoriser of one view as training fitted it."""
    vectorizer = TfidfVectorizer(
        analyzer=view.ngrams,
        vocabulary=learnt.index,
        sublinear_tf=True,
        norm="l2",
        dtype=np.float64,
    )
    vectorizer.idf_ = learnt.idf.astype(np.float64)
    return vectorizer


def rebuild_classifiers(learnt: ViewWeights) -> list[LogisticRegression]:
    """Return each label's classifier over one view; biases are added once outside."""
    classifiers = []
    for column in range(learnt.weights.shape[1]):
        classifier = LogisticRegression()
        classifier.classes_ = np.array([0, 1])
        classifier.coef_ = learnt.weights[:, column].astype(np.float64)[None, :]
        classifier.intercept_ = np.zeros(1)
        classifiers.append(classifier)
    return classifiers
