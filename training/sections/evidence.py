"""Section 12: whether the words shown as evidence are those that people marked."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from labels.comments import Comment
from labels.corpora import toxic_spans
from labels.corpora.tables import find_file, read_table
from labels.schema import LABELS
from model.evidence import Evidence
from model.scorer import Score, Scorer
from training.sections.basis import Basis
from training.sections.intervals import Interval

_ABUSE: Final = "abuse"
_SAMPLE: Final = 200
_DELETED: Final = 3
_RANDOM_DRAWS: Final = 3
_STRONG: Final = 0.25
_RESAMPLES: Final = 500

Spans = Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Deletion:
    """What deleting words does to the logit of abuse, on unseen abuse that is caught.

    Attributes:
        n: comments with more words than are deleted.
        deleted: how many words.
        drop_by_evidence: mean fall of the logit without the strongest evidence.
        drop_by_chance: the same without words drawn at random.
    """

    n: int
    deleted: int
    drop_by_evidence: Interval
    drop_by_chance: Interval


@dataclass(frozen=True, slots=True)
class EvidenceSection:
    """How true evidence is.

    Attributes:
        gold_n: comments with spans that at least half their annotators marked; 0
            where no gold spans are at hand.
        character_f1: mean F1 over characters, of evidence against those spans.
        all_words_f1: the same if every word were evidence, to compare with.
        deletion: the deletion test; None where no comment is caught.
        note: what could not be judged; None if nothing.
    """

    gold_n: int
    character_f1: Interval
    all_words_f1: Interval
    deletion: Deletion | None
    note: str | None


def measure_evidence(
    basis: Basis, scorer: Scorer, corpora: Path | None
) -> EvidenceSection:
    """Compare evidence with gold toxic spans, and delete it.

    A sample of 200 comments each, by the seed: evidence takes milliseconds.
    """
    gold = read_gold_spans(corpora) if corpora else {}
    ours, every = _against_gold(basis, scorer, gold)
    notes = []
    if not ours:
        notes.append("no gold spans among the rows (they come with toxic_spans)")
    deletion = _delete(basis, scorer)
    if deletion is None:
        notes.append("no unseen abuse is caught: no deletion test")
    return EvidenceSection(
        gold_n=len(ours),
        character_f1=_mean(ours, basis.seed),
        all_words_f1=_mean(every, basis.seed),
        deletion=deletion,
        note="; ".join(notes) or None,
    )


def read_gold_spans(corpora: Path) -> dict[str, list[tuple[int, int]]]:
    """Return the spans that at least half the annotators of a comment marked, by id.

    Raises:
        InputError: if a table of ToxicSpans lacks a column.
    """
    place = corpora / toxic_spans.SOURCE
    spans_file = find_file(place, "spans.csv") if place.is_dir() else None
    annotations_file = find_file(place, "annotations.csv") if place.is_dir() else None
    if spans_file is None or annotations_file is None:
        return {}
    comment_of: dict[str, str] = {}
    annotators: Counter[str] = Counter()
    for _, cells in read_table(annotations_file, ("annotation", "comment_id")):
        if cells:
            comment_of[cells["annotation"]] = cells["comment_id"]
            annotators[cells["comment_id"]] += 1
    marked = _marked(spans_file, comment_of)
    found = {}
    for comment, places in marked.items():
        kept = {at for at, by in places.items() if 2 * len(by) >= annotators[comment]}
        if kept:
            found[comment] = _runs(sorted(kept))
    return found


def _marked(
    path: Path, comment_of: Mapping[str, str]
) -> dict[str, dict[int, set[str]]]:
    """Return who marked each character of each comment."""
    marked: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for _, cells in read_table(path, ("annotation", "start", "end")):
        if cells and cells["annotation"] in comment_of:
            places = marked[comment_of[cells["annotation"]]]
            for at in range(int(cells["start"]), int(cells["end"])):
                places[at].add(cells["annotation"])
    return marked


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _against_gold(
    basis: Basis, scorer: Scorer, gold: Spans
) -> tuple[list[float], list[float]]:
    column = LABELS.index(_ABUSE)
    is_of = basis.is_unseen & (basis.rows.sources == toxic_spans.SOURCE)
    is_of &= basis.labels[:, column] == 1
    comments = [
        basis.rows.comments[row]
        for row in np.flatnonzero(is_of).tolist()
        if basis.rows.comments[row].id in gold
    ]
    chosen = _drawn(comments, basis.seed)
    ours, every = [], []
    for comment, score in zip(chosen, scorer.score(chosen, explain=True), strict=True):
        marked = {at for begin, end in gold[comment.id] for at in range(begin, end)}
        ours.append(_f1(_strong(score), marked))
        every.append(_f1(set(range(len(comment.text))), marked))
    return ours, every


def _strong(score: Score) -> set[int]:
    """Return the characters of the words that raised abuse a good deal."""
    raised = [one for one in score.evidence if one.label == _ABUSE and one.weight > 0]
    least = _STRONG * max((one.weight for one in raised), default=0.0)
    return {
        at for one in raised if one.weight >= least for at in range(one.begin, one.end)
    }


def _f1(found: set[int], marked: set[int]) -> float:
    total = len(found) + len(marked)
    return 2 * len(found & marked) / total if total else 1.0


def _delete(basis: Basis, scorer: Scorer) -> Deletion | None:
    column = LABELS.index(_ABUSE)
    threshold = basis.threshold(_ABUSE)
    if threshold is None:
        return None
    is_caught = basis.known(column) & (basis.labels[:, column] == 1)
    is_caught &= basis.scores[:, column] >= threshold
    rows = np.flatnonzero(is_caught).tolist()
    comments = [
        basis.rows.comments[row]
        for row in rows
        if len(basis.rows.comments[row].text.split()) > _DELETED + 1
    ]
    chosen = _drawn(comments, basis.seed)
    if not chosen:
        return None
    rng = np.random.default_rng(basis.seed)
    by_evidence, by_chance = [], []
    explained = scorer.score(chosen, explain=True)
    before = scorer.logits(chosen)[:, column]
    for comment, score, logit in zip(chosen, explained, before, strict=True):
        words = [one for one in score.evidence if one.label == _ABUSE]
        if len(words) <= _DELETED:
            continue
        strongest = sorted(words, key=lambda one: -one.weight)[:_DELETED]
        drawn = [
            [words[at] for at in rng.choice(len(words), size=_DELETED, replace=False)]
            for _ in range(_RANDOM_DRAWS)
        ]
        texts = [_without(comment, some) for some in (strongest, *drawn)]
        falls = logit - scorer.logits(texts)[:, column]
        by_evidence.append(float(falls[0]))
        by_chance.append(float(falls[1:].mean()))
    if not by_evidence:
        return None
    return Deletion(
        n=len(by_evidence),
        deleted=_DELETED,
        drop_by_evidence=_mean(by_evidence, basis.seed),
        drop_by_chance=_mean(by_chance, basis.seed),
    )


def _without(comment: Comment, words: Sequence[Evidence]) -> str:
    text = comment.text
    for one in sorted(words, key=lambda one: -one.begin):
        text = text[: one.begin] + text[one.end :]
    return text


def _drawn(comments: Sequence[Comment], seed: int) -> list[Comment]:
    if len(comments) <= _SAMPLE:
        return list(comments)
    rng = np.random.default_rng(seed)
    places = rng.choice(len(comments), size=_SAMPLE, replace=False)
    return [comments[at] for at in sorted(places.tolist())]


def _mean(values: Sequence[float], seed: int) -> Interval:
    if not values:
        return Interval()
    rng = np.random.default_rng(seed)
    draws = rng.choice(values, size=(_RESAMPLES, len(values))).mean(axis=1)
    low, high = np.percentile(draws, (2.5, 97.5)).tolist()
    return Interval(float(np.mean(values)), low, high)
