"""Which of our labels each of Perspective's attributes is."""

import re
from collections.abc import Mapping
from typing import Final

LABEL_OF: Final[Mapping[str, str]] = {
    "TOXICITY": "abuse",
    "SEVERE_TOXICITY": "severe_abuse",
    "INSULT": "insult",
    "PROFANITY": "profanity",
    "THREAT": "threat",
    "IDENTITY_ATTACK": "identity_attack",
    "EXTREMIST_PRAISE": "extremist_praise",
}
"""The attributes that Gavel judges; the last is its own alone."""

_ASKED: Final = re.compile(r"([A-Z_]+?)(?:_EXPERIMENTAL)?(?:@[0-9A-Za-z._-]+)?")


def label_of(attribute: str) -> str | None:
    """Return the label that an attribute asks for, or None if we judge no such thing.

    There is one model, so a version or ``_EXPERIMENTAL`` in the name changes nothing.

    >>> label_of("TOXICITY@6"), label_of("THREAT_EXPERIMENTAL"), label_of("SPAM")
    ('abuse', 'threat', None)
    """
    asked = _ASKED.fullmatch(attribute)
    return LABEL_OF.get(asked[1]) if asked else None
