from array import array

from model.mapped_text import MappedText


def test_replacement_maps_to_all_that_it_replaces() -> None:
    mapped = MappedText("abcdef", array("L", range(6)), array("L", range(1, 7)))

    edited = mapped.rewritten([(1, 3, "XYZ"), (5, 6, "")])

    assert edited == MappedText(
        "aXYZde", array("L", [0, 1, 1, 1, 3, 4]), array("L", [1, 3, 3, 3, 4, 5])
    )


def test_text_without_edits_is_the_same() -> None:
    mapped = MappedText("ab", array("L", [3, 3]), array("L", [5, 5]))

    assert mapped.rewritten([]) == mapped
