import pytest

from labels.comments import Comment
from model.reader import Reader
from model.word_tables import WordTables, parse_tables

TABLES = WordTables(
    known={"you": 90, "are": 80, "dunce": 40, "the": 100, "muslims": 30},
    hidden=["dunce"],
    references={
        "red choir": "group",
        "muslims": "identity",
        "polish": "identity_person",
        "the gunman": "actor",
    },
    classes={"dunce": "INSULT_MIND"},
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Red Choir's songs", "<group> songs"),
        ("MUSLIMS and the Polish", "<identity> and the <identity_person>"),
        ("M.u.s.l.i.m.s here", "<identity> here"),
        ("the gunman", "the gunman"),
        ("you dunc3", "you dunce"),
        ("thank you @red choir", "thank you <user> choir"),
    ],
)
def test_names_become_their_kind(text: str, read: str) -> None:
    assert Reader(TABLES).read(Comment("1", text)).text == read


def test_placeholder_maps_to_the_name_as_written() -> None:
    text = "So the Red  Choir sang"

    normalised = Reader(TABLES).read(Comment("1", text))

    begin = normalised.text.index("<group>")
    end = begin + len("<group>")
    assert text[normalised.begins[begin] : normalised.ends[end - 1]] == "Red  Choir"


def test_words_for_any_perpetrator_are_a_class() -> None:
    (_, _, classes) = Reader(TABLES).views

    assert classes.ngrams("the gunman") == ["ACTOR"]


def test_tables_survive_writing() -> None:
    assert parse_tables(TABLES.as_json()) == TABLES


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[]", "it is no object of tables"),
        ('{"hidden": "abc"}', "hidden is no list of words"),
        ('{"hidden": [], "known": {"a": -1}}', "known is no table of words"),
        (
            '{"hidden": [], "known": {}, "references": {"a": "color"}}',
            "references is no table of words",
        ),
        (
            '{"hidden": [], "known": {}, "references": {}, "classes": {"": "YOU"}}',
            "classes is no table of words",
        ),
    ],
)
def test_broken_tables_are_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_tables(text)
