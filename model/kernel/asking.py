"""Questions that compiled functions have to Python, and how many they may be."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.compiling import compiled
from model.kernel.memo import LONGEST

CHARACTER: Final = 9
"""A question beside those of ``model.kernel.memo``: what becomes of a character."""

MOST_ASKED: Final = 16
"""More questions than that of one comment wait for the next turn."""

NO: Final = 0
UNSETTLED: Final = 1
YES: Final = 2
"""Whether something is in doubt: not, not known yet, so much so that Python must
read the comment."""


class Asked(NamedTuple):
    """Questions to Python.

    Attributes:
        questions: one of ``memo`` or ``CHARACTER``, uint8.
        sizes: of the token each is about.
        texts: its code points, shape (questions, LONGEST).
        counts: how many there are, and how many before the comment being read.
    """

    questions: NDArray[np.uint8]
    sizes: NDArray[np.int64]
    texts: NDArray[np.uint32]
    counts: NDArray[np.int64]


def new_asked(comments: int) -> Asked:
    """Return room for the questions of so many comments."""
    room = comments * MOST_ASKED
    return Asked(
        np.zeros(room, np.uint8),
        np.zeros(room, np.int64),
        np.zeros((room, LONGEST), np.uint32),
        np.zeros(2, np.int64),
    )


@compiled
def ask(asked, question, text, begin, end):
    """Note a question about a stretch of text."""
    count = asked.counts[0]
    if count - asked.counts[1] >= MOST_ASKED or end - begin > LONGEST:
        return
    asked.questions[count] = question
    asked.sizes[count] = end - begin
    for at in range(end - begin):
        asked.texts[count, at] = text[begin + at]
    asked.counts[0] = count + 1
