import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.normalise import normalise
from model.spelling import Speller

KNOWN = {
    "you": 9000, "are": 8000, "a": 8500, "an": 4000, "i": 8000, "the": 9900, "is": 7000,
    "what": 3000, "this": 4000, "said": 900, "love": 600, "so": 2000, "soo": 5,
    "good": 900, "god": 300, "moose": 20, "wales": 15, "top": 150, "friend": 200,
    "hot": 90, "shot": 30, "don't": 1500, "read": 300, "well": 800, "idiot": 60,
    "idiots": 20, "clod": 20, "dunce": 10, "twit": 8, "noodle": 5,
}  # fmt: skip
HIDDEN = ("idiot", "clod", "dunce", "twit", "noodle")


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(KNOWN, HIDDEN)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("you d u n c e!", "you dunce!", id="spaced"),
        pytest.param("s t u p i d   o l d", "stupid old", id="spaced words"),
        pytest.param("a d.u.n.c.e.", "a dunce.", id="dotted"),
        pytest.param("d-u-n-c-e d_u_n_c_e", "dunce dunce", id="dashed"),
        pytest.param("D * U * N * C * E", "dunce", id="starred"),
        pytest.param("a duncе", "a dunce", id="Cyrillic in a Latin word"),
        pytest.param("а dunсе", "a dunce", id="word of look-alikes beside it"),
        pytest.param("dυnce", "dunce", id="Greek in a Latin word"),
        pytest.param("ᴅᴜɴᴄᴇ", "dunce", id="small capitals"),
        pytest.param("🅳🅤⒩", "dun", id="letters in boxes"),
        pytest.param("d\u20ddunce", "dunce", id="circled"),
    ],
)
def test_what_hides_letters_is_undone_without_a_speller(text: str, meant: str) -> None:
    normalised = normalise(text)

    assert (normalised.text, normalised.is_obfuscated) == (meant, True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("1d10t and tw1t", "idiot and twit", id="digits"),
        pytest.param("!d!ot, cl@d", "idiot, clod", id="symbols"),
        pytest.param("n@@dle", "noodle", id="at signs"),
        pytest.param("y0u 4re", "you are", id="digits in words nobody hides"),
        pytest.param("an id**t", "an idiot", id="two stars"),
        pytest.param("c**d, d****!", "clod, dunce!", id="one letter shows"),
        pytest.param("tw#t tw%t tw_t tw-t", "twit twit twit twit", id="other masks"),
        pytest.param("id.iot n-oodle", "idiot noodle", id="cut"),
        pytest.param("an idoit", "an idiot", id="swapped"),
        pytest.param("idiiot idiottt", "idiot idiot", id="letters doubled"),
        pytest.param("youareanidiot", "you are an idiot", id="glued"),
        pytest.param("id**t c l o d", "idiot clod", id="spaced after a mask"),
        pytest.param("you4re4n1d1ot", "you are an idiot", id="glued, with digits"),
        pytest.param("whatisthis:", "what is this:", id="glued, with nothing hidden"),
        pytest.param("y o u a r e a n i d i o t", "you are an idiot", id="spaced"),
        pytest.param("t w 1 t", "twit", id="spaced, with a digit"),
        pytest.param("i   a m, y o u", "i   a m, you", id="spaced, common word"),
        pytest.param("a c l o d", "a clod", id="spaced after a letter"),
        pytest.param("C.L.O.D.", "clod.", id="dotted capitals"),
        pytest.param("you СLОD", "you clod", id="capital look-alikes"),
        pytest.param("you тwіт", "you twit", id="look-alikes"),
        pytest.param("fr!end, wh@+", "friend, what", id="signs for other words"),
        pytest.param("wh@+ !$ |ove, +h!$!", "what !$ love, this!", id="at the ends"),
        pytest.param("fr!end @nd wh@+ $@!d", "friend <user> what said", id="at sign"),
        pytest.param("fr!end $@!d wh@+!!", "friend said what!!", id="stressed"),
        pytest.param("5a1d 7h15 $hot", "said this shot", id="certain ones beside it"),
    ],
)
def test_what_is_meant_stands_in_the_place_of_what_is_written(
    text: str, meant: str, speller: Speller
) -> None:
    normalised = normalise(text, (), speller)

    assert (normalised.text, normalised.is_obfuscated) == (meant, True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("soooo gooood, loooove", "so good, love", id="stretched"),
        pytest.param("Awwww", "aw", id="stretched and unknown"),
        pytest.param("you are my freind", "you are my friend", id="slip"),
        pytest.param("#whatisthis", "#what is this", id="hash tag"),
        pytest.param("r/whatisthis", "r/what is this", id="name of a forum"),
        pytest.param("so 👎👍🏽", "so  thumbs down sign  thumbs up sign ", id="emoji"),
        pytest.param("😡😡😡", " pouting face ", id="repeated emoji"),
        pytest.param("👨\u200d👧", " man  girl ", id="joined emoji"),
        pytest.param("☕\ufe0f 1\ufe0f\u20e3", " hot beverage  1", id="emoji looks"),
        pytest.param("🇨🇦🇳🇿", " flag ca  flag nz ", id="flags"),
    ],
)  # fmt: skip
def test_what_hides_nothing_is_put_right_without_a_signal(
    text: str, meant: str, speller: Speller
) -> None:
    normalised = normalise(text, (), speller)

    assert (normalised.text, normalised.is_obfuscated) == (meant, False)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("j. k. rowling, j.r.r. tolkien", id="initials"),
        pytest.param("the u.s.a., e.g. at 3 p.m.", id="abbreviations"),
        pytest.param("i a m, plan a b c, x y z, a b c d e", id="single letters"),
        pytest.param("1. a) b) c) 2.a.b.c - d - e", id="lists"),
        pytest.param("covid19 4x4 b2b ps5 g20 h1n1 mp3 7up gr8", id="products"),
        pytest.param("top5 1st 2nd 4th 3pm 80s 5'10 24h", id="numbers"),
        pytest.param("$hot +read the well!", id="signs beside words"),
        pytest.param("$5m $100k €50 us$ 100% 1010 $$$", id="prices"),
        pytest.param("*** **you** *are* this* __so__", id="emphasis"),
        pytest.param("w/ c'mon i'd've", id="shortened words"),
        pytest.param("a*b*c + y**2, a|b, r&b, at&t, c++", id="signs between"),
        pytest.param(":) <3 :d xd ^_^ ;-) >:(", id="emoticons"),
        pytest.param("well-read, x-ray, e-mail, f-word, to.you", id="hyphens"),
        pytest.param("yar kya tum nahi acha bohat chchodo", id="Roman Urdu"),
        pytest.param("xxx iii viii xxiii www #ffff00", id="numerals"),
        pytest.param("y-y-you s-s-so", id="stutter"),
        pytest.param("i...dunno, no!stop!it", id="blanks left out after a sentence"),
        pytest.param("idiot clod dunce!!!", id="plain insults"),
        pytest.param("whatisthis.com", id="address"),
        pytest.param("straße", id="letters no look-alikes have"),
        pytest.param("оса рос сор", id="Russian that looks Latin"),
        pytest.param("доброе утро, iphone'ом smsка", id="Russian with Latin stems"),
        pytest.param("αβγ ένα, α-helix μg", id="Greek"),
        pytest.param("ہم ک ی ا acha", id="Urdu"),
        pytest.param("你好 傻 abc", id="Chinese"),
        pytest.param("कितना अच्छा", id="Hindi"),
    ],
)
def test_honest_writing_stays(text: str, speller: Speller) -> None:
    normalised = normalise(text, (), speller)

    assert (normalised.text, normalised.is_obfuscated) == (text, False)


