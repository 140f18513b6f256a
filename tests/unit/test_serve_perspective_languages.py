import pytest

from serve.perspective.languages import detect


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "lol",
        "idiot",
        "die, mosquito, die",
        "ur so stoopid lmao",
        "Rot in hell, Breivik.",
        "Merci",
        "¡Hola!",
        "a\x00b\ud800",
        "\ufffe\uffff a",
    ],
)
def test_what_is_short_or_misspelt_is_english(text: str) -> None:
    assert detect(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das ist doch völliger Unsinn, mein Freund.", "de"),
        ("C'est vraiment n'importe quoi, monsieur.", "fr"),
        ("Eso es una tontería, no tienes ni idea.", "es"),
        ("Это полная ерунда, ты ничего не понимаешь", "ru"),
        ("यह बिल्कुल गलत है भाई", "hi"),
        ("یہ بالکل غلط بات ہے بھائی", "ur"),
        ("今日はとても良い天気ですね", "ja"),
        ("yeh banda bilkul pagal hai, kya bakwas kar raha", "hi-Latn"),
    ],
)
def test_a_language_with_enough_to_go_by_is_named(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", " ", "🙂", "12:30", "?!"])
def test_without_a_letter_there_is_no_language(text: str) -> None:
    assert detect(text) is None
