"""The client on npm of those who made Perspective."""

from collections.abc import Callable
from typing import Any

CLIENT = "@conversationai/perspectiveapi-js-client 1.0.1"
POINTED = "`client.perspectiveApiUrl`"

NAME = "@conversationai/perspectiveapi-js-client"
TEXT = "What a silly answer, you clown."

Call = Callable[..., Any]
Expected = Callable[[str, str], float]


def test_scores_are_answered(call_npm: Call, expected: Expected) -> None:
    assert call_npm(NAME, TEXT, attributes=["TOXICITY", "THREAT"]) == {
        "answer": {
            "TOXICITY": expected(TEXT, "abuse"),
            "THREAT": expected(TEXT, "threat"),
        }
    }


def test_it_survives_the_attribute_that_it_asks_for_unbidden(
    call_npm: Call, expected: Expected
) -> None:
    answer = {"TOXICITY": expected(TEXT, "abuse")}
    assert call_npm(NAME, TEXT) == {"answer": answer}


def test_it_hears_of_an_error(call_npm: Call) -> None:
    assert "status code 400" in call_npm(NAME, TEXT, languages=["de"])["message"]
