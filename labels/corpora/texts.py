"""Makes the texts of corpora alike: no entities, no names, no addresses."""

import html
import re
from typing import Final

from labels.placeholders import put_placeholders

# A thread page writes "@First Last: …", and ``put_placeholders`` takes a name up to
# its colon. The handles of public corpora hold no blank, and a post that begins with
# one often has a colon later on ("@ann look: …"), so here a handle ends with its word.
_HANDLE: Final = re.compile(
    r"(?:(?<!\w)|(?<=\b[Rr][Tt]))(?:@+\w{1,60}(?:\.\w{1,60}){0,3})+"
)


def clean_text(text: str) -> str:
    """Return a text with placeholders for handles and addresses, and no outer blanks.

    Cleaning what is clean changes nothing.

    >>> clean_text("RT @ann: look, @bob: http://example.org ")
    'RT <user>: look, <user>: <url>'
    """
    # Until nothing changes: what is replaced may lay the next handle bare, as in
    # "a@b.example@ann".
    while (cleaned := _clean_once(text)) != text:
        text = cleaned
    return text


def _clean_once(text: str) -> str:
    return put_placeholders(_HANDLE.sub("<user>", text)).strip()


def clean_escaped(text: str) -> str:
    """Return a clean text, of one that holds HTML entities.

    >>> clean_escaped("salt &amp; pepper &#128578;")
    'salt & pepper 🙂'
    """
    return clean_text(html.unescape(text))
