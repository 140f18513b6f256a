import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.phrases import PhraseIndex
from model.normalise import normalise
from model.views import VIEW_NAMES, View, build_views, character_ngrams, word_ngrams

VIEWS = build_views(
    PhraseIndex(
        [
            ("not", "NEGATE"),
            ("said", "SPEECH"),
            ("hats off", "ADMIRE"),
            ("0", "THING"),
        ]
    )
)


def test_views_are_named_in_the_order_of_features() -> None:
    assert tuple(view.name for view in VIEWS) == VIEW_NAMES


def test_classes_pair_within_a_sentence_only() -> None:
    assert VIEWS[2].ngrams("hats off. not you") == ["ADMIRE", "NEGATE", "NEGATE you"]


def test_pair_of_classes_passes_over_words() -> None:
    assert VIEWS[2].ngrams("<group> are, to me, hats off")[:4] == [
        "<group>",
        "ADMIRE",
        "<group>>ADMIRE",
        "<group>&ADMIRE",
    ]


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


def test_placeholder_has_no_letters() -> None:
    assert character_ngrams("go, <group>!") == character_ngrams("go, !")


_WITH_PLACEHOLDERS = st.lists(
    st.one_of(st.text(max_size=20), st.sampled_from(["<group>", "<user>", "<", ">"]))
).map("".join)


@given(text=_WITH_PLACEHOLDERS)
def test_located_characters_lie_where_their_placeholder_does(text: str) -> None:
    located = list(VIEWS[1].located(text))

    assert [ngram for ngram, _, _ in located] == character_ngrams(text)
    assert all(0 <= begin < end <= len(text) for _, begin, end in located)


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
