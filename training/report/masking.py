"""Hides abusive words in texts that a report shows, but for their first letters."""

import re
from typing import Final

from labels.lexicon import LexiconIndex, read_lexicon
from model.normalise import normalise
from model.spelling import Speller

_MASKED_CLASSES: Final = frozenset(
    {
        "SWEAR",
        "SLUR",
        "INSULT_MIND",
        "INSULT_WORTH",
        "INSULT_LOOK",
        "INSULT_CHARACTER",
        "FILTH",
    }
)

_WORD: Final = re.compile(r"<\w+>|[^\W_]+(?:'[^\W_]+)*|[!?]+")
_HIDDEN: Final = re.compile(r"(?<=\w)[^\W_]")


class Masker:
    """Writes ``i****`` for a word of abuse; a text keeps its length, and its offsets.

    Which words these are says the lexicon. A speller, as that of ``Reader``, finds
    those too that somebody disguised.
    """

    def __init__(self, speller: Speller | None = None) -> None:
        self._speller = speller
        self._terms = LexiconIndex(
            term for term in read_lexicon() if term.word_class in _MASKED_CLASSES
        )

    def mask(self, text: str) -> str:
        """Return the text with the words of abuse masked.

        >>> Masker().mask("You idiot, said the bishop.")
        'You i****, said the bishop.'
        """
        read = normalise(text, (), self._speller)
        words = list(_WORD.finditer(read.text))
        letters = list(text)
        for first, last, _ in self._terms.find([word.group() for word in words]):
            begin = read.begins[words[first].start()]
            end = read.ends[words[last - 1].end() - 1]
            letters[begin:end] = _HIDDEN.sub("*", text[begin:end])
        return "".join(letters)
