"""A word list, to compare with: what many sites filter by today."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.comments import Comment
from labels.lexicon import LexiconIndex, read_lexicon

_CLASSES: Final[dict[str, frozenset[str]]] = {
    "abuse": frozenset(
        {"SWEAR", "SLUR", "INSULT_MIND", "INSULT_WORTH", "INSULT_LOOK"}
        | {"INSULT_CHARACTER", "FILTH", "HARM_WISH"}
    ),
    "severe_abuse": frozenset({"SLUR", "FILTH", "HARM_WISH"}),
    "insult": frozenset(
        {"INSULT_MIND", "INSULT_WORTH", "INSULT_LOOK", "INSULT_CHARACTER"}
    ),
    "profanity": frozenset({"SWEAR"}),
    "threat": frozenset({"HARM_WISH", "THREAT_VEILED"}),
    "identity_attack": frozenset({"SLUR", "STEREOTYPE", "FILTH"}),
    "extremist_praise": frozenset({"MARTYR", "GLORY", "JOIN"}),
}

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def word_list_flags(comments: Sequence[Comment]) -> NDArray[np.float64]:
    """Return 1.0 where a comment holds a word of a label's classes of our lexicon.

    Words are looked up as they stand in lower case: nothing is undone, as a plain
    word list would not either. Shape (comments, labels), in the order of ``LABELS``.
    """
    index = LexiconIndex(read_lexicon())
    flags = np.zeros((len(comments), len(_CLASSES)))
    for row, comment in enumerate(comments):
        words = _WORD.findall(comment.text.lower().replace("\u2019", "'"))
        found = {word_class for _, _, word_class in index.find(words)}
        for column, classes in enumerate(_CLASSES.values()):
            flags[row, column] = bool(found & classes)
    return flags
