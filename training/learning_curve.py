"""Measures how many labels of a new site a model needs: ``python -m`` prints it."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from labels.comments import Comment
from labels.corpora.registry import IMPORTERS, read_corpora, read_corpus
from labels.input_paths import INPUT_FOLDER
from labels.own import read_own
from labels.schema import LABELS
from labels.text_tables import lay_out
from model.artefact import Artefact, load_artefact
from model.scorer import Scorer
from training.adapt import adapt, write_adapted
from training.fit import PLAIN
from training.rows import Rows, as_rows, round_shares

_TEST_SHARE = 0.3
_MOST_TESTED = 1000


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What a number of a site's labels is worth: means over seeds of ROC-AUCs.

    Attributes:
        size: how many labels there were.
        before: the model as it was.
        alone: plain TF-IDF and logistic regression on those labels.
        adapted: the model moved toward them.
        forgotten: what the adapted model loses on rows of other sources, the mean
            over sources; below 0 where it gains.
        forgotten_most: the same, of the source that loses the most.
    """

    size: int
    before: float
    alone: float
    adapted: float
    forgotten: float | None = None
    forgotten_most: float | None = None


def learning_curve(
    folder: Path,
    rows: Rows,
    label: str,
    sizes: Sequence[int],
    seeds: Sequence[int],
    *,
    known: Rows | None = None,
) -> list[CurvePoint]:
    """Adapt a model to samples of a site that it was not trained on.

    For each seed 30 % of the rows that know the label, at most 1,000, are the test,
    whole groups (articles, threads) at a time; samples come from the others, a larger
    one holding the smaller. A size beyond what there is takes all.

    ``known`` are rows of sources that the model knows, to see what it forgets.
    Takes some seconds for each size and seed.
    """
    artefact = load_artefact(folder)
    column = LABELS.index(label)
    # A corpus may hold out rows of its own; here the split is ours.
    rows = _that_know(
        replace(rows, is_held_out=np.zeros(len(rows.comments), bool)), column
    )
    scorer = Scorer(artefact)
    measured: dict[int, list[tuple[float, ...]]] = {size: [] for size in sizes}
    old = list(_by_source(known, column)) if known else []
    of_old = [_auc(scorer, one, column) for one in old]
    for seed in seeds:
        test, pool = _split(rows, seed)
        before = _auc(scorer, test, column)
        for size in sizes:
            sample = pool.take(np.arange(min(size, len(pool.comments))))
            adapted = _adapted(artefact, sample)
            after = [_auc(adapted, one, column) for one in old]
            lost = np.subtract(of_old, after) if old else np.array([np.nan])
            measured[size].append(
                (
                    before,
                    _alone(sample, test, column, seed),
                    _auc(adapted, test, column),
                    *lost,
                )
            )
    return [_mean(size, found) for size, found in measured.items()]


def _mean(size: int, found: Sequence[tuple[float, ...]]) -> CurvePoint:
    before, alone, adapted, *lost = np.mean(found, axis=0).tolist()
    if np.isnan(lost).any():
        return CurvePoint(size, before, alone, adapted)
    return CurvePoint(size, before, alone, adapted, float(np.mean(lost)), max(lost))


def _that_know(rows: Rows, column: int) -> Rows:
    return rows.take(np.flatnonzero(~np.isnan(rows.shares[:, column])))


def _by_source(rows: Rows, column: int) -> Iterator[Rows]:
    """Yield the rows of each source that knows the label and has it in both kinds."""
    rows = _that_know(rows, column)
    labels = round_shares(rows.shares[:, column])
    for source in np.unique(rows.sources):
        is_of = rows.sources == source
        if labels[is_of].min() < labels[is_of].max():
            yield rows.take(np.flatnonzero(is_of))


