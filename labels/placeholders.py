"""Finds names and addresses in a text, and says what kind stands in their place."""

import re
from typing import Final

# A name or an address identifies somebody and says nothing of a comment's class, so
# a kind stands in its place, and none can reach a model file. Every repeat is bounded
# and starts at a word's edge: a megabyte of one letter must not cost its square.
PLACEHOLDERS: Final = re.compile(
    r"(?P<url>(?:https?://|www\.)\S+)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)"
    r"|(?P<user>(?<![\w@])@\w[\w.]{0,60}|(?<![\w/])/?u/[\w-]{3,30}\b)"
    r"|(?P<ip>(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\d)"
    r"|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}(?![\w:]))"
)
"""Matches a name or an address; the name of the group that matched is its kind."""


def put_placeholders(text: str) -> str:
    """Return a text with a placeholder for each handle, URL, e-mail and IP address.

    >>> put_placeholders("@ann: see http://example.org/x")
    '<user>: see <url>'
    """
    return PLACEHOLDERS.sub(lambda match: f"<{match.lastgroup}>", text)
