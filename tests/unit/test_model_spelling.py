import pytest

from model.spelling import Speller

KNOWN = {
    "the": 10_000, "you": 9000, "are": 8000, "a": 8500, "an": 4000, "my": 5000,
    "head": 400, "top": 150, "tops": 40, "friend": 200, "hotel": 90, "trial": 60,
    "trail": 50, "carp": 1, "crap": 40, "clod": 20, "clods": 10, "daft": 12, "duft": 1,
    "dolt": 9, "noodle": 8, "noodles": 30, "noodlehead": 0.5, "c1od": 3, "clott": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(KNOWN, ["Clod", "crap", "dolt", "daft", "noodle"])


@pytest.mark.parametrize(
    ("token", "meaning"),
    [
        pytest.param("cl0d", "clod", id="digit"),
        pytest.param("c1od", None, id="digits that are known"),
        pytest.param("c*ods", "clods", id="inflected"),
        pytest.param("d**t", "daft", id="commoner of two that fit"),
        pytest.param("do*t", "dolt", id="only one that fits"),
        pytest.param("h0tel", "hotel", id="word that nobody hides"),
        pytest.param("h*tel", "hotel", id="its mask"),
        pytest.param("tr**l", None, id="its mask that hides more"),
        pytest.param("h0tel5", None, id="unknown"),
        pytest.param("top5", None, id="word with a number"),
        pytest.param("noodel", None, id="last letter swapped"),
        pytest.param("nodole", "noodle", id="inner letters swapped"),
        pytest.param("nldooe", None, id="too much swapped"),
        pytest.param("frined", "friend", id="slip"),
        pytest.param("trial", None, id="another word's swap"),
        pytest.param("carp", None, id="rare word that is another's swap"),
        pytest.param("nooodle", "noodle", id="letter doubled"),
        pytest.param("nodle", None, id="letter dropped"),
        pytest.param("youareaclod", "you are a clod", id="glued"),
        pytest.param("noodlehead", None, id="glued, and known so"),
        pytest.param("clodhead", "clod head", id="two words, one hidden"),
        pytest.param("hotelhead", None, id="two words, none hidden"),
        pytest.param("clodanmy", "clod an my", id="eight letters"),
        pytest.param("anclods", None, id="fewer"),
        pytest.param("youarexxqzclod", None, id="unknown piece"),
        pytest.param("cl.od", "clod", id="mark inside"),
        pytest.param("c-od", "clod", id="mark for a letter"),
        pytest.param("clod-head", None, id="hyphen"),
        pytest.param("c...d", None, id="ellipsis"),
        pytest.param("1010", None, id="number"),
        pytest.param("70p", None, id="amount"),
        pytest.param("friend!clods", None, id="two sentences"),
        pytest.param("y0uareacl0d", "you are a clod", id="glued, with digits"),
        pytest.param("fr!end", "friend", id="symbol"),
        pytest.param("+r!@|", "trial", id="symbols at the edges"),
        pytest.param("the+are", None, id="two words, one sign"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_token_means_the_word_that_it_hides(
    token: str, meaning: str | None, speller: Speller
) -> None:
    assert speller.meant(token) == meaning


@pytest.mark.parametrize(
    ("token", "meaning"),
    [
        pytest.param("+op$", "tops", id="signs at the edges"),
        pytest.param("7r1a1", "trial", id="second reading of a digit"),
        pytest.param("70p", None, id="three letters"),
        pytest.param("7095", None, id="number"),
        pytest.param("$$$$", None, id="one sign"),
        pytest.param("zykq5", None, id="unknown"),
        pytest.param("tops", None, id="no sign"),
    ],
)
def test_token_among_others_in_leet_means_any_word_that_it_spells(
    token: str, meaning: str | None, speller: Speller
) -> None:
    assert speller.meant_in_leet(token) == meaning


def test_long_glued_comment_is_split_around_unknown_names(speller: Speller) -> None:
    glued = "youaremyfriendthezykqheadyouareaclodthenoodle"

    assert (
        speller.meant(glued)
        == "you are my friend the zykq head you are a clod the noodle"
    )


@pytest.mark.parametrize(
    ("word", "squeezed"),
    [
        pytest.param("cloddd", "clod", id="one letter"),
        pytest.param("nooodle", "noodle", id="two letters"),
        pytest.param("yooouuu", "you", id="two runs"),
        pytest.param("zaaap", "zap", id="unknown"),
        pytest.param("aaabbbcccdddeee", "abcde", id="many runs"),
    ],
)
def test_stretched_word_becomes_the_likeliest(
    word: str, squeezed: str, speller: Speller
) -> None:
    assert speller.squeezed(word) == squeezed


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        pytest.param(["Clod"], {"clod", "clods"}, id="known inflections"),
        pytest.param(["d*ft"], set(), id="mask that two words fit"),
        pytest.param(["cr*p"], {"crap"}, id="mask that one word fits"),
        pytest.param(["noodl*"], {"noodl", "noodle", "noodles"}, id="any ending"),
        pytest.param(["a clod"], set(), id="phrase"),
    ],
)
def test_hidden_words_are_plain_known_forms(hidden: list[str], words: set[str]) -> None:
    assert Speller(KNOWN, hidden).hidden == words


def test_speller_without_words_changes_nothing() -> None:
    assert Speller({}, []).meant("cl0d") is None
