"""Texts of corpora without names, addresses and entities."""

import pytest

from labels.corpora.texts import clean_escaped, clean_text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("RT @ann_b: so it is", "RT <user>: so it is", id="retweet"),
        pytest.param("RT@ann so it is", "RT<user> so it is", id="retweet, glued"),
        pytest.param("@ann you are: wrong", "<user> you are: wrong", id="later colon"),
        pytest.param("@ann...stop", "<user>...stop", id="dots"),
        pytest.param("@ann@bob@@cy hi", "<user> hi", id="handles in a row"),
        pytest.param("write to a@b.example now", "write to <email> now", id="e-mail"),
        pytest.param("a@b.example@ann", "<email><user>", id="laid bare"),
        pytest.param("see /u/somebody", "see <user>", id="Reddit"),
        pytest.param("from 192.0.2.7 again", "from <ip> again", id="IP address"),
        pytest.param("see http://example.org/x?a=1", "see <url>", id="URL"),
        pytest.param("<user> saw <url>", "<user> saw <url>", id="placeholders stay"),
        pytest.param("two\nlines \n", "two\nlines", id="outer blanks"),
    ],
)
def test_names_and_addresses_become_placeholders(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned
    assert clean_text(cleaned) == cleaned


def test_megabyte_of_handles_is_cleaned_at_once() -> None:
    assert clean_text("@a" * 500_000) == "<user>"


def test_entity_is_the_character_it_stands_for() -> None:
    assert clean_escaped("&#64;ann &amp; I &lt;3 &#8220;it&#8221;") == (
        "<user> & I <3 “it”"
    )
