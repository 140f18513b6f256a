"""Section 8: what naming an identity does to the scores."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from labels.identity_swap import read_groups, read_sentences
from labels.labelled import LabelledComment
from labels.schema import LABELS
from training.bulk_scores import ScorerJudge
from training.goals import MADLIBS_FIGURES
from training.identity_swap import SwapResult, swap_identities
from training.madlibs import MadlibsResult, measure_madlibs
from training.rows import as_rows, round_shares
from training.sections.basis import FEWEST, Basis
from training.sections.slicing import identity_slices

_ABUSE = LABELS.index("abuse")


@dataclass(frozen=True, slots=True)
class IdentityAucs:
    """Borkan's three ROC-AUCs of abuse for comments that name an identity.

    Attributes:
        identity: as the gazetteer calls it.
        n: unseen comments that name it and know abuse.
        positives: how many of them are abuse.
        subgroup: over those comments; None with fewer than ten of a class, likewise:
        bpsn: harmless ones that name it against abuse that does not; low where
            naming it makes harmless comments look abusive.
        bnsp: abuse that names it against harmless ones that do not; low where naming
            it makes abuse look harmless.
    """

    identity: str
    n: int
    positives: int
    subgroup: float | None
    bpsn: float | None
    bnsp: float | None


@dataclass(frozen=True, slots=True)
class Bias:
    """Bias by identity.

    Attributes:
        identities: on the unseen comments, the most frequent identities first.
        swap: sentences in which one group takes the place of another.
        madlibs: template sentences of Bias Madlibs; None where they are absent.
        madlibs_worst: the lowest of each of their three figures.
        note: what could not be judged.
    """

    identities: list[IdentityAucs]
    swap: SwapResult
    madlibs: MadlibsResult | None
    madlibs_worst: dict[str, float]
    note: str | None


def measure_bias(
    basis: Basis, judge: ScorerJudge, templates: Sequence[LabelledComment]
) -> Bias:
    """Measure abuse scores by identity, on comments, swapped sentences, templates."""
    madlibs = _madlibs(judge, templates) if templates else None
    worst = {}
    if madlibs is not None and madlibs.terms:
        worst = {
            name: float(getattr(madlibs.worst(name), name)) for name in MADLIBS_FIGURES
        }
    return Bias(
        identities=_identities(basis),
        swap=swap_identities(judge, read_sentences(), read_groups()),
        madlibs=madlibs,
        madlibs_worst=worst,
        note=None if madlibs else "bias_madlibs was not among the corpora: not judged",
    )


def _identities(basis: Basis) -> list[IdentityAucs]:
    known = basis.known(_ABUSE)
    labels = basis.labels[known, _ABUSE] == 1
    scores = basis.scores[known, _ABUSE]
    found = []
    for _, identity, is_in in identity_slices(basis):
        names = is_in[known]
        found.append(
            IdentityAucs(
                identity,
                int(names.sum()),
                int(labels[names].sum()),
                _auc(labels, scores, names),
                _auc(labels, scores, names != labels),
                _auc(labels, scores, names == labels),
            )
        )
    return [one for one in found if one.n]


def _auc(labels: np.ndarray, scores: np.ndarray, chosen: np.ndarray) -> float | None:
    positives = int(labels[chosen].sum())
    if min(positives, int(chosen.sum()) - positives) < FEWEST:
        return None
    return float(roc_auc_score(labels[chosen], scores[chosen]))


def _madlibs(
    judge: ScorerJudge, templates: Sequence[LabelledComment]
) -> MadlibsResult | None:
    rows = as_rows(templates)
    return measure_madlibs(
        [comment.text for comment in rows.comments],
        round_shares(rows.shares[:, _ABUSE]),
        judge.scores(rows.comments)[:, _ABUSE],
        float(judge.lowest[_ABUSE]),
    )
