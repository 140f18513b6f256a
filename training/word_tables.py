"""Gathers the words that reading depends on: from comments, gazetteer and lexicon."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from labels.comments import Comment
from labels.gazetteer import read_gazetteer
from labels.lexicon import read_lexicon
from model.normalise import normalise
from model.quotations import find_quotations
from model.word_tables import WordTables
from training.counts import MIN_COMMENTS

# Words of these classes are worth a disguise; a mask or a digit in another word is
# more often a product's name or a slip.
_HIDDEN: Final = frozenset(
    {"INSULT_CHARACTER", "INSULT_MIND", "INSULT_WORTH", "SLUR", "SWEAR"}
)

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LONGEST: Final = 30

# Names that are disguised like any word, but are in too few comments to be known.
_NAMED: Final = frozenset({"group", "leader", "attack"})
_SHORTEST_NAME: Final = 5


def make_tables(comments: Sequence[Comment]) -> WordTables:
    """Return the tables of a model that learns from these comments.

    A word is known that at least ``MIN_COMMENTS`` of them hold: a rarer one may
    identify its author. A name of the gazetteer is known too.
    """
    held_by: Counter[str] = Counter()
    for comment in comments:
        text = normalise(comment.text, find_quotations(comment)).text
        held_by.update({word for word in _WORD.findall(text) if len(word) <= _LONGEST})
    classes = {term.term: term.word_class for term in read_lexicon()}
    return WordTables(
        known=_named({word: n for word, n in held_by.items() if n >= MIN_COMMENTS}),
        hidden=[term for term, name in classes.items() if name in _HIDDEN],
        references={one.term: one.kind for one in read_gazetteer()},
        classes=classes,
    )


def _named(known: Mapping[str, int]) -> dict[str, int]:
    """Return the known words with the gazetteer's names, as rare as may be."""
    names = {
        one.term
        for one in read_gazetteer()
        if one.kind in _NAMED
        and len(one.term) >= _SHORTEST_NAME
        and one.term.isascii()
        and one.term.isalpha()
    }
    return dict.fromkeys(sorted(names), MIN_COMMENTS) | dict(known)
