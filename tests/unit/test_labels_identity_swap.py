from collections import Counter

import pytest

from labels.comments import Comment
from labels.identity_swap import (
    SLOT,
    SwapGroup,
    SwapSentence,
    read_groups,
    read_sentences,
)
from labels.near_duplicates import near_duplicate_pairs
from labels.own import read_own
from labels.suites import read_suites

_SENTENCES = read_sentences()
_GROUPS = read_groups()
_CRICKET = SwapSentence("s1", "abuse", False, "We met {group} at the cricket.")


def test_group_takes_the_slot() -> None:
    assert (
        _CRICKET.about(SwapGroup("Turks", "nation")) == "We met Turks at the cricket."
    )


def test_there_are_forty_groups_of_nine_kinds() -> None:
    assert len({group.name for group in _GROUPS}) == 40
    assert {group.kind for group in _GROUPS} == {
        "nation",
        "religion",
        "ethnicity",
        "gender",
        "orientation",
        "disability",
        "age",
        "caste",
        "migration",
    }


def test_half_of_a_hundred_sentences_are_positive_for_each_label_alike() -> None:
    assert Counter((one.label, one.is_expected) for one in _SENTENCES) == {
        ("abuse", True): 35,
        ("abuse", False): 35,
        ("extremist_praise", True): 15,
        ("extremist_praise", False): 15,
    }


@pytest.mark.parametrize("sentence", _SENTENCES, ids=lambda one: one.id)
def test_a_sentence_names_a_group_once(sentence: SwapSentence) -> None:
    assert sentence.template.count(SLOT) == 1
    assert sentence.template.count("{") == 1


def test_ids_are_unique() -> None:
    assert len({one.id for one in _SENTENCES}) == len(_SENTENCES)


def test_sentences_are_no_copies_of_one_another_or_of_our_data() -> None:
    ours: list[Comment] = [row.comment for row in read_own()]
    ours += [case.comment for case in read_suites()]
    texts = [one.about(SwapGroup("people", "nation")) for one in _SENTENCES]

    pairs = near_duplicate_pairs([*texts, *(one.text for one in ours)])

    assert [pair for pair in pairs if min(pair) < len(texts)] == []
