"""Judges our features and plain ones on groups of sources that neither learnt from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import joblib
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import roc_auc_score

from labels.comments import Comment
from labels.corpora import bias_madlibs
from labels.own import SOURCE
from labels.schema import LABELS
from labels.words import comparable, words_of
from training.counts import Counts, count
from training.delong import AucDifference, compare_aucs
from training.fit import OURS, PLAIN, Regression, fit
from training.rows import Rows, round_shares
from training.splits import FOLDS, HELD_OUT
from training.targets import Targets, make_targets, plain_targets
from training.view_counts import count_views
from training.word_tables import make_tables

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "Wikipedia": ("jigsaw_toxic", "context_toxicity"),
    "Civil Comments": ("toxic_spans",),
}
"""Corpora of one origin, left out together; each other corpus is a group alone."""

_NEVER_JUDGED: Final = (SOURCE, bias_madlibs.SOURCE)
_JUDGED_ON: Final = ("abuse", "identity_attack")
_FEWEST_OF_A_CLASS: Final = 2


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How well a group is told apart by fits on other sources.

    Attributes:
        group: the name of the group.
        label: the label it is judged on.
        n: how many of its rows know the label.
        positives: how many of them are 1.
        trained_on: how many rows of other sources taught that label.
        roc_auc: ours.
        plain_roc_auc: that of plain TF-IDF and logistic regression on the same rows.
        difference: the first less the second, with its paired 95 % interval.
    """

    group: str
    label: str
    n: int
    positives: int
    trained_on: int
    roc_auc: float
    plain_roc_auc: float
    difference: AucDifference


@dataclass(frozen=True, slots=True)
class _Task:
    """One fit, and the groups that it judges: all that it may not learn from.

    Attributes:
        column: the label's place in ``LABELS``.
        judged: for each group the rows that know the label, shape (rows,).
        is_fitted: the rows that teach, same shape.
    """

    column: int
    judged: Mapping[str, NDArray[np.bool_]]
    is_fitted: NDArray[np.bool_]


def judge_left_out(
    rows: Rows, trained_sources: Collection[str], *, seed: int = 0, jobs: int = 2
) -> list[LeftOut]:
    """Leave out each group of sources, fit on the rest, and judge on the group.

    Ours and plain learn from the same rows: our own and those of ``trained_sources``
    (what a model that ships learns from), less the group, the rows held out, and
    rows whose words are those of a judged one. Groups that are not trained on
    anyway share one fit. A group is judged on ``abuse``, or on ``identity_attack``
    where it does not know abuse; one that knows neither is passed over.

    N-grams are counted once; each fit forgets those that its own rows hardly hold.
    """
    tasks = list(_plan(rows, trained_sources))
    logits = []
    for count_rows, regression, is_ours in (
        (_count_ours, OURS, True),
        (_count_plain, PLAIN, False),
    ):
        counts = count_rows(rows, jobs)
        # Processes, since threads would share the solver's random generator.
        logits.append(
            joblib.Parallel(n_jobs=jobs)(
                joblib.delayed(_fit)(
                    _of_rows(counts, task),
                    _targets(rows, task, is_ours=is_ours),
                    regression,
                    seed,
                )
                for task in tasks
            )
        )
    return [
        _compare(rows, task, group, ours, plain)
        for task, ours, plain in zip(tasks, *logits, strict=True)
        for group in task.judged
    ]


def group_of(source: str) -> str:
    """Return the name of the group that a source is left out with."""
    for group, members in GROUPS.items():
        if source in members:
            return group
    return source


def _plan(rows: Rows, trained_sources: Collection[str]) -> Iterator[_Task]:
    groups = np.array([group_of(source) for source in rows.sources])
    is_trained = np.isin(rows.sources, [SOURCE, *trained_sources]) & ~rows.is_held_out
    words = _number_words(rows.comments)
    shared: dict[int, dict[str, NDArray[np.bool_]]] = {}
    for group in dict.fromkeys(groups[~np.isin(rows.sources, _NEVER_JUDGED)].tolist()):
        is_member = groups == group
        column = _column(rows, is_member)
        if column is None:
            continue
        judged = {group: is_member & ~np.isnan(rows.shares[:, column])}
        if np.any(is_member & is_trained):
            yield _task(column, judged, is_trained & ~is_member, words)
        else:
            shared.setdefault(column, {}).update(judged)
    for column, judged in shared.items():
        yield _task(column, judged, is_trained, words)


