import numpy as np
import pytest
from sklearn.metrics import average_precision_score, cohen_kappa_score, roc_auc_score

from labels.agreement import measure_agreement
from training.sections.changes import mcnemar
from training.sections.intervals import (
    Interval,
    Sample,
    compare,
    wilson,
    with_intervals,
)
from training.sections.people import agreement, alphas
from training.sections.slices import auc_interval

_RNG = np.random.default_rng(0)
_LABELS = (_RNG.random(400) < 0.3).astype(np.int64)
_SCORES = np.asarray(
    np.round(np.clip(_LABELS * 0.3 + _RNG.random(400) * 0.7, 0, 1), 2), np.float64
)


def _sample(labels: np.ndarray = _LABELS, *, base_rate: float | None = None) -> Sample:
    return Sample(labels, _SCORES[: len(labels)], np.ones(len(labels)), base_rate)


def test_figures_are_those_of_scikit_learn() -> None:
    found = with_intervals(_sample(), 0.5, seed=0)

    assert found["roc_auc"].value == pytest.approx(roc_auc_score(_LABELS, _SCORES))
    assert found["average_precision"].value == pytest.approx(
        average_precision_score(_LABELS, _SCORES)
    )


def test_an_interval_is_the_same_for_the_same_seed_and_holds_its_figure() -> None:
    first, second = (with_intervals(_sample(), 0.5, seed=3) for _ in range(2))

    assert first == second
    ends = [(one.low or 0, one.value or 0, one.high or 0) for one in first.values()]
    assert all(low <= high for low, _, high in ends)
    auc = first["roc_auc"]
    assert (auc.low or 1) < (auc.value or 0) < (auc.high or 0)


def test_a_base_rate_moves_precision_and_leaves_the_roc_curve() -> None:
    rare, often = (
        with_intervals(_sample(base_rate=rate), 0.5, seed=0) for rate in (0.01, 0.5)
    )

    assert rare["roc_auc"].value == pytest.approx(often["roc_auc"].value)
    assert rare["recall"].value == pytest.approx(often["recall"].value)
    assert (rare["average_precision"].value or 1) < (
        often["average_precision"].value or 0
    )


@pytest.mark.parametrize(
    "labels",
    [
        pytest.param(np.zeros(400, np.int64), id="one class only"),
        pytest.param(np.array([1, 0, 0]), id="three rows"),
        pytest.param(np.array([], np.int64), id="no rows"),
    ],
)
def test_there_is_no_figure_from_too_few_rows(labels: np.ndarray) -> None:
    assert with_intervals(_sample(labels), 0.5, seed=0) == {}


def test_against_itself_a_model_differs_by_nothing() -> None:
    _, others = compare(_sample(), 0.5, {"twin": (_SCORES, 0.5)}, seed=0)

    assert others["twin"]["roc_auc_difference"] == Interval(0.0, 0.0, 0.0)


def test_always_no_flags_nothing() -> None:
    _, others = compare(_sample(), 0.5, {"no": (np.zeros(400), 0.5)}, seed=0)

    found = others["no"]
    assert (found["f1"].value, found["false_positive_rate"].value) == (0.0, 0.0)
    assert found["roc_auc"].value == pytest.approx(0.5)


def test_a_share_of_nothing_is_blank() -> None:
    assert wilson(0, 0) == Interval()


def test_the_interval_of_an_auc_holds_it() -> None:
    found = auc_interval(_LABELS, _SCORES)

    assert found.value == pytest.approx(roc_auc_score(_LABELS, _SCORES))
    assert found.low is not None
    assert found.high is not None
    assert found.low < roc_auc_score(_LABELS, _SCORES) < found.high


def test_kappa_is_that_of_scikit_learn() -> None:
    flagged = (_SCORES >= 0.5).astype(np.int64)

    found = agreement(_LABELS, flagged, 0)

    assert found.value == pytest.approx(cohen_kappa_score(_LABELS, flagged))


def test_kappa_of_judges_who_never_vary_is_blank() -> None:
    ones = np.ones(20, np.int64)

    assert agreement(ones, ones, 0) == Interval()


def test_mcnemar_tells_many_changes_for_the_better_from_chance() -> None:
    found = mcnemar(19, 1)

    assert found is not None
    assert found < 0.001


def test_alpha_of_two_judges_is_that_of_any_number() -> None:
    flagged = (_SCORES >= 0.5).astype(np.int64)
    votes = list(zip(_LABELS.tolist(), flagged.tolist(), strict=True))

    found = agreement(_LABELS, flagged, 0, alphas)

    assert found.value == pytest.approx(measure_agreement(votes).alpha.value)
