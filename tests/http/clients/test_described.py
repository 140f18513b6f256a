"""What other tools send, in the words of their code, and what they read of the answer.

Nobody can run a whole Coral or Discourse here. Each of these requests has the fields
that the tool sends, in the form that it sends them.
"""

import json
import urllib.request
from dataclasses import dataclass
from typing import Any

import pytest

TEXT = "What a silly answer, you clown."


@dataclass(frozen=True)
class Caller:
    """A tool: where it sends to, what, and the path to the number that it reads."""

    name: str
    path: str
    body: Any
    reads: tuple[str | int, ...]
    content_type: str | None = "application/json"


SUMMARY = ("attributeScores", "TOXICITY", "summaryScore", "value")
FIRST_SPAN = ("attributeScores", "TOXICITY", "spanScores", 0, "score", "value")

CALLERS = [
    Caller(
        "Coral: analyze",
        "/v1alpha1/comments:analyze",
        {
            "comment": {"text": TEXT},
            "doNotStore": True,
            "requestedAttributes": {"TOXICITY": {}},
            "languages": ["en"],
        },
        SUMMARY,
    ),
    Caller(
        "Coral: suggestscore",
        "/v1alpha1/comments:suggestscore",
        {
            "comment": {"text": TEXT},
            "context": {"entries": [{"text": '{"url":"https://example.org/story"}'}]},
            "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
            "languages": ["en"],
            "communityId": "Coral:https://example.org",
            "clientToken": "comment:a1b2",
        },
        ("requestedLanguages", 0),
    ),
    Caller(
        "Discourse",
        "/v1alpha1/comments:analyze",
        {
            "comment": {"text": TEXT},
            "doNotStore": True,
            "sessionId": "example.org",
            "requestedAttributes": {
                "TOXICITY": {"scoreType": "PROBABILITY"},
                "SEVERE_TOXICITY": {"scoreType": "PROBABILITY"},
            },
        },
        SUMMARY,
    ),
    Caller(
        "Conversation AI Moderator",
        "/v1alpha1/comments:analyze",
        {
            "comment": {"text": TEXT},
            "context": {"entries": [{"text": "An article."}, {"text": "A parent."}]},
            "requestedAttributes": {"TOXICITY": {}},
            "languages": ["en"],
            "clientToken": "7",
            "spanAnnotations": True,
        },
        FIRST_SPAN,
    ),
    Caller(
        "Defender for Red",
        "/v1alpha1/comments:analyze",
        {
            "comment": {"text": TEXT},
            "requestedAttributes": {"TOXICITY": {}, "IDENTITY_ATTACK": {}},
            "doNotStore": True,
        },
        SUMMARY,
    ),
    Caller(
        "peRspective (R)",
        "/v1alpha1/comments:analyze",
        {
            "comment": {"text": TEXT},
            "languages": "en",
            "spanAnnotations": False,
            "requestedAttributes": {"TOXICITY": []},
            "doNotStore": True,
        },
        FIRST_SPAN,
    ),
    Caller(
        "curl, as Google's own examples have it",
        "/v1alpha1/comments:analyze",
        f'{{comment: {{text: "{TEXT}"}},\n'
        'languages: ["en"],\nrequestedAttributes: {TOXICITY:{},} }',
        SUMMARY,
        content_type=None,
    ),
    Caller(
        "Coop",
        "/v1/moderations",
        {"input": TEXT},
        ("results", 0, "category_scores", "harassment"),
    ),
]


@pytest.mark.parametrize("caller", CALLERS, ids=lambda caller: caller.name)
def test_it_finds_what_it_reads(gavel_url: str, caller: Caller, expected: Any) -> None:
    sent = caller.body if isinstance(caller.body, str) else json.dumps(caller.body)
    request = urllib.request.Request(  # noqa: S310 - our own
        f"{gavel_url}{caller.path}?key=any-key", sent.encode(), method="POST"
    )
    # Without one, urllib would say that it is a form; some clients do just that.
    if caller.content_type:
        request.add_header("Content-Type", caller.content_type)
    with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
        found = json.load(response)
    for step in caller.reads:
        found = found[step]
    assert found == ("en" if "suggest" in caller.path else expected(TEXT, "abuse"))
