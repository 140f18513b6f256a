"""Counts the n-grams of comments in every view that scoring has."""

from collections.abc import Sequence

from sklearn.feature_extraction.text import CountVectorizer

from labels.comments import Comment
from model.normalise import normalise
from model.quotations import find_quotations
from model.views import VIEWS
from training.counts import Counts, count


def count_views(comments: Sequence[Comment], *, jobs: int) -> list[Counts]:
    """Return the counts of each view, over texts as scoring will normalise them."""
    texts = [
        normalise(comment.text, find_quotations(comment)).text for comment in comments
    ]
    vectorizers = [CountVectorizer(analyzer=view.ngrams) for view in VIEWS]
    return count(texts, vectorizers, jobs=jobs)
