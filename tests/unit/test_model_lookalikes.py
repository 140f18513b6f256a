import pytest

from model.lookalikes import replace_lookalikes


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        pytest.param("dunсe", "dunce", id="Cyrillic"),
        pytest.param("DUΝCΕ", "DUnCe", id="Greek capitals"),
        pytest.param("dսnce", "dunce", id="Armenian"),
        pytest.param("Ꭰunce", "dunce", id="Cherokee"),
        pytest.param("d\u200bunсe", "d\u200bunce", id="zero width between"),
        pytest.param("dunсe, рос", "dunce, poc", id="look-alikes beside mixed words"),
        pytest.param(
            "dunсe, город, рос", "dunce, город, рос", id="beside genuine ones"
        ),
        pytest.param("dunсe, smsка, город", "dunce, smsка, город", id="Latin stem"),
        pytest.param("see рос", "see рос", id="look-alikes alone"),
        pytest.param("see ѕее", "see see", id="look-alikes of a hidden word"),
        pytest.param("доброеx", "доброеx", id="letters that pass for none"),
        pytest.param("Доброе утро", "Доброе утро", id="Russian"),
        pytest.param("ένα αβγ", "ένα αβγ", id="Greek"),
        pytest.param("ok 中文 دعا", "ok 中文 دعا", id="other scripts"),
    ],
)
def test_look_alikes_become_latin_in_words_of_mixed_script(
    text: str, latin: str
) -> None:
    assert replace_lookalikes(text, {"see"}) == latin
