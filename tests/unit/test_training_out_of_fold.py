from dataclasses import replace

import numpy as np
import pytest

from labels.schema import LABELS
from training.evaluation_table import EvaluationTable
from training.out_of_fold import (
    check_calibration,
    check_calibrations,
    compare_with_plain,
)
from training.splits import HELD_OUT

_N = 20_000
_RANDOM = np.random.default_rng(7)
_LOGITS = _RANDOM.normal(size=_N) * 2 - 1
_TRUE = 1 / (1 + np.exp(-_LOGITS))
_LABELS = (_RANDOM.random(_N) < _TRUE).astype(np.int64)
_EVEN = np.full(_N, 1 / _N)


def test_scores_that_are_shares_are_calibrated() -> None:
    check = check_calibration(_LABELS, _TRUE, _EVEN)

    assert (check.slope, check.intercept) == pytest.approx((1, 0), abs=0.05)
    assert check.bin_error == pytest.approx(0, abs=0.01)
    assert check.brier_skill > 0.2


def test_scores_too_far_apart_have_a_slope_below_one() -> None:
    overdone = 1 / (1 + np.exp(-(2 * _LOGITS + 1)))

    check = check_calibration(_LABELS, overdone, _EVEN)

    assert (check.slope, check.intercept) == pytest.approx((0.5, -0.5), abs=0.05)
    assert check.bin_error is not None
    assert check.bin_error > 0.05


def test_scores_that_say_less_than_the_base_rate_have_no_skill() -> None:
    check = check_calibration(_LABELS, 1 - _TRUE, _EVEN)

    assert check.brier_skill < 0


def test_error_of_bins_is_the_mean_distance() -> None:
    labels, scores = np.tile([0, 0, 0, 1], 1_000), np.full(4_000, 0.35)

    check = check_calibration(labels, scores, np.full(4_000, 1 / 4_000))

    assert check.bin_error == pytest.approx(0.1)


def test_few_rows_fill_no_bins() -> None:
    few = check_calibration(_LABELS[:1_999], _TRUE[:1_999], np.full(1_999, 1 / 1_999))

    assert few.bin_error is None


def _table() -> EvaluationTable:
    """One label, abuse, known; two sources; ours is right, plain is noise."""
    labels = np.full((400, len(LABELS)), -1)
    labels[:, 0] = np.tile([0, 1, 0, 0], 100)
    scores = np.full(labels.shape, 0.5)
    scores[:, 0] = labels[:, 0] * 0.5 + np.tile([0.1, 0.2, 0.3, 0.4, 0.25], 80)
    return EvaluationTable(
        version="v",
        sources=np.repeat(["large", "small"], [300, 100]),
        hashes=np.arange(400).astype(np.str_),
        folds=np.arange(400) % 5,
        labels=labels,
        scores=scores,
        plain=np.random.default_rng(1).normal(size=labels.shape),
    )


def test_sources_with_few_positives_count_in_the_pool_alone() -> None:
    compared = compare_with_plain(_table())

    assert list(compared) == ["abuse"]
    assert list(compared["abuse"].by_source) == ["large"]
    assert compared["abuse"].mean == compared["abuse"].by_source["large"]
    assert compared["abuse"].pooled.low > 0


def test_held_out_rows_are_left_out() -> None:
    table = _table()
    is_wrong = np.arange(400) % 4 == 1
    spoilt = table.scores.copy()
    spoilt[is_wrong, 0] = 0
    folds = np.where(is_wrong & (np.arange(400) > 20), HELD_OUT, table.folds)
    right = replace(table, folds=folds)
    wrong = replace(
        right, scores=np.where((folds == HELD_OUT)[:, None], spoilt, right.scores)
    )

    assert compare_with_plain(wrong) == compare_with_plain(right)
    rates = dict.fromkeys(LABELS, 0.2)
    assert check_calibrations(wrong, rates) == check_calibrations(right, rates)


def test_calibration_is_checked_at_the_stated_base_rate() -> None:
    table = _table()
    flat = replace(table, scores=np.full(table.scores.shape, 0.1))

    stated = check_calibrations(flat, dict.fromkeys(LABELS, 0.1))["abuse"]

    assert stated.brier_skill == pytest.approx(0)


def test_a_corpus_gathered_by_a_label_does_not_judge_its_calibration() -> None:
    table = _table()
    gathered = replace(table, sources=np.repeat(["toxic_spans", "small"], [300, 100]))

    check = check_calibrations(gathered, dict.fromkeys(LABELS, 0.2))["abuse"]

    assert check.n == 100
