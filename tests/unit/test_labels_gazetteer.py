from collections import Counter
from pathlib import Path

import pytest

from labels.errors import InputError
from labels.gazetteer import KINDS, Reference, ReferenceIndex, read_gazetteer

HEADER = "term,kind,ideology,entry\n"


def write(folder: Path, *rows: str) -> Path:
    path = folder / "names.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ours() -> tuple[Reference, ...]:
    return read_gazetteer()


@pytest.fixture(scope="module")
def index(ours: tuple[Reference, ...]) -> ReferenceIndex:
    return ReferenceIndex(ours)


def test_rows_are_read_in_their_order(tmp_path: Path) -> None:
    path = write(
        tmp_path, "red choir,group,far-left,choir", "hill folk,identity,,hills"
    )

    assert read_gazetteer(path) == (
        Reference("red choir", "group", "far-left", "choir"),
        Reference("hill folk", "identity", "", "hills"),
    )


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param(
            "choir,band,,choir",
            "line 2: kind 'band' is none of group, leader, attack, slogan, actor, "
            "violence, victim, identity, identity_person",
            id="unknown kind",
        ),
        pytest.param(
            "choir,group,musical,choir",
            "line 2: ideology 'musical' is none of jihadist, far-right, far-left, "
            "ethno-nationalist, incel, anti-government, religious-other; leave it "
            "empty if none fits",
            id="unknown ideology",
        ),
        pytest.param(
            "Chœur Été,group,,choir",
            "line 2: term 'Chœur Été' is not folded; write 'chœur ete'",
            id="capitals and marks",
        ),
        pytest.param(
            "singers\u2019 hall,group,,choir",
            "line 2: term 'singers\u2019 hall' is not folded; write \"singers' hall\"",
            id="curly apostrophe",
        ),
        pytest.param(
            ",group,,choir",
            "line 2: term '' holds no word; write one, or delete the row",
            id="empty",
        ),
        pytest.param(
            "?!,group,,choir",
            "line 2: term '?!' holds no word; write one, or delete the row",
            id="punctuation alone",
        ),
        pytest.param(
            "a b c d e f g h i,group,,choir",
            "line 2: term 'a b c d e f g h i' has 9 words; shorten it to 8",
            id="nine words",
        ),
        pytest.param(
            "choir,group,,",
            "line 2: term 'choir' has no entry; give the name it stands for",
            id="no entry",
        ),
        pytest.param(
            "choir,group",
            "line 2: too few or too many cells; a row is a term, kind, ideology and "
            "entry",
            id="too few cells",
        ),
    ],
)
def test_faulty_row_is_refused_with_line_value_and_remedy(
    tmp_path: Path, row: str, fault: str
) -> None:
    path = write(tmp_path, row)

    with pytest.raises(InputError) as caught:
        read_gazetteer(path)

    assert str(caught.value) == f"{path}, {fault}"


def test_terms_of_the_same_words_are_duplicates(tmp_path: Path) -> None:
    path = write(tmp_path, "al-choir,group,,choir", "al choir,leader,,choir")

    with pytest.raises(InputError) as caught:
        read_gazetteer(path)

    assert str(caught.value) == (
        f"{path}, line 3: term 'al choir' has the words of an earlier one; delete one "
        "of the rows"
    )


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "Choir,group,,choir", "band,group,,")

    with pytest.raises(InputError) as caught:
        read_gazetteer(path)

    assert str(caught.value) == (
        f"{path}, line 2: term 'Choir' is not folded; write 'choir'; "
        "line 3: term 'band' has no entry; give the name it stands for"
    )


def test_faults_after_the_tenth_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, *[f"band {number},group,," for number in range(12)])

    with pytest.raises(InputError, match=r"; and 2 more$"):
        read_gazetteer(path)


def test_marks_of_other_scripts_stay(tmp_path: Path) -> None:
    path = write(tmp_path, "хорой,group,,choir")

    assert read_gazetteer(path) == (Reference("хорой", "group", "", "choir"),)


def test_file_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("term,kind\n")

    with pytest.raises(InputError, match="has no column ideology, entry"):
        read_gazetteer(path)


def test_longest_term_wins() -> None:
    index = ReferenceIndex(
        [
            Reference("choir", "victim", "", "singers"),
            Reference("choir hall", "leader", "", "hall"),
            Reference("choir hall march", "attack", "", "march"),
        ]
    )

    assert index.find(["the", "choir", "hall", "march"]) == [(1, 4, "attack")]
    assert index.find(["choir", "hall", "choir"]) == [
        (0, 2, "leader"),
        (2, 3, "victim"),
    ]


def test_term_is_not_found_cut_off_by_the_end_of_the_text() -> None:
    index = ReferenceIndex([Reference("red choir", "group", "", "choir")])

    assert index.find(["the", "red"]) == []


def test_shorter_term_at_the_end_of_a_text_ends_with_it() -> None:
    index = ReferenceIndex(
        [
            Reference("choir", "victim", "", "singers"),
            Reference("choir hall march", "attack", "", "march"),
        ]
    )

    assert index.find(["the", "choir"]) == [(1, 2, "victim")]


