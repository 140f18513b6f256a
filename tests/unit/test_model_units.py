from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.units import find_sentences


def _sentences(text: str) -> list[str]:
    return [text[begin:end] for begin, end in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("one sentence and no more", []),
        ("this is the first. that is the second.", ["this is the first.", None]),
        ("yes. this is really one sentence", []),
        ("this is really one sentence. yes", []),
        ("this line is one\nthis line is two", ["this line is one\n", None]),
        ('"a b c d. e f g h" he said', []),
    ],
)
def test_sentences_have_four_words(text: str, sentences: list[str | None]) -> None:
    rest = text[len(sentences[0] or "") :] if sentences else ""

    assert _sentences(text) == [sentence or rest for sentence in sentences]


@given(st.text(alphabet="ab .!?\n\"'", max_size=120))
def test_sentences_cover_the_text(text: str) -> None:
    spans = find_sentences(text) or [(0, len(text))]

    assert [spans[0][0], spans[-1][1]] == [0, len(text)]
    assert all(first[1] == second[0] for first, second in pairwise(spans))
