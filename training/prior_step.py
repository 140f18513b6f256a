"""Logistic regression whose Gaussian prior is centred on a model that there is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags, vstack

from model.calibration import sigmoid

# The prior of the intercept: one logit either way.
_INTERCEPT_PRECISION: Final = 1.0

# Other comments together hold the step back as much as this many of the site's would.
_ELSEWHERE: Final = 1000.0

_ROUNDS: Final = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """What one label of a site asks of a model.

    Attributes:
        features: of the comments that know the label, shape (comments, columns).
        shares: how likely each has it, in [0, 1].
        offsets: what the model says of them already, in logits.
        elsewhere: features of comments whose logits ought to stay as they are.
        precisions: how closely each column's weight is held, 1 the least closely.
    """

    features: csr_matrix
    shares: NDArray[np.float64]
    offsets: NDArray[np.float64]
    elsewhere: csr_matrix
    precisions: NDArray[np.float64]

    def only(self, rows: NDArray[np.bool_]) -> "Problem":
        """Return the same problem with some of the site's comments."""
        return replace(
            self,
            features=self.features[rows],
            shares=self.shares[rows],
            offsets=self.offsets[rows],
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """How far to go.

    Attributes:
        strength: of the prior: lambda, half of which times the squared step is the
            price of the step.
        stretch: how many times the step is taken. Where labels are few and n-grams
            many, each takes a share of what they have in common, and the step has the
            right direction long before it has the right length.
    """

    strength: float
    stretch: float


DEFAULT: Final = Rule(strength=0.3, stretch=2.0)
"""Taken where labels are too few to choose by."""

RULES: Final = tuple(
    sorted(
        (
            Rule(strength, stretch)
            for strength in (0.1, 0.3, 1.0, 3.0)
            for stretch in (1.0, 2.0, 4.0)
        ),
        key=lambda rule: rule.stretch / rule.strength,
    )
)
"""Among these cross-validation chooses; those that move less come first."""


@dataclass(frozen=True, slots=True)
class Step:
    """How a label's weights move, in logits after calibration.

    Attributes:
        rule: what was chosen.
        weights: what is added to each column's weight.
        intercept: what is added to every logit.
        unseen: for each comment what the step adds to its logit without having seen
            it, the intercept included.
        folds: the same step without each fold's comments, by fold.
    """

    rule: Rule
    weights: NDArray[np.float64]
    intercept: float
    unseen: NDArray[np.float64]
    folds: dict[int, NDArray[np.float64]]


def find_step(
    problem: Problem, folds: NDArray[np.int64], rules: Sequence[Rule]
) -> Step:
    """Choose the rule by the log-loss of unseen comments, and take its step.

    Of the rules that chance alone may have put behind the best, the one that moves
    least is taken: the one-standard-error rule of Breiman et al. 1984.
    """
    by_strength = {
        strength: _cross_fit(problem, folds, strength)
        for strength in dict.fromkeys(rule.strength for rule in rules)
    }
    tried = [_foretell(problem, folds, rule, by_strength) for rule in rules]
    chosen = _choose(
        [_losses(problem.shares, problem.offsets + unseen) for unseen, _ in tried]
    )
    rule, (unseen, intercept) = rules[chosen], tried[chosen]
    cross_fitted = by_strength[rule.strength]
    return Step(
        rule,
        rule.stretch * fit_weights(problem, rule.strength),
        intercept,
        unseen,
        {fold: rule.stretch * weights for fold, weights in cross_fitted.items()},
    )


def _choose(losses: Sequence[NDArray[np.float64]]) -> int:
    """Return the first of those no worse than the best by more than its error."""
    best = losses[int(np.argmin([np.sum(loss) for loss in losses]))]
    for place, loss in enumerate(losses):
        behind = loss - best
        if behind.sum() <= np.std(behind) * np.sqrt(len(behind)):
            return place
    raise AssertionError  # pragma: no cover - the best is behind itself by 0


def _foretell(
    problem: Problem,
    folds: NDArray[np.int64],
    rule: Rule,
    by_strength: Mapping[float, Mapping[int, NDArray[np.float64]]],
) -> tuple[NDArray[np.float64], float]:
    """Return what the rule adds to logits of unseen comments, and the intercept."""
    moved = rule.stretch * _unseen(problem, folds, by_strength[rule.strength])
    intercept = _fit_intercept(problem.shares, problem.offsets + moved)
    return moved + intercept, intercept


def fit_weights(problem: Problem, strength: float) -> NDArray[np.float64]:
    """Return what to add to the weights, shape (columns,): the maximum a posteriori.

    It minimises the log-loss of ``offsets + features @ step`` plus half the strength
    times the squared step, and the squared change of comments elsewhere. L-BFGS on
    the columns that occur, since liblinear knows no offset; a weight that no comment
    of the site touches stays exactly as it was.
    """
    columns = np.unique(problem.features.indices)
    weights = np.zeros(problem.features.shape[1])
    if not len(columns):
        return weights
    scale = 1 / np.sqrt(strength * problem.precisions[columns])
    X = (problem.features[:, columns] @ diags(scale)).tocsr()
    held = (problem.elsewhere[:, columns] @ diags(scale)).tocsr()
    held *= np.sqrt(_ELSEWHERE / max(held.shape[0], 1))
    stacked = vstack([X, held], format="csr")
    transposed = stacked.T.tocsr()
    n = len(problem.shares)

    def objective(step: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moved = stacked @ step[:-1]
        logits = problem.offsets + moved[:n] + step[-1]
        slope = np.append(sigmoid(logits) - problem.shares, moved[n:])
        gradient = np.append(transposed @ slope + step[:-1], slope[:n].sum())
        gradient[-1] += _INTERCEPT_PRECISION * step[-1]
        loss = np.sum(np.logaddexp(0, logits) - problem.shares * logits)
        loss += (moved[n:] @ moved[n:] + step[:-1] @ step[:-1]) / 2
        return float(loss + _INTERCEPT_PRECISION * step[-1] ** 2 / 2), gradient

    found = _minimise(objective, len(columns) + 1)
    weights[columns] = scale * found[:-1]
    return weights


def _minimise(objective: Any, size: int) -> NDArray[np.float64]:
    options = {"maxiter": _ROUNDS, "ftol": 1e-7, "gtol": 1e-4}
    found = minimize(
        objective, np.zeros(size), jac=True, method="L-BFGS-B", options=options
    )
    return np.asarray(found.x)


def _cross_fit(
    problem: Problem, folds: NDArray[np.int64], strength: float
) -> dict[int, NDArray[np.float64]]:
    return {
        fold: fit_weights(problem.only(~judged), strength)
        for fold, judged in _each_fold(folds)
    }


def _unseen(
    problem: Problem,
    folds: NDArray[np.int64],
    by_fold: Mapping[int, NDArray[np.float64]],
) -> NDArray[np.float64]:
    moved = np.zeros(len(folds))
    for fold, judged in _each_fold(folds):
        moved[judged] = problem.features[judged] @ by_fold[fold]
    return moved


def _each_fold(folds: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    for fold in np.unique(folds).tolist():
        yield fold, folds == fold


def _fit_intercept(shares: NDArray[np.float64], logits: NDArray[np.float64]) -> float:
    """Return what to add to every logit; few comments move it little."""

    def objective(step: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moved = logits + step[0]
        loss = _losses(shares, moved).sum() + _INTERCEPT_PRECISION * step[0] ** 2 / 2
        slope = np.sum(sigmoid(moved) - shares) + _INTERCEPT_PRECISION * step[0]
        return float(loss), np.array([slope])

    return float(_minimise(objective, 1)[0])


def _losses(
    shares: NDArray[np.float64], logits: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.asarray(np.logaddexp(0, logits) - shares * logits)
