import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.normalise import normalise


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Good MORNING", "good morning", id="case"),
        pytest.param("ｈｅｌｌｏ", "hello", id="fullwidth"),
        pytest.param("𝒽𝑒𝓁𝓁𝑜", "hello", id="mathematical"),
        pytest.param("caf\u0065\u0301 café", "cafe cafe", id="diacritics"),
        pytest.param("h\u0336e\u0336y\u0336", "hey", id="strike"),
        pytest.param("he\u200bl\u00adlo", "hello", id="zero width, soft hyphen"),
        pytest.param("don\u2019t", "don't", id="curly apostrophe"),
        pytest.param("\u201cyes\u201d", '"yes"', id="curly quotation marks"),
        pytest.param("чай й", "чай й", id="Russian stays"),
        pytest.param("دعا گو", "دعا گو", id="Urdu stays"),
        pytest.param("हिन्दी", "हिन्दी", id="Hindi stays"),
        pytest.param("中文", "中文", id="Chinese stays"),
    ],
)
def test_text_is_folded_to_what_a_reader_sees(text: str, folded: str) -> None:
    assert normalise(text).text == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("see https://example.org/a?b=c now", "see <url> now", id="url"),
        pytest.param("www.example.org", "<url>", id="www"),
        pytest.param("ask a.b@example.org", "ask <email>", id="email"),
        pytest.param("thanks @some_one", "thanks <user>", id="handle"),
        pytest.param("@you clod: no", "<user> clod: no", id="words hide in no handle"),
        pytest.param("as u/somebody said", "as <user> said", id="Reddit"),
        pytest.param("from 192.0.2.44 again", "from <ip> again", id="IPv4"),
        pytest.param("2001:db8:0:1:1:1:1:1", "<ip>", id="IPv6"),
        pytest.param("at 10:30 or 11:15", "at 10:30 or 11:15", id="times stay"),
        pytest.param("version 1.2.3", "version 1.2.3", id="versions stay"),
    ],
)
def test_names_and_addresses_become_placeholders(text: str, folded: str) -> None:
    assert normalise(text).text == folded


def test_quotation_becomes_a_placeholder_that_maps_to_its_words() -> None:
    normalised = normalise("A said: go away. No.", [(8, 16)])

    place = normalised.text.index("<quote>")

    assert (normalised.begins[place], normalised.ends[place]) == (8, 16)


@pytest.mark.parametrize(
    ("text", "is_obfuscated"),
    [
        pytest.param("plain words", False, id="plain"),
        pytest.param("na\u00efve caf\u00e9", False, id="accents"),
        pytest.param("id\u200biot", True, id="zero width in a word"),
        pytest.param("one \u200btwo", False, id="zero width between words"),
        pytest.param("𝐟𝐨𝐨𝐥", True, id="mathematical letters"),
        pytest.param("f\u0336o\u0336", True, id="struck through"),
        pytest.param("family 👨\u200d👩\u200d👧", False, id="joined emoji"),
        pytest.param("می\u200cخواهم", False, id="Persian half space"),
    ],
)
def test_hiding_is_noticed(text: str, is_obfuscated: bool) -> None:
    assert normalise(text).is_obfuscated == is_obfuscated


@given(st.text(st.characters(), max_size=200))
def test_every_character_maps_into_the_original(text: str) -> None:
    normalised = normalise(text)

    assert len(normalised.begins) == len(normalised.ends) == len(normalised.text)
    assert all(
        0 <= begin < end <= len(text)
        for begin, end in zip(normalised.begins, normalised.ends, strict=True)
    )
    assert list(normalised.begins) == sorted(normalised.begins)
