"""The figures that documents state are those that the commands measured."""

import json
from pathlib import Path

import pytest

from labels.own import DATA, read_own
from labels.suites import read_suites
from model.bundled_model import BUNDLED

_ROOT = Path(__file__).parents[2]
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_DATA_CARD = (DATA.parent / "DATA_CARD.md").read_text(encoding="utf-8")
_EVALUATION = json.loads((BUNDLED / "evaluation.json").read_text(encoding="utf-8"))


def test_evaluation_is_of_the_model_that_ships() -> None:
    card = json.loads((BUNDLED / "card.json").read_text(encoding="utf-8"))

    assert _EVALUATION["model"]["version"] == card["version"]


@pytest.mark.parametrize(
    "cell",
    [cell for cell in _EVALUATION["cells"] if cell["difference"] is not None],
    ids=lambda cell: f"{cell['label']}-{cell['source']}-{cell['split']}",
)
def test_every_compared_cell_stands_in_the_readme(cell: dict[str, object]) -> None:
    figures = (
        f"{cell['n']:,} | {cell['positives']:,} | {cell['roc_auc']:.3f} "
        f"| {cell['plain_roc_auc']:.3f} | {cell['difference']:+.3f} "
        f"[{cell['difference_low']:+.3f} {cell['difference_high']:+.3f}] |"
    )

    assert f"| {cell['label']} | {cell['source']}" in _README
    assert figures in _README


# Other sources and our own comments pull away from what this one calls abuse.
_WORSE = {("abuse", "toxic_spans")}


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(
            cell,
            marks=[pytest.mark.xfail(reason="known, and said in the README")]
            if (cell["label"], cell["source"]) in _WORSE
            else [],
        )
        for cell in _EVALUATION["cells"]
        if cell["difference"] is not None
    ],
    ids=lambda cell: f"{cell['label']}-{cell['source']}-{cell['split']}",
)
def test_no_cell_is_worse_than_plain_beyond_its_interval(
    cell: dict[str, float],
) -> None:
    assert cell["difference_high"] >= 0


@pytest.mark.parametrize(
    "half",
    [half for half in _EVALUATION["suites"] if half["is_locked"]],
    ids=lambda half: f"{half['suite']}-{half['is_expected']}",
)
def test_locked_halves_stand_in_the_readme(half: dict[str, int]) -> None:
    assert f"{half['passed'] / half['cases']:.1%}" in _README


def test_data_card_counts_comments_and_cases() -> None:
    suites = [case.suite for case in read_suites()]

    assert f"{len(read_own()):,} comments" in _DATA_CARD
    assert f"PraiseCheck has {suites.count('praisecheck')} cases" in _DATA_CARD
    assert f"AbuseCheck {suites.count('abusecheck')} of" in _DATA_CARD
