import numpy as np
import pytest

from model.actions import Thresholds
from training.thresholds import (
    UnreachablePrecisionError,
    choose_thresholds,
    threshold_for_precision,
)

# Ten of each: all at 0.9 are positive, half at 0.5, none at 0.1.
_SCORES = np.repeat([0.9, 0.5, 0.1], 20)
_LABELS = np.concatenate([np.ones(20), np.tile([1, 0], 10), np.zeros(20)]).astype(int)
_EVEN = np.ones(60)


@pytest.mark.parametrize(
    ("precision", "threshold"),
    [
        pytest.param(0.9, 0.9, id="only the top"),
        pytest.param(0.75, 0.5, id="the top and the middle"),
        pytest.param(0.5, 0.1, id="everything"),
    ],
)
def test_lowest_precise_threshold_is_chosen(precision: float, threshold: float) -> None:
    found = threshold_for_precision(_LABELS, _SCORES, _EVEN, precision=precision)

    assert found == threshold


def test_precision_holds_at_the_stated_base_rate() -> None:
    """Negatives that count a hundredfold make the middle band imprecise."""
    weights = np.where(_LABELS == 1, 1.0, 100.0)

    found = threshold_for_precision(_LABELS, _SCORES, weights, precision=0.5)

    assert found == 0.9


def test_unreachable_precision_is_an_error() -> None:
    with pytest.raises(UnreachablePrecisionError, match=r"precision of 0\.90"):
        threshold_for_precision(
            np.tile([0, 1], 30), np.full(60, 0.5), _EVEN, precision=0.9
        )


def test_a_handful_of_flagged_comments_proves_nothing() -> None:
    labels = np.array([1] * 5 + [0] * 55)
    scores = np.array([0.9] * 5 + [0.1] * 55)

    assert choose_thresholds(labels, scores, _EVEN) == Thresholds(None, None)


def test_review_lies_at_or_below_hold() -> None:
    assert choose_thresholds(_LABELS, _SCORES, _EVEN) == Thresholds(0.5, 0.9)
