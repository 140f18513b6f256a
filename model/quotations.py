"""Finds the words in a comment that are somebody else's."""

import re
from typing import Final

from labels.comments import Comment

_LINE: Final = re.compile(r"[^\n]+")
_QUOTED_LINE: Final = re.compile(r"\s*>(?![\s>]*$)[\s>]*\w")

# Shorter lines recur by chance ("Yes.", "No way!"); a reply that says the same two
# words as its parent says them itself.
_FEWEST_WORDS: Final = 3


def find_quotations(comment: Comment) -> tuple[tuple[int, int], ...]:
    r"""Return ``(begin, end)`` of each quotation, ascending and apart.

    To those that the reader of the file marked come the lines that stand word for
    word in the comment being answered, and lines that begin with ``>``. Words in
    quotation marks stay: who speaks in them is for the model to judge.

    >>> find_quotations(Comment("1", "> You all lie here.\nNo, we do not."))
    ((0, 19),)
    """
    found = list(comment.quotations)
    parent_lines = {line.strip() for line in (comment.parent_text or "").splitlines()}
    if parent_lines or ">" in comment.text:
        for match in _LINE.finditer(comment.text):
            line = match.group().strip()
            is_parents = line in parent_lines and len(line.split()) >= _FEWEST_WORDS
            if is_parents or _QUOTED_LINE.match(match.group()):
                found.append(match.span())
    return _merge(found, len(comment.text))


def _merge(spans: list[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        begin, end = max(begin, 0), min(end, length)  # noqa: PLW2901 - clipped
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif begin < end:
            merged.append((begin, end))
    return tuple(merged)
