"""``training.prior_step``: a regression whose prior is centred on a model."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from training.prior_step import Problem, Rule, find_step, fit_weights

_FEATURES = csr_matrix(
    [[1.0, 0.0, 0.0], [0.8, 0.6, 0.0], [0.0, 1.0, 0.0], [0.6, 0.8, 0.0]] * 5
)
_SHARES = np.array([1.0, 1.0, 0.0, 0.0] * 5)
_NOWHERE = csr_matrix((0, 3))


def _problem(
    offsets: float = 0.0, elsewhere: csr_matrix = _NOWHERE, precision: float = 1.0
) -> Problem:
    precisions = np.array([precision, 1.0, 1.0])
    return Problem(_FEATURES, _SHARES, np.full(20, offsets), elsewhere, precisions)


@pytest.mark.parametrize("strength", [0.1, 1.0, 10.0])
def test_without_a_model_it_is_logistic_regression(strength: float) -> None:
    # A constant column is the intercept, whose precision is 1 at every strength.
    constant = csr_matrix(np.full((20, 1), np.sqrt(strength)))
    classifier = LogisticRegression(C=1 / strength, fit_intercept=False, tol=1e-8)
    classifier.fit(hstack([_FEATURES, constant]), _SHARES)

    weights = fit_weights(_problem(), strength)

    assert weights == pytest.approx(classifier.coef_[0, :3], abs=2e-3)


def test_what_the_model_knows_already_moves_nothing() -> None:
    known = Problem(
        _FEATURES,
        _SHARES,
        np.where(_SHARES == 1, 20.0, -20.0),
        _NOWHERE,
        np.ones(3),
    )

    assert fit_weights(known, 1.0) == pytest.approx([0, 0, 0], abs=1e-6)


def test_a_column_that_no_comment_has_stays_exactly() -> None:
    assert fit_weights(_problem(), 1.0)[2] == 0.0


def test_a_stronger_prior_holds_the_weights_closer() -> None:
    weak, strong = fit_weights(_problem(), 0.1), fit_weights(_problem(), 10.0)

    assert np.linalg.norm(strong) < np.linalg.norm(weak) / 2


def test_a_column_held_more_closely_moves_less() -> None:
    free, held = fit_weights(_problem(), 1.0), fit_weights(_problem(precision=9), 1.0)

    assert abs(held[0]) < abs(free[0]) / 2


def test_comments_elsewhere_keep_their_logits() -> None:
    elsewhere = csr_matrix([[1.0, 0.0, 0.0]])

    free = fit_weights(_problem(), 1.0)
    held = fit_weights(_problem(elsewhere=elsewhere), 1.0)

    assert (free[0] > 0.5, abs(held[0]) < 0.02) == (True, True)


def test_the_step_is_stretched_as_the_rule_says() -> None:
    folds = np.arange(20) % 5

    once = find_step(_problem(), folds, [Rule(1.0, 1.0)])
    twice = find_step(_problem(), folds, [Rule(1.0, 2.0)])

    assert twice.weights == pytest.approx(2 * once.weights)


def test_the_rule_that_foretells_unseen_comments_best_is_chosen() -> None:
    folds = np.arange(20) % 5
    rules = [Rule(100.0, 1.0), Rule(0.1, 1.0)]

    assert find_step(_problem(), folds, rules).rule == Rule(0.1, 1.0)


def test_the_intercept_follows_the_site() -> None:
    folds = np.arange(20) % 5

    step = find_step(_problem(offsets=2.0), folds, [Rule(1.0, 1.0)])

    assert -2.5 < step.intercept < -1.0
