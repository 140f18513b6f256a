"""Languages: what is said of them, what is refused, and when."""

from typing import Any

import pytest

GERMAN = "Das ist doch völliger Unsinn, was hier geschrieben wird."


@pytest.mark.parametrize("named", ["en", "EN", "en-GB", "hi-Latn", "ur-Latn"])
def test_a_language_that_the_model_knows_may_be_named(analyze: Any, named: str) -> None:
    answer = analyze(languages=[named]).get_json()
    assert (answer["languages"], answer["detectedLanguages"]) == ([named], ["en"])


def test_a_language_that_is_detected_is_scored_and_listed(analyze: Any) -> None:
    answer = analyze(GERMAN).get_json()
    assert answer["languages"] == answer["detectedLanguages"] == ["de"]
    assert "attributeScores" in answer


@pytest.mark.parametrize("languages", [[], None])
def test_no_language_is_as_good_as_none_named(analyze: Any, languages: Any) -> None:
    assert analyze(languages=languages).get_json()["languages"] == ["en"]


def test_strict_refuses_a_language_that_is_detected(ask_with: Any) -> None:
    error = ask_with(languages="strict")(GERMAN).get_json()["error"]
    assert error["message"] == (
        "Attribute TOXICITY does not support request languages: de"
    )
    assert error["details"][0]["languageNotSupportedByAttributeError"] == {
        "detectedLanguages": ["de"],
        "attribute": "TOXICITY",
    }


def test_strict_believes_a_language_that_is_named(ask_with: Any) -> None:
    response = ask_with(languages="strict")(GERMAN, languages=["en"])
    assert response.status_code == 200


def test_strict_refuses_a_text_without_a_letter(ask_with: Any) -> None:
    error = ask_with(languages="strict")("🙂 123").get_json()["error"]
    assert error["message"] == "Unable to detect language"
    assert error["details"][0]["errorType"] == "LANGUAGE_DETECTION_FAILED"


def test_any_scores_whatever_is_named(ask_with: Any) -> None:
    answer = ask_with(languages="any")(GERMAN, languages=["de"]).get_json()
    assert answer["languages"] == ["de"]
    assert "attributeScores" in answer
