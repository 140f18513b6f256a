"""Agreement, against values worked out by hand or printed by the formulas' authors."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pytest

from labels.agreement import Estimate, Votes, measure_agreement

# Krippendorff 2011, section A: two observers, ten units, alpha 0.095.
_KRIPPENDORFF: Final[Sequence[Votes]] = (
    *((0, 1), (1, 1), (0, 1), (0, 0), (0, 0)),
    *((0, 1), (0, 0), (0, 0), (1, 0), (0, 0)),
)

# 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: agreement 0.7, by chance 0.5.
_FIFTY: Final[Sequence[Votes]] = (
    ((1, 1),) * 20 + ((1, 0),) * 5 + ((0, 1),) * 10 + ((0, 0),) * 15
)


def test_kappa_is_agreement_beyond_chance() -> None:
    assert measure_agreement(_FIFTY).kappa.value == pytest.approx((0.7 - 0.5) / 0.5)


def test_alpha_is_what_krippendorff_printed() -> None:
    """Its coincidences: 10 of 0-0, 4 of 0-1 and of 1-0, 2 of 1-1."""
    expected = 1 - 19 * 4 / (14 * 6)

    assert measure_agreement(_KRIPPENDORFF).alpha.value == pytest.approx(expected)
    assert round(expected, 3) == 0.095


def test_alpha_takes_more_than_two_annotators_and_missing_votes() -> None:
    """Units 1,1,0 and 0,0: pairs that differ 2 of 5, expected 2 * 3 * 2 / (5 * 4)."""
    votes: list[Votes] = [(1, 1, 0), (0, None, 0), (1, None, None)]

    found = measure_agreement(votes)

    assert found.comments == 2
    assert found.alpha.value == pytest.approx(1 - (2 / 5) / (12 / 20))


def test_shares_are_those_of_what_two_annotators_judged() -> None:
    found = measure_agreement([*_FIFTY, (1, None), (None, None)])

    assert (found.comments, found.blank_for_some) == (50, 1)
    assert found.prevalence == pytest.approx(0.55)
    assert found.raw == pytest.approx(0.7)


def test_perfect_agreement_is_one() -> None:
    found = measure_agreement([(1, 1), (0, 0)] * 20)

    assert (found.kappa, found.alpha) == (Estimate(1, 1, 1), Estimate(1, 1, 1))


@pytest.mark.parametrize(
    ("votes", "comments"),
    [
        pytest.param([(0, 0), (0, 0)], 2, id="one class"),
        pytest.param([(1, None), (None, 0)], 0, id="nothing judged twice"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_judgements_that_do_not_vary_say_nothing(
    votes: list[Votes], comments: int
) -> None:
    found = measure_agreement(votes)

    assert found.comments == comments
    assert math.isnan(found.kappa.value)
    assert math.isnan(found.alpha.low)


def test_intervals_cover_what_the_standard_error_covers() -> None:
    """Fleiss, Cohen and Everitt 1969 give kappa 0.4 of this table an error of 0.127."""
    found = measure_agreement(_FIFTY).kappa

    assert found.low == pytest.approx(0.4 - 1.96 * 0.127, abs=0.04)
    assert found.high == pytest.approx(0.4 + 1.96 * 0.127, abs=0.04)


def test_the_same_seed_draws_the_same_interval() -> None:
    first, second, other = (
        measure_agreement(_FIFTY, seed=seed).alpha for seed in (1, 1, 2)
    )

    assert first == second
    assert first != other


def test_kappa_is_that_of_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    drawn = np.random.default_rng(0).integers(0, 2, size=(60, 2))
    votes: list[Votes] = [(int(a), int(b)) for a, b in drawn]

    expected = metrics.cohen_kappa_score(drawn[:, 0], drawn[:, 1])

    assert measure_agreement(votes).kappa.value == pytest.approx(expected)
