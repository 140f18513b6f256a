"""Lays out what the kernel looks up: a model's n-grams, words and phrases."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.phrases import phrase_words
from model.artefact import Artefact
from model.features import ViewWeights
from model.kernel.counting import (
    MARK_BITS,
    NEGATION,
    NEXT,
    NEXT_BUT_ONE,
    PAIR,
    PLAIN,
    SINGLE,
    SPEECH,
    TOGETHER,
    TRIPLE,
    Learnt,
    Views,
)
from model.kernel.ngram_cache import CHARACTER_BITS, MOST_CHARACTERS
from model.kernel.hashing import key_table, string_table
from model.kernel.phrase_trie import phrase_trie, words_of
from model.kernel.reading import Words
from model.kernel.spelling import spelling_flags
from model.reader import Reader

_CODE_POINTS: Final = 0x110000
_NAME: Final = r"(?:(?:<\w+>|[A-Z_]+)(?::[nqr])?|[!?])"
_TWO_CLASSES: Final = re.compile(f"({_NAME})(>>|>|&)({_NAME})")
_KINDS: Final = {">": NEXT, ">>": NEXT_BUT_ONE, "&": TOGETHER}
_SCOPES: Final = ("", ":n", ":r", ":q")
_CATEGORIES: Final = {"NEGATE": NEGATION, "SPEECH": SPEECH}


def lay_out(artefact: Artefact, reader: Reader) -> tuple[Words, Views]:
    """Return the tables of a model."""
    words, characters, classes = artefact.views
    split_words = [ngram.split(" ") for ngram in words.index]
    split_classes = [_class_parts(ngram) for ngram in classes.index]
    tokens = sorted({token for ngram in split_words for token in ngram})
    marks = sorted({mark for _, *ngram in split_classes for mark in ngram})
    flags, costs = spelling_flags(reader.speller)
    names = sorted({kind for _, kind in reader.names})
    kinds = [f"<{kind}>" for kind in names]
    strings = _numbered(
        tokens,
        marks,
        flags,
        costs,
        words_of(phrase for phrase, _ in reader.names),
        words_of(phrase for phrase, _ in reader.classes),
        kinds,
    )
    table = string_table(list(strings))
    class_names = _class_names(reader, marks)
    class_of = {name: place for place, name in enumerate(class_names)}
    mark_of = {mark: place for place, mark in enumerate(marks)}
    kind_of = {kind: place for place, kind in enumerate(names)}
    views = Views(
        strings=table,
        words=_learnt(words, _word_keys(split_words, tokens)),
        characters=_learnt(characters, character_keys(characters.index)),
        classes=_learnt(classes, _class_keys(split_classes, mark_of)),
        tokens=_by_string(strings, {token: place for place, token in enumerate(tokens)}),
        marks=_by_string(strings, mark_of),
        alphabet=_alphabet(characters.index),
        phrases=phrase_trie(
            ((phrase, class_of[name]) for phrase, name in reader.classes), strings
        ),
        scoped=np.array(
            [[mark_of.get(name + scope, -1) for scope in _SCOPES] for name in class_names],
            np.int32,
        ).reshape(-1, len(_SCOPES)),
        kinds=np.array([_CATEGORIES.get(name, PLAIN) for name in class_names], np.uint8),
        placeholder_classes=_by_string(
            strings, {name: class_of[name] for name in class_names if name[0] == "<"}
        ),
        shouts=np.array([mark_of.get(shout, -1) for shout in "!?"], np.int32),
        ends_phrase=_by_string(
            strings,
            {
                word: True
                for phrase, _ in reader.classes
                for word in phrase_words(phrase)[1:]
            },
            np.bool_,
            False,
        ),
        bias=artefact.bias.astype(np.float64),
    )
    return (
        Words(
            strings=table,
            flags=_by_string(strings, flags, np.uint8, 0),
            costs=_by_string(strings, costs, np.float64, np.inf),
            references=phrase_trie(
                ((phrase, kind_of[kind]) for phrase, kind in reader.names), strings
            ),
            placeholders=np.array([strings[kind] for kind in kinds], np.int32),
        ),
        views,
    )


def _numbered(*groups: Iterable[str]) -> dict[str, int]:
    strings: dict[str, int] = {}
    for group in groups:
        for string in group:
            strings.setdefault(string, len(strings))
    return strings


def _by_string(strings, values, dtype=np.int32, default=-1):  # type: ignore[no-untyped-def]
    array = np.full(len(strings), default, dtype)
    for string, value in values.items():
        array[strings[string]] = value
    return array


def _learnt(view: ViewWeights, keys: NDArray[np.uint64]) -> Learnt:
    rows = np.arange(len(keys), dtype=np.int32)
    return Learnt(key_table(keys, rows), view.idf, view.weights)


def _word_keys(ngrams: Sequence[Sequence[str]], tokens: Sequence[str]) -> NDArray[np.uint64]:
    number = {token: place + 1 for place, token in enumerate(tokens)}
    keys = [
        number[ngram[0]] << 32 | number[ngram[1]] if len(ngram) > 1 else number[ngram[0]]
        for ngram in ngrams
    ]
    return np.array(keys, np.uint64)


def characters_of(ngrams: Iterable[str]) -> list[str]:
    """Return the characters of n-grams in the order of their numbers, from 1."""
    return sorted({character for ngram in ngrams for character in ngram})


def character_keys(ngrams: Iterable[str]) -> NDArray[np.uint64]:
    """Return a key for each n-gram: the numbers of its characters, packed."""
    alphabet = characters_of(ngrams)
    if len(alphabet) > MOST_CHARACTERS:
        raise ValueError(f"{len(alphabet)} different characters are too many")
    number = {character: place for place, character in enumerate(alphabet, 1)}
    keys = []
    for ngram in ngrams:
        key = 0
        for character in ngram:
            key = key << CHARACTER_BITS | number[character]
        keys.append(key)
    return np.array(keys, np.uint64)


def _alphabet(ngrams: Iterable[str]) -> NDArray[np.uint16]:
    alphabet = np.zeros(_CODE_POINTS, np.uint16)
    for place, character in enumerate(characters_of(ngrams), 1):
        alphabet[ord(character)] = place
    return alphabet


def _class_parts(ngram: str) -> tuple[int | str, ...]:
    """Return the kind of an n-gram of classes, and its marks."""
    parts = ngram.split(" ")
    if len(parts) > 1:
        return (PAIR if len(parts) == 2 else TRIPLE, *parts)  # noqa: PLR2004 - a pair
    if match := _TWO_CLASSES.fullmatch(ngram):
        one, join, other = match.groups()
        return _KINDS[join], one, other
    return SINGLE, ngram


def _class_keys(ngrams: Sequence[tuple[int | str, ...]], mark_of: Mapping[str, int]) -> NDArray[np.uint64]:
    keys = []
    for kind, *marks in ngrams:
        numbers = [mark_of[mark] + 1 for mark in marks]
        numbers += [0] * (3 - len(numbers))
        key = kind
        for number in numbers:
            key = key << MARK_BITS | number
        keys.append(key)
    return np.array(keys, np.uint64)


def _class_names(reader: Reader, marks: Iterable[str]) -> list[str]:
    """Return every class of the lexicon, and every placeholder with an n-gram."""
    of_lexicon = {name for _, name in reader.classes}
    placeholders = {
        mark.partition(">")[0] + ">" for mark in marks if mark.startswith("<")
    }
    return sorted(of_lexicon | placeholders)