@pytest.mark.parametrize(
    ("term", "words"),
    [
        pytest.param("9/11", ["9", "11"], id="digits"),
        pytest.param("al-choir", ["al", "choir"], id="hyphen"),
        pytest.param("choir", ["choir's"], id="possessive in the text"),
        pytest.param("choir's hall", ["choir", "hall"], id="possessive in the term"),
        pytest.param("da'choir", ["da'choir"], id="inner apostrophe"),
    ],
)
def test_terms_are_cut_as_comments_are(term: str, words: list[str]) -> None:
    index = ReferenceIndex([Reference(term, "group", "", "choir")])

    assert index.find(words) == [(0, len(words), "group")]


def test_later_reference_outranks_an_earlier_one() -> None:
    index = ReferenceIndex(
        [
            Reference("choir", "group", "", "choir"),
            Reference("choir", "identity", "", "singers"),
        ]
    )

    assert index.find(["choir"]) == [(0, 1, "identity")]


def test_every_kind_has_enough_forms(ours: tuple[Reference, ...]) -> None:
    least = {
        "group": 350,
        "leader": 350,
        "attack": 350,
        "slogan": 100,
        "actor": 60,
        "violence": 80,
        "victim": 40,
        "identity": 500,
        "identity_person": 500,
    }
    counts = Counter(reference.kind for reference in ours)

    assert set(least) == set(KINDS)
    assert {kind: counts[kind] for kind in KINDS if counts[kind] < least[kind]} == {}


def test_named_references_have_an_ideology(ours: tuple[Reference, ...]) -> None:
    named = {"group", "leader", "attack", "slogan"}

    assert [one.term for one in ours if one.kind in named and not one.ideology] == []


def test_identities_have_no_ideology(ours: tuple[Reference, ...]) -> None:
    identities = {"identity", "identity_person", "victim", "violence"}

    assert [one.term for one in ours if one.kind in identities and one.ideology] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("isis", [(0, 1, "group")], id="jihadist group"),
        pytest.param("the red brigades", [(0, 3, "group")], id="far-left group"),
        pytest.param("ku klux klan", [(0, 3, "group")], id="far-right group"),
        pytest.param("breivik's book", [(0, 1, "leader")], id="perpetrator"),
        pytest.param("after 9 11", [(1, 3, "attack")], id="attack in digits"),
        pytest.param("14 88", [(0, 2, "slogan")], id="code"),
        pytest.param("the gunman", [(0, 2, "actor")], id="any perpetrator"),
        pytest.param("the bombing", [(0, 2, "violence")], id="any act"),
        pytest.param("the victims", [(0, 2, "victim")], id="anybody hurt"),
        pytest.param("black people", [(0, 2, "identity")], id="people"),
        pytest.param("a muslim", [(1, 2, "identity_person")], id="one person"),
        pytest.param("auratein", [(0, 1, "identity")], id="Roman Urdu"),
    ],
)
def test_ours_finds(
    index: ReferenceIndex, text: str, found: list[tuple[int, int, str]]
) -> None:
    assert index.find(text.split()) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the base of the mountain", id="base: a group's name in capitals"),
        pytest.param("law and order", id="order"),
        pytest.param("what is the eta of the bus", id="eta: time of arrival"),
        pytest.param("dad was in the raf", id="raf: an air force"),
        pytest.param("uff yaar", id="uff: an interjection in Urdu and Hindi"),
        pytest.param("bla bla bla", id="bla"),
        pytest.param("us ne kaghaz uda diya", id="uda: let fly in Urdu and Hindi"),
        pytest.param("teen roti", id="teen: three in Urdu and Hindi"),
        pytest.param("us ke kahane pe", id="kahane: told so, in Hindi"),
        pytest.param("call 911", id="911: an emergency number"),
        pytest.param("delayed on the m23", id="m23: a road"),
        pytest.param("a flat in n17", id="n17: a postcode"),
        pytest.param("i'm 19 this week", id="m-19"),
        pytest.param("grey wolves are back in the forest", id="grey wolves: animals"),
        pytest.param("tarrant county", id="tarrant: a county and a presenter"),
        pytest.param("breakin 2 electric boogaloo", id="boogaloo: a dance and a joke"),
        pytest.param("aum shanti", id="aum: a prayer"),
        pytest.param("a grammar nazi", id="nazi: an everyday insult, unlike nazis"),
        pytest.param("room 88", id="88: a number"),
        pytest.param("black coffee in a white cup", id="black, white: colours"),
        pytest.param("a straight road", id="straight"),
        pytest.param("turkey with polish sausage", id="turkey, polish"),
        pytest.param("french fries and a danish", id="french, danish"),
        pytest.param("made in china", id="countries are nobody's identity"),
        pytest.param("trans fat", id="trans"),
        pytest.param("oh boy oh man", id="boy, man: interjections"),
        pytest.param("stop hijacking this thread", id="hijacking: a figure of speech"),
        pytest.param("lynch and behead", id="verbs of harm are threats in themselves"),
    ],
)
def test_ours_leaves_ordinary_words_alone(index: ReferenceIndex, text: str) -> None:
    """Each of these names something else more often than what it could name here."""
    assert index.find(text.split()) == []