def _task(
    column: int,
    judged: Mapping[str, NDArray[np.bool_]],
    is_fitted: NDArray[np.bool_],
    words: NDArray[np.int64],
) -> _Task:
    is_judged = np.any(list(judged.values()), axis=0)
    return _Task(column, judged, is_fitted & ~np.isin(words, words[is_judged]))


def _number_words(comments: Sequence[Comment]) -> NDArray[np.int64]:
    """Return a number for each comment that those of the same words share."""
    numbers: dict[str, int] = {}
    return np.array(
        [
            numbers.setdefault(comparable(one.text, words_of(one.text)), len(numbers))
            for one in comments
        ],
        dtype=np.int64,
    )


def _column(rows: Rows, is_member: NDArray[np.bool_]) -> int | None:
    """Return the column of the label that a group is judged on; None if of none."""
    for label in _JUDGED_ON:
        column = LABELS.index(label)
        labels = round_shares(rows.shares[is_member, column])
        if min(np.sum(labels == 1), np.sum(labels == 0)) >= _FEWEST_OF_A_CLASS:
            return column
    return None


def _count_ours(rows: Rows, jobs: int) -> list[Counts]:
    # Words are known from all rows: a spelling says nothing of a label.
    counts, _ = count_views(rows.comments, make_tables(rows.comments), jobs=jobs)
    return counts


def _count_plain(rows: Rows, jobs: int) -> list[Counts]:
    vectorizers = [
        CountVectorizer(ngram_range=(1, 2)),
        CountVectorizer(analyzer="char_wb", ngram_range=(2, 5)),
    ]
    return count([comment.text for comment in rows.comments], vectorizers, jobs=jobs)


def _chosen(task: _Task) -> NDArray[np.bool_]:
    """Return the rows that a task is about: those that teach, then those judged."""
    return np.asarray(np.any([task.is_fitted, *task.judged.values()], axis=0))


def _of_rows(counts: Sequence[Counts], task: _Task) -> list[Counts]:
    chosen = _chosen(task)
    return [replace(counted, matrix=counted.matrix[chosen]) for counted in counts]


def _targets(rows: Rows, task: _Task, *, is_ours: bool) -> Targets:
    """Return what the rows that teach have to say of the one label, NaN elsewhere."""
    teaching = rows.take(np.flatnonzero(task.is_fitted))
    taught = (make_targets if is_ours else plain_targets)(teaching)
    chosen = _chosen(task)
    is_teacher = task.is_fitted[chosen]
    shares = np.full((int(chosen.sum()), 1), np.nan)
    weights = np.ones(shares.shape)
    shares[is_teacher, 0] = taught.shares[:, task.column]
    weights[is_teacher, 0] = taught.weights[:, task.column]
    return Targets(shares, weights, ~np.isnan(shares))


def _fit(
    counts: Sequence[Counts], targets: Targets, regression: Regression, seed: int
) -> NDArray[np.float64]:
    """Fit one label where it is known, and return the logits of all other rows."""
    folds = np.where(np.isnan(targets.shares[:, 0]), HELD_OUT, 0)
    # The round after the last fold fits on every row that is not held out.
    fitted = fit(counts, targets, folds, regression, seed=seed, jobs=1, advance=[FOLDS])
    return np.asarray(fitted.logits[:, 0])


def _compare(
    rows: Rows,
    task: _Task,
    group: str,
    ours: NDArray[np.float64],
    plain: NDArray[np.float64],
) -> LeftOut:
    judged = task.judged[group]
    inside = judged[_chosen(task)]
    labels = round_shares(rows.shares[judged, task.column])
    known = ~np.isnan(rows.shares[task.is_fitted, task.column])
    return LeftOut(
        group=group,
        label=LABELS[task.column],
        n=len(labels),
        positives=int(labels.sum()),
        trained_on=int(known.sum()),
        roc_auc=float(roc_auc_score(labels, ours[inside])),
        plain_roc_auc=float(roc_auc_score(labels, plain[inside])),
        difference=compare_aucs(labels, ours[inside], plain[inside]),
    )
