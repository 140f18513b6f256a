from pathlib import Path

import pytest

from labels.errors import InputError
from labels.lexicon import (
    CLASSES,
    LexiconIndex,
    LexiconTerm,
    read_lexicon,
)
from labels.phrases import PhraseIndex

HOW = (
    "write lower-case letters without diacritics, digits, straight apostrophes inside "
    "words, one blank between words, and * at the end alone"
)


def _written(folder: Path, rows: str) -> Path:
    path = folder / "lexicon.csv"
    path.write_text(f"term,class\n{rows}", encoding="utf-8")
    return path


def test_terms_are_read_in_the_order_of_their_rows(tmp_path: Path) -> None:
    path = _written(tmp_path, "hats off,ADMIRE\nisn't,NEGATE\n!!!*,INTENSIFY\n")

    assert read_lexicon(path) == [
        LexiconTerm("hats off", "ADMIRE"),
        LexiconTerm("isn't", "NEGATE"),
        LexiconTerm("!!!*", "INTENSIFY"),
    ]


@pytest.mark.parametrize(
    "term",
    [
        pytest.param("", id="no word"),
        pytest.param("*", id="nothing before the star"),
        pytest.param("Hero", id="capital"),
        pytest.param("café", id="diacritic"),
        pytest.param("isn’t", id="curly apostrophe"),
        pytest.param("'tis", id="apostrophe outside the word"),
        pytest.param("well-known", id="hyphen"),
        pytest.param("hats  off", id="two blanks"),
        pytest.param(" hats", id="blank before"),
        pytest.param("her* off", id="star inside"),
        pytest.param("right?", id="mark that is a word of its own"),
    ],
)
def test_a_term_that_no_text_can_hold_is_refused(tmp_path: Path, term: str) -> None:
    path = _written(tmp_path, f"{term},ADMIRE\n")

    with pytest.raises(InputError) as caught:
        read_lexicon(path)

    assert str(caught.value) == (
        f"{path} cannot be used: line 2: term {term!r} could never be found; {HOW}"
    )


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        pytest.param(
            "a b c d e f,ADMIRE\n",
            "line 2: term 'a b c d e f' has 6 words; 5 are the most",
            id="too many words",
        ),
        pytest.param(
            "so he*,ADMIRE\n",
            "line 2: term 'so he*' would match too much; write at least 3 letters "
            "before the *",
            id="short stem",
        ),
        pytest.param(
            "hero,PRAISE\n",
            "line 2: class 'PRAISE' is unknown; CLASSES in labels/lexicon.py lists "
            "those there are",
            id="unknown class",
        ),
        pytest.param(
            "hero,ADMIRE\nlion,ADMIRE\nhero,GLORY\n",
            "line 4: term 'hero' is on line 2 too; keep one of both",
            id="given twice",
        ),
        pytest.param(
            "hero\n",
            "line 2: too few or too many cells; write a term and its class",
            id="no class",
        ),
        pytest.param(
            "hero,PRAISE\nso he*,ADMIRE\n",
            "line 2: class 'PRAISE' is unknown; CLASSES in labels/lexicon.py lists "
            "those there are; line 3: term 'so he*' would match too much; write at "
            "least 3 letters before the *",
            id="all at once",
        ),
    ],
)
def test_faults_are_named_with_their_lines(
    tmp_path: Path, rows: str, fault: str
) -> None:
    path = _written(tmp_path, rows)

    with pytest.raises(InputError) as caught:
        read_lexicon(path)

    assert str(caught.value) == f"{path} cannot be used: {fault}"


def test_the_faults_beyond_twenty_are_counted(tmp_path: Path) -> None:
    path = _written(tmp_path, "hero\n" * 23)

    with pytest.raises(InputError) as caught:
        read_lexicon(path)

    assert str(caught.value).endswith("write a term and its class; and 3 more")


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.csv"
    path.write_text("term\nhero\n", encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_lexicon(path)

    assert str(caught.value) == (
        f"{path} has no column class; expected term, class, found term"
    )


def test_a_lexicon_finds_its_terms_by_class() -> None:
    index = LexiconIndex(
        [
            LexiconTerm("hats off", "ADMIRE"),
            LexiconTerm("not", "NEGATE"),
            LexiconTerm("!!!*", "INTENSIFY"),
        ]
    )

    found = index.find(["not", "a", "hats", "off", "!!!!!"])

    assert found == [(0, 1, "NEGATE"), (2, 4, "ADMIRE"), (4, 5, "INTENSIFY")]


@pytest.mark.parametrize(
    ("text", "word_class"),
    [
        pytest.param("hats off", "ADMIRE", id="phrase"),
        pytest.param("had it coming", "JUSTIFY", id="excuse"),
        pytest.param("zindabad", "GLORY", id="Roman Urdu"),
        pytest.param("according to", "REPORT", id="report"),
        pytest.param("doesnt", "NEGATE", id="negation without its apostrophe"),
        pytest.param("panic attack", "FIGURE", id="figure of speech"),
    ],
)
def test_the_lexicon_that_ships_knows(text: str, word_class: str) -> None:
    words = text.split()

    found = LexiconIndex(read_lexicon()).find(words)

    assert found == [(0, len(words), word_class)]


def test_the_lexicon_that_ships_has_terms_of_every_class() -> None:
    assert {one.word_class for one in read_lexicon()} == set(CLASSES)


@pytest.mark.parametrize(
    ("phrases", "text", "expected"),
    [
        pytest.param(["a b", "a b c"], "a b c", ["a b c"], id="more words first"),
        pytest.param(["a", "a b c"], "a b d", ["a"], id="a longer one breaks off"),
        pytest.param(["a b", "b c"], "a b c", ["a b"], id="no word twice"),
        pytest.param(["b c d", "c"], "b c e", ["c"], id="inside one that breaks off"),
        pytest.param(["her*"], "here her he", ["her*", "her*"], id="any ending"),
        pytest.param(["her*", "here"], "here", ["here"], id="whole before open"),
        pytest.param(["her*", "hero*"], "heroes", ["hero*"], id="longer stem"),
        pytest.param(["so her*"], "so heroic her", ["so her*"], id="open phrase"),
        pytest.param(["don't"], "don t don't", ["don't"], id="apostrophe"),
        pytest.param(["well-known"], "well known", ["well-known"], id="hyphen"),
        pytest.param(["right?"], "right ?", ["right?"], id="mark"),
        pytest.param(["<user> is"], "<user> is", ["<user> is"], id="placeholder"),
        pytest.param(["a"], "", [], id="no words"),
        pytest.param([], "a", [], id="no phrases"),
    ],
)
def test_phrases_are_found(phrases: list[str], text: str, expected: list[str]) -> None:
    index = PhraseIndex((phrase, phrase) for phrase in phrases)

    assert [payload for *_, payload in index.find(text.split())] == expected


def test_of_two_phrases_that_are_the_same_the_later_counts() -> None:
    index = PhraseIndex([("a b", 1), ("a b", 2)])

    assert index.find(["x", "a", "b"]) == [(1, 3, 2)]
