"""Lays out what the kernel looks up: a model's n-grams, words and phrases."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import DTypeLike, NDArray

from labels.phrases import phrase_words
from model.artefact import Artefact
from model.features import ViewWeights
from model.kernel.classes import NEGATION, PLAIN, SPEECH
from model.kernel.hashing import frozen, laid_out, string_table
from model.kernel.kept_tables import keep_tables, read_tables
from model.kernel.phrase_trie import phrase_trie, words_of
from model.kernel.reading import Words
from model.kernel.spelling import spelling_flags
from model.kernel.tally import Learnt, hints_of
from model.kernel.views import Lexicon, Views
from model.ngram_keys import Symbols
from model.reader import Reader

_CODE_POINTS: Final = 0x110000
_SCOPES: Final = ("", ":n", ":r", ":q")
_CATEGORIES: Final = {"NEGATE": NEGATION, "SPEECH": SPEECH}


def lay_out(artefact: Artefact, reader: Reader, key: str = "") -> tuple[Words, Views]:
    """Return the tables of a model and its reader.

    Under a key, which must be that of this model alone, what takes long to lay out
    is kept for the next time.
    """
    kept = read_tables(key, {"words": Words, "lexicon": Lexicon}) if key else None
    if kept is None:
        words, lexicon = _laid_out(artefact, reader)
        if key:
            keep_tables(key, {"words": words, "lexicon": lexicon})
    else:
        words, lexicon = kept["words"], kept["lexicon"]
    of_view = {view.name: _learnt(view) for view in artefact.views}
    views = Views(
        strings=words.strings,
        lexicon=lexicon,
        words=of_view["words"],
        characters=of_view["characters"],
        classes=of_view["classes"],
        bias=frozen(artefact.bias.astype(np.float64)),
    )
    return words, views


def _laid_out(artefact: Artefact, reader: Reader) -> tuple[Words, Lexicon]:
    symbols = artefact.symbols
    flags, costs = spelling_flags(reader.speller)
    kinds = sorted({kind for _, kind in reader.names})
    placeholders = [f"<{kind}>" for kind in kinds]
    strings = _numbered(
        symbols.tokens,
        symbols.marks,
        flags,
        costs,
        words_of(phrase for phrase, _ in reader.names),
        words_of(phrase for phrase, _ in reader.classes),
        placeholders,
    )
    words = Words(
        strings=string_table(list(strings)),
        flags=_by_string(strings, flags, np.uint8, 0),
        costs=_by_string(strings, costs, np.float64, np.inf),
        references=phrase_trie(_numbers(reader.names, kinds), strings),
        placeholders=frozen(np.array([strings[one] for one in placeholders], np.int32)),
    )
    return words, _lexicon(symbols, reader, strings)


def _lexicon(symbols: Symbols, reader: Reader, strings: Mapping[str, int]) -> Lexicon:
    mark_of = {mark: place for place, mark in enumerate(symbols.marks)}
    names = _class_names(reader, symbols.marks)
    scoped = [[mark_of.get(name + scope, -1) for scope in _SCOPES] for name in names]
    later_words = {
        word for phrase, _ in reader.classes for word in phrase_words(phrase)[1:]
    }
    return Lexicon(
        tokens=_by_string(strings, _places(symbols.tokens)),
        marks=_by_string(strings, mark_of),
        alphabet=_alphabet(symbols.characters),
        phrases=phrase_trie(_numbers(reader.classes, names), strings),
        scoped=frozen(np.array(scoped, np.int32).reshape(-1, len(_SCOPES))),
        kinds=frozen(
            np.array([_CATEGORIES.get(name, PLAIN) for name in names], np.uint8)
        ),
        placeholder_classes=_by_string(
            strings,
            {name: at for at, name in enumerate(names) if name.startswith("<")},
        ),
        shouts=frozen(np.array([mark_of.get(one, -1) for one in "!?"], np.int32)),
        ends_phrase=_by_string(
            strings, dict.fromkeys(later_words, True), np.bool_, False
        ),
    )


def _learnt(view: ViewWeights) -> Learnt:
    return Learnt(
        laid_out(view.keys, view.starts),
        frozen(hints_of(view.keys)),
        frozen(view.learnt),
    )


def _numbered(*groups: Iterable[str]) -> dict[str, int]:
    strings: dict[str, int] = {}
    for group in groups:
        for string in group:
            strings.setdefault(string, len(strings))
    return strings


def _places(symbols: Sequence[str]) -> dict[str, int]:
    return {symbol: place for place, symbol in enumerate(symbols)}


def _numbers(
    phrases: Iterable[tuple[str, str]], names: Sequence[str]
) -> list[tuple[str, int]]:
    place = _places(names)
    return [(phrase, place[name]) for phrase, name in phrases]


def _by_string(
    strings: Mapping[str, int],
    values: Mapping[str, Any],
    dtype: DTypeLike = np.int32,
    default: Any = -1,
) -> NDArray[Any]:
    array = np.full(len(strings), default, dtype)
    places = np.fromiter((strings[one] for one in values), np.int64, len(values))
    array[places] = np.fromiter(values.values(), dtype, len(values))
    return frozen(array)


def _alphabet(characters: Sequence[str]) -> NDArray[np.uint16]:
    alphabet = np.zeros(_CODE_POINTS, np.uint16)
    for number, character in enumerate(characters, 1):
        alphabet[ord(character)] = number
    return frozen(alphabet)


def _class_names(reader: Reader, marks: Iterable[str]) -> list[str]:
    """Return every class of the lexicon, and every placeholder that is a mark."""
    of_lexicon = {name for _, name in reader.classes}
    placeholders = {
        mark.partition(">")[0] + ">" for mark in marks if mark.startswith("<")
    }
    return sorted(of_lexicon | placeholders)
