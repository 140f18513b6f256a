import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.normalise import normalise
from model.views import VIEWS, View, character_ngrams, word_ngrams


def test_words_come_with_pairs_of_neighbours() -> None:
    assert word_ngrams("not a fool!") == [
        "not",
        "a",
        "fool",
        "!",
        "not a",
        "a fool",
        "fool !",
    ]


def test_placeholder_is_one_word() -> None:
    assert word_ngrams("<user> hi") == ["<user>", "hi", "<user> hi"]


def test_characters_never_cross_a_blank() -> None:
    assert character_ngrams("a b") == [" a", "a ", " a ", " b", "b ", " b "]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@given(text=st.text(max_size=80))
def test_located_ngrams_are_the_same_ngrams(view: View, text: str) -> None:
    folded = normalise(text).text

    located = [ngram for ngram, _, _ in view.located(folded)]

    assert sorted(located) == sorted(view.ngrams(folded))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@given(text=st.text(max_size=80))
def test_located_ngrams_lie_within_the_text(view: View, text: str) -> None:
    folded = normalise(text).text

    assert all(
        0 <= begin < end <= len(folded) for _, begin, end in view.located(folded)
    )
