"""The parts of a comment that are scored each for itself: the whole, each sentence."""

import itertools
import re
from typing import Final

from model.marks import quoted_spans

MARGIN: Final = 2.0
"""How many logits a sentence must lie above the whole comment to decide in its place.

Short texts score higher than long ones, since each of their words weighs more; and of
many sentences one scores high by chance. DECISIONS.md has the measurement."""

FEWEST_WORDS: Final = 4
"""Fewer words than that join the sentence before or after them."""

_ENDS: Final = re.compile(r"[.!?]+(?=\s|$)|\n+")


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence of a normalised text begins and ends.

    Together they cover the text. Marks inside quotation marks end no sentence, so
    that a quotation keeps both of its marks. A text of one sentence has none.

    >>> find_sentences("this is the first one. and here is another")
    [(0, 22), (22, 42)]
    """
    quoted = quoted_spans(text)
    following = 0
    bounds = [0]
    for match in _ENDS.finditer(text):
        while following < len(quoted) and quoted[following][1] <= match.start():
            following += 1
        is_quoted = following < len(quoted) and quoted[following][0] < match.start()
        if not is_quoted and _has_words(text, bounds[-1], match.end()):
            bounds.append(match.end())
    if len(bounds) > 1 and not _has_words(text, bounds[-1], len(text)):
        bounds.pop()
    bounds.append(len(text))
    spans = list(itertools.pairwise(bounds))
    return spans if len(spans) > 1 else []


def _has_words(text: str, begin: int, end: int) -> bool:
    return len(text[begin:end].split()) >= FEWEST_WORDS
