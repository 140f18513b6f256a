"""Section 16: what would change if the model took the place of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from labels.comments import Comment
from labels.readers import open_comments
from labels.rows import Fault
from labels.schema import LABELS
from model.actions import ACTIONS, Thresholds
from model.artefact import Artefact
from model.scorer import Scorer
from training.evaluate import TRAINED_ON, judge_rows
from training.report.shown_text import TextPolicy
from training.sections.basis import Basis, may_show

_SAMPLES: Final = 6


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A comment on which the two models differ; its text only where it may be shown."""

    source: str
    row: str
    before: float
    after: float
    label_is: int
    text: str | None


@dataclass(frozen=True, slots=True)
class LabelChange:
    """One label, at each model's own shipped threshold.

    Attributes:
        label: the label.
        n: rows that know it and that neither model saw.
        newly_flagged: flagged now and not before.
        newly_flagged_rightly: how many of them should be.
        no_longer_flagged: the other way about.
        no_longer_flagged_rightly: how many of them should not be.
        mcnemar_p: two-sided exact p of as many rows right in one model alone; None
            where the models are right and wrong together.
        not_judged: why there are no figures; None if there are.
    """

    label: str
    n: int
    newly_flagged: int = 0
    newly_flagged_rightly: int = 0
    no_longer_flagged: int = 0
    no_longer_flagged_rightly: int = 0
    mcnemar_p: float | None = None
    newly_flagged_cases: tuple[ChangedCase, ...] = ()
    no_longer_flagged_cases: tuple[ChangedCase, ...] = ()
    not_judged: str | None = None


@dataclass(frozen=True, slots=True)
class Flagged:
    """Comments of an unlabelled file that ask for an action."""

    model: str
    review: int
    hold: int


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """Recent comments that nobody labelled: how many of them each model flags.

    ``faulty`` rows could not be read; ``differing`` comments get another action.
    """

    file: str
    comments: int
    faulty: int
    models: list[Flagged]
    differing: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes against another model.

    Attributes:
        against: name and version of the other; None if none was named.
        labels: label by label.
        unlabelled: flag rates of a file without labels; None if none was named.
        not_judged: why there is nothing; None if there is.
    """

    against: str | None
    labels: list[LabelChange]
    unlabelled: Unlabelled | None
    not_judged: str | None


def measure_changes(
    basis: Basis,
    against: Artefact | None,
    unlabelled: Path | None,
    policy: TextPolicy,
) -> Changes:
    """Compare with the other model, and flag what nobody labelled.

    Raises:
        InputError: if the unlabelled file cannot be read.
    """
    labels: list[LabelChange] = []
    if against is not None:
        judged = judge_rows(against, basis.rows)
        is_unseen = judged.splits != TRAINED_ON
        hashes = basis.rows.hashes()
        labels = [
            _label(
                _Pair(basis, against, judged.scores, is_unseen, hashes, policy), column
            )
            for column in range(len(LABELS))
        ]
    return Changes(
        against=f"{against.name} {against.version}" if against else None,
        labels=labels,
        unlabelled=_unlabelled(basis, against, unlabelled) if unlabelled else None,
        not_judged=(
            None if against or unlabelled else "no other model was named (--against)"
        ),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two models and what each says of the rows; how texts are shown."""

    basis: Basis
    against: Artefact
    theirs: NDArray[np.float64]
    is_unseen: NDArray[np.bool_]
    hashes: Sequence[str]
    policy: TextPolicy


def _label(pair: _Pair, column: int) -> LabelChange:
    basis, against, label = pair.basis, pair.against, LABELS[column]
    now, before = basis.threshold(label), _threshold(against, label)
    known = basis.known(column) & pair.is_unseen
    n = int(known.sum())
    if now is None or before is None:
        which = "this model" if now is None else "the other model"
        return LabelChange(label, n, not_judged=f"{which} has no threshold for it")
    if not n:
        return LabelChange(label, n, not_judged="no comment that neither model saw")
    after = basis.scores[:, column] >= now
    earlier = pair.theirs[:, column] >= before
    is_one = basis.labels[:, column] == 1
    new, gone = known & after & ~earlier, known & ~after & earlier
    better = int((new & is_one).sum() + (gone & ~is_one).sum())
    worse = int((new | gone).sum()) - better
    cases = [tuple(_cases(pair, column, chosen)) for chosen in (new, gone)]
    return LabelChange(
        label=label,
        n=n,
        newly_flagged=int(new.sum()),
        newly_flagged_rightly=int((new & is_one).sum()),
        no_longer_flagged=int(gone.sum()),
        no_longer_flagged_rightly=int((gone & ~is_one).sum()),
        mcnemar_p=mcnemar(better, worse),
        newly_flagged_cases=cases[0],
        no_longer_flagged_cases=cases[1],
    )


def mcnemar(better: int, worse: int) -> float | None:
    """Return the exact p of McNemar's test; None where the two never differ.

    >>> mcnemar(5, 5), mcnemar(0, 0)
    (1.0, None)
    """
    if not better + worse:
        return None
    return float(binomtest(better, better + worse).pvalue)


def _threshold(artefact: Artefact, label: str) -> float | None:
    found = artefact.thresholds.get(label, Thresholds())
    return found.hold if found.review is None else found.review


def _cases(pair: _Pair, column: int, chosen: NDArray[np.bool_]) -> list[ChangedCase]:
    """Return the rows that moved most, those that may be read first."""
    basis, theirs = pair.basis, pair.theirs
    moved = np.abs(basis.scores[:, column] - theirs[:, column])
    rows = sorted(
        np.flatnonzero(chosen).tolist(),
        key=lambda row: (not may_show(str(basis.rows.sources[row])), -moved[row]),
    )
    return [
        ChangedCase(
            source=str(basis.rows.sources[row]),
            row=pair.hashes[row],
            before=float(theirs[row, column]),
            after=float(basis.scores[row, column]),
            label_is=int(basis.labels[row, column]),
            text=(
                pair.policy.text(basis.rows.comments[row].text)
                if may_show(str(basis.rows.sources[row]))
                else None
            ),
        )
        for row in rows[:_SAMPLES]
    ]


def _unlabelled(basis: Basis, against: Artefact | None, path: Path) -> Unlabelled:
    comments: list[Comment] = []
    faulty = 0
    with open_comments(path) as source:
        for row in source:
            if isinstance(row, Fault):
                faulty += 1
            else:
                comments.append(row.comment)
    artefacts = [basis.artefact, *([against] if against else [])]
    actions = [Scorer(one).score_arrays(comments).actions for one in artefacts]
    models = [
        Flagged(
            f"{one.name} {one.version}",
            int((of_model == ACTIONS.index("review")).sum()),
            int((of_model == ACTIONS.index("hold")).sum()),
        )
        for one, of_model in zip(artefacts, actions, strict=True)
    ]
    differing = int((actions[0] != actions[1]).sum()) if against else None
    return Unlabelled(path.name, len(comments), faulty, models, differing)
