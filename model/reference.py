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
from model.normalise import normalise
from model.quotations import find_quotations
from model.views import VIEWS, View


def reference_scores(
    artefact: Artefact, comments: Sequence[Comment]
) -> NDArray[np.float64]:
    """Return the calibrated scores, shape (comments, labels), in [0, 1]."""
    texts = [normalise(one.text, find_quotations(one)).text for one in comments]
    logits = np.zeros((len(texts), len(artefact.labels)))
    for column in range(len(artefact.labels)):
        logits[:, column] = artefact.bias[column]
    for view, learnt in zip(VIEWS, artefact.views, strict=True):
        features = rebuild_vectorizer(view, learnt).transform(texts)
        for column in range(len(artefact.labels)):
            classifier = rebuild_classifier(learnt.weights[:, column])
            logits[:, column] += classifier.decision_function(features)
    return np.column_stack(
        [
            artefact.calibrations[label].scores(logits[:, column])
            for column, label in enumerate(artefact.labels)
        ]
    )


def rebuild_vectorizer(view: View, learnt: ViewWeights) -> TfidfVectorizer:
    """Return the vectoriser of one view as training fitted it."""
    vectorizer = TfidfVectorizer(
        analyzer=view.ngrams,
        vocabulary=dict(learnt.index),
        sublinear_tf=True,
        norm="l2",
        dtype=np.float64,
    )
    vectorizer.idf_ = learnt.idf.astype(np.float64)
    return vectorizer


def rebuild_classifier(weights: NDArray[np.float32]) -> LogisticRegression:
    """Return one label's classifier over one view; the bias is added once outside."""
    classifier = LogisticRegression()
    classifier.classes_ = np.array([0, 1])
    classifier.coef_ = weights.astype(np.float64)[None, :]
    classifier.intercept_ = np.zeros(1)
    return classifier
