"""Tells which names the store can find again: ids, authors, annotators."""

from typing import Final

LONGEST_ID: Final = 500
"""In code points; PostgreSQL's indexes hold no more than 2,704 bytes of UTF-8."""


def unstorable(name: str | None) -> bool:
    r"""Tell whether a name would be changed by storing it, or cannot be indexed.

    >>> unstorable("c1"), unstorable(None), unstorable("a\x00"), unstorable("\ud800")
    (False, False, True, True)
    """
    if name is None:
        return False
    if not name or len(name) > LONGEST_ID or "\x00" in name:
        return True
    try:
        name.encode()
    except UnicodeEncodeError:
        return True
    return False
