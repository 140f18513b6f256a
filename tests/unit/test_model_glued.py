import math

import pytest

from model.glued import Splitter

SHARES = {
    "see": 0.5, "you": 1.0, "in": 0.9, "the": 0.9, "a": 0.8, "u": 0.1, "x": 0.5,
    "park": 0.1, "zo": 0.001, "ark": 0.0001, "youth": 0.001,
}  # fmt: skip


@pytest.mark.parametrize(
    ("token", "pieces"),
    [
        pytest.param(
            "seeyouinthepark", ["see", "you", "in", "the", "park"], id="words"
        ),
        pytest.param("seeu", ["see", "u"], id="letter that is a word"),
        pytest.param("seex", [], id="letter that is none"),
        pytest.param("seezo", [], id="short rare word"),
        pytest.param("seezap", ["see", "zap"], id="rare word that is kept"),
        pytest.param("seeqqq", [], id="unknown end"),
        pytest.param("qqqsee", [], id="unknown start"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_every_piece_is_a_known_word(token: str, pieces: list[str]) -> None:
    splitter = Splitter(SHARES, frozenset(["zap"]))

    assert splitter.split(token, most_cost=math.inf) == pieces


def test_split_that_costs_too_much_is_none() -> None:
    splitter = Splitter(SHARES, frozenset())

    assert splitter.split("youthpark", most_cost=0.5) == []


def test_unknown_letters_in_a_row_are_one_piece() -> None:
    splitter = Splitter(SHARES, frozenset())

    pieces = splitter.split("seeqjqthepark", most_cost=math.inf, unknown_cost=20.0)

    assert pieces == ["see", "qjq", "the", "park"]
