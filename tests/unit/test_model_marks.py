import pytest

from labels.phrases import PhraseIndex
from model.marks import mark_sentences

CLASSES = PhraseIndex(
    [
        ("not", "NEGATE"),
        ("nobody", "NEGATE"),
        ("called", "SPEECH"),
        ("dunce*", "INSULT_MIND"),
        ("a bit", "HEDGE"),
    ]
)


def _classes(text: str) -> list[list[str]]:
    return [
        [mark.name for mark in sentence if mark.is_class]
        for sentence in mark_sentences(text, CLASSES)
    ]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("you are a dunce", [["INSULT_MIND"]]),
        ("you are not a dunce", [["NEGATE", "INSULT_MIND:n"]]),
        ("he called me a dunce", [["SPEECH", "INSULT_MIND:r"]]),
        ('"you dunce" is what i heard', [["INSULT_MIND:q"]]),
        ("'you dunce' is what i heard", [["INSULT_MIND:q"]]),
        ("i don't mind, dunces", [["INSULT_MIND"]]),
        ("not now. you dunce", [["NEGATE"], ["INSULT_MIND"]]),
        ("not now: you dunce", [["NEGATE", "INSULT_MIND"]]),
        ("nobody in the whole wide street is a dunce", [["NEGATE", "INSULT_MIND"]]),
        ("<identity> are dunces", [["<identity>", "INSULT_MIND"]]),
        ("not <identity>", [["NEGATE", "<identity>:n"]]),
        ("a bit of a dunce!!", [["HEDGE", "INSULT_MIND", "!"]]),
        ("", []),
    ],
)
def test_class_carries_its_scope(text: str, classes: list[list[str]]) -> None:
    assert _classes(text) == classes


def test_marks_stand_where_their_words_do() -> None:
    text = "a bit, dunce"

    (sentence,) = mark_sentences(text, CLASSES)

    assert [text[mark.begin : mark.end] for mark in sentence] == ["a bit", "dunce"]


@pytest.mark.parametrize("part", ["'", " 'a", '"', '" ', "not ", "a.", "!? "])
def test_long_runs_cost_no_more_than_their_length(part: str) -> None:
    text = part * (400_000 // len(part))

    assert sum(len(sentence) for sentence in mark_sentences(text, CLASSES)) <= len(text)