def _split(rows: Rows, seed: int) -> tuple[Rows, Rows]:
    """Return the rows to test on and those to draw from, in random order."""
    random = np.random.default_rng(seed)
    names = np.array(
        [group or f"row {row}" for row, group in enumerate(rows.groups)], np.str_
    )
    groups, sizes = np.unique(names, return_counts=True)
    order = random.permutation(len(groups))
    wanted = min(_TEST_SHARE * len(names), _MOST_TESTED)
    # A group is tested if those before it do not yet suffice.
    chosen = groups[order][np.cumsum(sizes[order]) - sizes[order] < wanted]
    is_test = np.isin(names, chosen)
    pool = random.permutation(np.flatnonzero(~is_test))
    return rows.take(np.flatnonzero(is_test)), rows.take(pool)


def _adapted(artefact: Artefact, sample: Rows) -> Scorer:
    # By way of a folder, as anybody would: what is measured is what is written.
    with tempfile.TemporaryDirectory() as name:
        write_adapted(Path(name), adapt(artefact, sample), artefact, [])
        return Scorer.load(Path(name))


def _auc(scorer: Scorer, rows: Rows, column: int) -> float:
    labels = round_shares(rows.shares[:, column])
    logits = scorer.logits(rows.comments)[:, column]
    return float(roc_auc_score(labels, logits))


def _alone(sample: Rows, test: Rows, column: int, seed: int) -> float:
    """Return the AUC of what anybody would fit on the sample, n-grams seen once too."""
    vectorizers = [
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    ]
    texts, unseen = _texts(sample.comments), _texts(test.comments)
    X = hstack([one.fit_transform(texts) for one in vectorizers], format="csr")
    classifier = LogisticRegression(
        C=PLAIN.inverse_strength,
        class_weight="balanced",
        solver="liblinear",
        random_state=seed,
    )
    classifier.fit(X, round_shares(sample.shares[:, column]))
    features = hstack([one.transform(unseen) for one in vectorizers], format="csr")
    logits = classifier.decision_function(features)
    return float(roc_auc_score(round_shares(test.shares[:, column]), logits))


def _texts(comments: Sequence[Comment]) -> list[str]:
    return [comment.text for comment in comments]


@click.command()
@click.argument("model", type=INPUT_FOLDER)
@click.argument("corpus", type=click.Choice(list(IMPORTERS)))
@click.argument("label", type=click.Choice(LABELS))
@click.option("--corpora", type=INPUT_FOLDER, required=True, help="Where CORPUS lies.")
@click.option("--known", type=INPUT_FOLDER, help="Corpora that MODEL was trained on.")
@click.option("--size", "sizes", type=int, multiple=True, default=(50, 200, 1000))
@click.option("--seeds", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--sample", type=int, default=500, show_default=True, help="Of --known.")
def main(
    model: Path,
    corpus: str,
    label: str,
    *,
    corpora: Path,
    known: Path | None,
    sizes: tuple[int, ...],
    seeds: int,
    sample: int,
) -> None:
    """Print what labels of CORPUS are worth to a MODEL that has never seen it."""
    site = as_rows(read_corpus(corpus, corpora / corpus).rows)
    old = _sampled(known, sample) if known else None
    points = learning_curve(model, site, label, sizes, range(seeds), known=old)
    header = ("labels", "before", "alone", "adapted", "forgotten", "at most")
    lines = [
        (str(point.size), *(_shown(value) for value in _figures(point)))
        for point in points
    ]
    click.echo(lay_out([header, *lines], words=0))


def _sampled(folder: Path, size: int) -> Rows:
    """Return some rows of each corpus in a folder, and our own held-out ones."""
    random = np.random.default_rng(0)
    labelled = [row for row in read_own() if row.is_held_out]
    for imported in read_corpora(folder).values():
        places = random.permutation(len(imported.rows))[:size]
        labelled += [imported.rows[place] for place in places.tolist()]
    return as_rows(labelled)


def _figures(point: CurvePoint) -> tuple[float | None, ...]:
    return (
        point.before,
        point.alone,
        point.adapted,
        point.forgotten,
        point.forgotten_most,
    )


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


if __name__ == "__main__":
    main()
