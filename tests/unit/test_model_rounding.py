import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.rounding import rounded


@given(st.lists(st.floats(0, 1)))
def test_scores_are_rounded_as_python_rounds(scores: list[float]) -> None:
    assert rounded(np.array(scores)).tolist() == [round(one, 6) for one in scores]


@given(st.lists(st.integers(0, 999_999)))
def test_ties_are_rounded_as_python_rounds(steps: list[int]) -> None:
    scores = (np.array(steps, np.float64) + 0.5) / 1e6
    expected = [round(one, 6) for one in scores.tolist()]
    assert rounded(scores).tolist() == expected
