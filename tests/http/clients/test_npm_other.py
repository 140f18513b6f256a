"""The client on npm that most people use."""

from collections.abc import Callable
from typing import Any

CLIENT = "perspective-api-client 3.1.0"
POINTED = "an interceptor on its copy of axios"

NAME = "perspective-api-client"
TEXT = "What a silly answer, you clown."

Call = Callable[..., Any]


def test_scores_are_answered(
    call_npm: Call, expected: Callable[[str, str], float]
) -> None:
    said = call_npm(NAME, f"<b>{TEXT}</b>", attributes=["toxicity"])
    score = {"value": expected(TEXT, "abuse"), "type": "PROBABILITY"}
    assert said["answer"]["attributeScores"]["TOXICITY"]["summaryScore"] == score


def test_it_hears_why_it_was_refused(call_npm: Call) -> None:
    said = call_npm(NAME, "   ", stripHTML=False)
    assert said == {"error": "ResponseError", "message": "Comment must be non-empty."}