@pytest.mark.parametrize(
    ("text", "word", "written"),
    [
        pytest.param("you 1d10t, you", "idiot", "1d10t", id="digits"),
        pytest.param("An id**t.", "idiot", "id**t", id="mask"),
        pytest.param("a c.l.o.d!", "clod", "c.l.o.d", id="dotted"),
        pytest.param("so   c l o d", "clod", "c l o d", id="spaced"),
        pytest.param("youareanidiot", "idiot", "idiot", id="glued"),
        pytest.param("Gooood", "good", "Gooood", id="stretched"),
        pytest.param("hm 😍👍", "thumbs up sign", "👍", id="emoji"),
        pytest.param(
            "t\u200bw\u200bi\u200bt", "twit", "t\u200bw\u200bi\u200bt", id="zw"
        ),
    ],
)
def test_every_word_maps_to_what_was_written(
    text: str, word: str, written: str, speller: Speller
) -> None:
    normalised = normalise(text, (), speller)
    first = normalised.text.index(word)
    last = first + len(word) - 1

    assert text[normalised.begins[first] : normalised.ends[last]] == written


def test_word_with_an_at_sign_is_no_handle() -> None:
    speller = Speller(KNOWN, ["ant"])

    assert normalise("you @nt, @ann", (), speller).text == "you ant, <user>"


TRICKY = st.text(
    st.sampled_from(
        "abcdeiotuAIOT014 \t\n.*-_!@$#'<>|+/&éаеоіѕд\u200b\u0336\u00ad😀🇨🅰ｉ𝐝م中"
    ),
    max_size=60,
)
"""Text of what the rules look for."""


@given(TRICKY | st.text(st.characters(), max_size=100))
def test_map_is_exact_with_a_speller(speller: Speller, text: str) -> None:
    normalised = normalise(text, (), speller)

    assert len(normalised.begins) == len(normalised.ends) == len(normalised.text)
    assert all(
        0 <= begin < end <= len(text)
        for begin, end in zip(normalised.begins, normalised.ends, strict=True)
    )
    assert list(normalised.begins) == sorted(normalised.begins)
    assert list(normalised.ends) == sorted(normalised.ends)


WRITTEN = st.sampled_from(
    ["You", "are", "soooo", "1d10t", "id**t", "c.l.o.d", "C L O D", "youareanidiot",
     "idoit", "😍", "don't", "@ann", "duncе", "𝐭𝐰𝐢𝐭", "3pm", "***", "-", "!", "оса"]
)  # fmt: skip


@given(st.lists(WRITTEN, max_size=12))
def test_what_was_read_once_is_read_the_same_again(
    speller: Speller, written: list[str]
) -> None:
    once = normalise(" ".join(written), (), speller).text

    assert normalise(once, (), speller).text == once


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "part",
    ["*", "a", "a ", ".a", "ab", "a!", "!", "@a", "$@a", "0", "f*", "aab", "аb"],
)
def test_a_long_run_of_one_kind_is_read_in_time(part: str, speller: Speller) -> None:
    length = 300_000

    normalised = normalise(part * (length // len(part)), (), speller)

    assert normalised.ends[-1] == length // len(part) * len(part)
