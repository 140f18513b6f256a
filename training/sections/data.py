"""Section 3: what the model learnt from and is judged on; whether any of it leaks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from labels import own
from labels.corpora.sources import load_sources
from labels.duplicates import entries, find_duplicates
from labels.labelled import LabelledComment
from labels.schema import LABELS
from labels.suites import SuiteCase
from labels.words import comparable, words_of
from training.sections.basis import Basis, may_show

_MOST_COMPARED: Final = 60_000
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class SourceData:
    """One source of comments.

    Attributes:
        source: its name.
        title: what people call it.
        licence: as its authors state it.
        home: where it is published; blank for our own and for files.
        languages: BCP 47 tags.
        rows: how many comments were judged or left out here.
        trained_rows: how many the model's card says it learnt from; None for none.
        unseen: how many of ``rows`` are judged by a fit that did not see them.
        may_show: whether its texts may stand in a report.
        positives: comments with each label at 1, by label; None where unknown.
    """

    source: str
    title: str
    licence: str
    home: str
    languages: list[str]
    rows: int
    trained_rows: int | None
    unseen: int
    may_show: bool
    positives: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Leak:
    """How many comments of one place are nearly those of another."""

    tested: str
    trained: str
    pairs: int
    is_leak: bool


@dataclass(frozen=True, slots=True)
class Data:
    """What there is to learn from and to be judged on.

    Attributes:
        sources: one after the other.
        same_words: unseen comments whose words, but for case and marks, stand in
            another source too.
        compared: how many comments of ours, yours and suites were compared for
            near-duplicates; 0 if there were too many.
        leaks: pairs of near-duplicates by where they stand, leaks first.
        near_duplicates_note: how training keeps corpora's copies together.
    """

    sources: list[SourceData]
    same_words: int
    compared: int
    leaks: list[Leak]
    near_duplicates_note: str


def describe_data(
    basis: Basis,
    own_and_yours: Sequence[LabelledComment],
    cases: Sequence[SuiteCase],
) -> Data:
    """Count the sources, and look for copies between what teaches and what tests."""
    trained = _trained(basis)
    sources = [
        _source(basis, name, trained)
        for name in dict.fromkeys(basis.rows.sources.tolist())
    ]
    is_small = len(own_and_yours) + len(cases) <= _MOST_COMPARED
    found = find_duplicates(entries(own_and_yours, cases)) if is_small else []
    pairs = Counter((one.first.place, one.second.place, one.is_leak) for one in found)
    return Data(
        sources=sources,
        same_words=_same_words(basis),
        compared=len(own_and_yours) + len(cases) if is_small else 0,
        leaks=[
            Leak(first, second, count, is_leak)
            for (first, second, is_leak), count in sorted(
                pairs.items(), key=lambda one: (not one[0][2], -one[1], one[0])
            )[:_SHOWN]
        ],
        near_duplicates_note=(
            "Training keeps threads, contrast pairs and near-duplicates of any source "
            "in one fold, so a copy of a comment never taught the fit that judges it."
        ),
    )


def _trained(basis: Basis) -> dict[str, int]:
    entries_of: Any = basis.artefact.card.get("data", [])
    return {
        str(entry.get("source")): int(entry.get("rows", 0))
        for entry in entries_of
        if isinstance(entry, dict)
    }


def _source(basis: Basis, name: str, trained: dict[str, int]) -> SourceData:
    corpus = load_sources().get(name)
    is_of = basis.rows.sources == name
    labels = basis.labels[is_of]
    is_own = name == own.SOURCE
    return SourceData(
        source=name,
        title=corpus.title if corpus else ("Gavel's own comments" if is_own else name),
        licence=corpus.licence if corpus else ("Apache-2.0" if is_own else "yours"),
        home=corpus.home if corpus else "",
        languages=list(corpus.languages)
        if corpus
        else (["en", "ur-Latn", "hi-Latn"] if is_own else []),
        rows=int(is_of.sum()),
        trained_rows=trained.get(name),
        unseen=int((is_of & basis.is_unseen).sum()),
        may_show=may_show(name),
        positives={
            label: int((column == 1).sum()) if (column >= 0).any() else None
            for label, column in zip(LABELS, labels.T, strict=True)
        },
    )


def _same_words(basis: Basis) -> int:
    first: dict[str, str] = {}
    shared: set[str] = set()
    keys = []
    for source, comment in zip(
        basis.rows.sources.tolist(), basis.rows.comments, strict=True
    ):
        key = comparable(comment.text, words_of(comment.text))
        keys.append(key)
        if first.setdefault(key, source) != source:
            shared.add(key)
    is_shared = np.array([key in shared for key in keys], dtype=np.bool_)
    return int((is_shared & basis.is_unseen).sum())
