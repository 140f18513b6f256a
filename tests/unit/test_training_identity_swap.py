from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from labels.comments import Comment
from labels.identity_swap import SwapGroup, SwapSentence
from labels.schema import LABELS
from training.identity_swap import swap_identities

_GROUPS = [SwapGroup(name, "nation") for name in ("Turks", "Kurds", "Danes", "Poles")]


class _FlagsWords:
    """Flags abuse in whatever holds one of some words."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def scores(self, comments: Sequence[Comment]) -> NDArray[np.float64]:
        scores = np.zeros((len(comments), len(LABELS)))
        scores[:, 0] = [
            any(word in one.text for word in self._words) for one in comments
        ]
        return scores

    def flags(self, comments: Sequence[Comment]) -> NDArray[np.bool_]:
        return self.scores(comments) > 0


def _sentence(text: str, *, label: str = "abuse", is_expected: bool) -> SwapSentence:
    return SwapSentence(text.split(maxsplit=1)[0], label, is_expected, text)


_SENTENCES = [
    _sentence("Clods, all {group}.", is_expected=True),
    _sentence("We met {group} there.", is_expected=False),
]


def test_a_model_that_minds_no_group_crosses_nowhere() -> None:
    result = swap_identities(_FlagsWords("Clods"), _SENTENCES, _GROUPS)

    assert (result.crossed, result.recall, result.false_positives) == (0, 1, 0)
    assert result.crossed_by_sentence == {}


def test_a_group_that_alone_is_flagged_crosses() -> None:
    result = swap_identities(_FlagsWords("Clods", "Kurds"), _SENTENCES, _GROUPS)

    assert result.crossed == pytest.approx(1 / 8)
    assert result.crossed_by_sentence == {"We": 0.25}
    assert result.false_positives_by_group == {
        "Turks": 0,
        "Kurds": 1,
        "Danes": 0,
        "Poles": 0,
    }


def test_a_group_that_alone_is_not_flagged_crosses_and_costs_recall() -> None:
    judge = _FlagsWords("Turks", "Kurds", "Danes")

    result = swap_identities(judge, _SENTENCES, _GROUPS)

    assert result.crossed == 0.25
    assert result.recall_by_group["Poles"] == 0


def test_a_sentence_is_judged_by_its_own_label() -> None:
    praise = _sentence(
        "Clods like {group}.", label="extremist_praise", is_expected=True
    )

    result = swap_identities(_FlagsWords("Clods"), [praise, _SENTENCES[1]], _GROUPS)

    assert result.recall == 0
