import re

import pytest

from training.attacks import ATTACKS, Attack, disguise

_BY_NAME = {attack.name: attack for attack in ATTACKS}
_TEXT = "You utter clod, go home. Nobody asked!"


def test_there_are_ten_attacks_to_undo_and_four_to_guess() -> None:
    assert [attack.name for attack in ATTACKS if attack.can_be_undone] == [
        "leet digits",
        "leet symbols",
        "Cyrillic look-alikes",
        "zero-width",
        "soft hyphen",
        "combining strike",
        "diacritics",
        "fullwidth, mathematical bold",
        "repeated vowels",
        "spaced, dotted",
    ]
    assert [attack.name for attack in ATTACKS if not attack.can_be_undone] == [
        "masked",
        "glued",
        "swapped",
        "padded",
    ]


@pytest.mark.parametrize(
    ("name", "disguised"),
    [
        ("leet digits", "You u773r cl0d, go h0m3. N0b0dy 45k3d!"),
        ("leet symbols", "You u++er c|od, go home. Nobody @$ked!"),
        (
            "Cyrillic look-alikes",
            "You utt\u0435r \u0441l\u043ed, go h\u043em\u0435. "
            "N\u043eb\u043ed\u0443 \u0430\u0455k\u0435d!",
        ),
        (
            "soft hyphen",
            "You u\u00adt\u00adt\u00ade\u00adr c\u00adl\u00ado\u00add, go "
            "h\u00ado\u00adm\u00ade. N\u00ado\u00adb\u00ado\u00add\u00ady "
            "a\u00ads\u00adk\u00ade\u00add!",
        ),
        (
            "combining strike",
            "You u\u0336t\u0336t\u0336e\u0336r\u0336 c\u0336l\u0336o\u0336d\u0336, go "
            "h\u0336o\u0336m\u0336e\u0336. N\u0336o\u0336b\u0336o\u0336d\u0336y\u0336 "
            "a\u0336s\u0336k\u0336e\u0336d\u0336!",
        ),
        ("glued", "Youutterclod,gohome. Nobodyasked!"),
        ("padded", "You utter clod, go home. Nobody asked! love love love love love"),
    ],
    ids=lambda value: value if value in _BY_NAME else "",
)
def test_attack_without_chance_writes(name: str, disguised: str) -> None:
    assert disguise(_BY_NAME[name], _TEXT) == disguised


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("zero-width", r"c[\u200b-\u200d\u2060]l[\u200b-\u200d\u2060]o.d"),
        ("diacritics", "[cćčĉ]\\S?l[òóôõöǒ]d"),
        ("fullwidth, mathematical bold", r"ｃｌｏｄ|𝐜𝐥𝐨𝐝"),
        ("repeated vowels", "clo{3,5}d"),
        ("spaced, dotted", r" c l o d |c\.l\.o\.d"),
        ("masked", r"cl\*d"),
        ("swapped", "cold"),
    ],
)
def test_attack_by_chance_writes(name: str, pattern: str) -> None:
    disguised = disguise(_BY_NAME[name], "the clod again")

    assert re.search(pattern, disguised) is not None


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_text_is_disguised_alike_in_every_run(attack: Attack) -> None:
    assert disguise(attack, _TEXT) == disguise(attack, _TEXT)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_every_attack_changes_a_text(attack: Attack) -> None:
    assert disguise(attack, _TEXT) != _TEXT


@pytest.mark.parametrize("attack", ATTACKS[:-1], ids=lambda attack: attack.name)
@pytest.mark.parametrize(
    "text", ["", "ab", "привет!", "a_name,x1234y", "\ud800"], ids=ascii
)
def test_short_words_and_other_scripts_stay(attack: Attack, text: str) -> None:
    assert disguise(attack, text) == text


def test_a_spaced_text_shows_where_words_begin() -> None:
    spaced = disguise(_BY_NAME["spaced, dotted"], "utter clods again there")

    assert spaced in {
        "u t t e r   c l o d s   a g a i n   t h e r e",
        "u.t.t.e.r c.l.o.d.s a.g.a.i.n t.h.e.r.e",
    }
