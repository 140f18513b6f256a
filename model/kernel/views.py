"""What counting looks up, in arrays."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.hashing import StringTable
from model.kernel.phrase_trie import PhraseTrie
from model.kernel.tally import Learnt


class Lexicon(NamedTuple):
    """What strings, characters and classes are to the views.

    Attributes:
        tokens: for each string its number as a token of the words view, else -1.
        marks: likewise as a mark of the classes view.
        alphabet: for each code point its number as a character of an n-gram, else 0.
        phrases: the lexicon's phrases, by class.
        scoped: the marks of each class: plain, negated, reported, quoted; -1 for
            one that is in no n-gram.
        kinds: of each class: ``PLAIN``, ``NEGATION`` or ``SPEECH``.
        placeholder_classes: for each string the class it is as a placeholder, else -1.
        shouts: the marks of ! and ?.
        ends_phrase: whether a string is a word of a phrase, but its first.
    """

    tokens: NDArray[np.int32]
    marks: NDArray[np.int32]
    alphabet: NDArray[np.uint16]
    phrases: PhraseTrie
    scoped: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    placeholder_classes: NDArray[np.int32]
    shouts: NDArray[np.int32]
    ends_phrase: NDArray[np.bool_]


class Views(NamedTuple):
    """What counting looks up.

    Attributes:
        strings: every string that is looked up.
        lexicon: what each string and class is to it.
        words, characters, classes: what was learnt of each view.
        bias: of each label.
    """

    strings: StringTable
    lexicon: Lexicon
    words: Learnt
    characters: Learnt
    classes: Learnt
    bias: NDArray[np.float64]
