import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from training.delong import compare_aucs
from training.metrics import Metrics, calibration_error, measure

_RANDOM = np.random.default_rng(7)
_LABELS = (_RANDOM.random(400) < 0.3).astype(np.int64)
_GOOD = _LABELS + _RANDOM.normal(size=400)
_NOISE = _RANDOM.normal(size=400)


def test_difference_is_that_of_the_two_aucs() -> None:
    compared = compare_aucs(_LABELS, _GOOD, _NOISE)

    expected = roc_auc_score(_LABELS, _GOOD) - roc_auc_score(_LABELS, _NOISE)
    assert compared.difference == pytest.approx(expected, abs=1e-12)


def test_interval_is_that_of_the_paired_bootstrap() -> None:
    compared = compare_aucs(_LABELS, _GOOD, _NOISE)
    differences = []
    for _ in range(1_000):
        rows = _RANDOM.integers(0, 400, 400)
        differences.append(
            roc_auc_score(_LABELS[rows], _GOOD[rows])
            - roc_auc_score(_LABELS[rows], _NOISE[rows])
        )

    low, high = np.percentile(differences, [2.5, 97.5])

    assert (compared.low, compared.high) == pytest.approx((low, high), abs=0.02)


def test_a_score_does_not_differ_from_itself() -> None:
    compared = compare_aucs(_LABELS, _GOOD, _GOOD)

    assert (compared.low, compared.high) == (0.0, 0.0)


def test_rows_of_one_class_have_no_auc() -> None:
    metrics = measure(np.zeros(2, dtype=np.int64), np.array([0.25, 0.75]), None, 0.5)

    assert metrics == Metrics(
        n=2,
        positives=0,
        threshold=0.5,
        precision=0.0,
        f1=0.0,
        calibration_error=0.5,
    )


def test_metrics_are_taken_at_the_threshold() -> None:
    labels = np.array([1, 1, 0, 0])

    metrics = measure(labels, np.array([0.9, 0.2, 0.8, 0.1]), None, 0.5)

    assert (metrics.precision, metrics.recall, metrics.f1) == (0.5, 0.5, 0.5)


def test_calibrated_scores_have_no_calibration_error() -> None:
    scores = np.full(100, 0.25)
    labels = np.tile([1, 0, 0, 0], 25)

    assert calibration_error(labels, scores) == pytest.approx(0.06, abs=0.03)
