import pytest

from labels.comments import Comment
from labels.duplicates import Entry, Role, entries, find_duplicates
from labels.labelled import LabelledComment
from labels.own import read_own
from labels.suites import SuiteCase, read_suites

_TEXT = "the council has promised for years to mend the road behind the old mill"
_NEAR = f"{_TEXT} now"

# Below what counts as a near-duplicate: paraphrases keep fewer words than copies.
_PARAPHRASE = 0.4


def _entry(
    name: str,
    source: str = "gavel",
    role: Role = Role.TRAIN,
    text: str = _TEXT,
    group: str | None = None,
) -> Entry:
    return Entry(name, source, role, text, group)


def test_entries_say_what_each_comment_is_for() -> None:
    comment = Comment("1", _TEXT)
    case = SuiteCase("cases", comment, "f", "abuse", is_expected=True, is_locked=True)
    rows = [
        LabelledComment(comment, "gavel", group="p"),
        LabelledComment(comment, "cad", is_held_out=True),
    ]

    assert entries(rows, [case]) == [
        Entry("1", "cases", Role.SUITE, _TEXT),
        Entry("1", "gavel", Role.TRAIN, _TEXT, "p"),
        Entry("1", "cad", Role.TEST, _TEXT),
    ]


def test_leaks_come_first_and_name_first_what_they_harm() -> None:
    inside = [_entry("a"), _entry("b", text=_NEAR)]
    held_out = _entry("t", role=Role.TEST, text=f"{_TEXT} soon")

    found = find_duplicates([*inside, held_out], 0.8)

    assert [(one.first.id, one.second.id, one.is_leak) for one in found] == [
        ("t", "a", True),
        ("t", "b", True),
        ("a", "b", False),
    ]


@pytest.mark.parametrize(
    ("first", "second", "is_leak"),
    [
        pytest.param(
            _entry("a", role=Role.TEST), _entry("b"), True, id="test and train"
        ),
        pytest.param(
            _entry("a", "cases", Role.SUITE), _entry("b"), True, id="suite and train"
        ),
        pytest.param(
            _entry("a", "cases", Role.SUITE),
            _entry("b", "cad"),
            True,
            id="suite and corpus",
        ),
        pytest.param(
            _entry("a", role=Role.TEST, text="Well said"),
            _entry("b", text="well said!"),
            True,
            id="short, both ours",
        ),
        pytest.param(
            _entry("a", role=Role.TEST, text="Well said"),
            _entry("b", "cad", text="well said!"),
            False,
            id="short, of a corpus",
        ),
        pytest.param(
            _entry("a", "cases", Role.SUITE),
            _entry("b", role=Role.TEST),
            False,
            id="suite and test",
        ),
        pytest.param(_entry("a"), _entry("b", "cad"), False, id="train and corpus"),
    ],
)
def test_a_leak_is_trained_on_and_asked_for(
    first: Entry, second: Entry, is_leak: bool
) -> None:
    (found,) = find_duplicates([second, first])

    assert found.is_leak == is_leak


def test_pairs_by_design_are_no_duplicates() -> None:
    pair = [_entry("a", group="p1"), _entry("b", text=_NEAR, group="p1")]

    assert find_duplicates(pair) == []


def test_pairs_torn_between_splits_are_leaks() -> None:
    pair = [_entry("a", role=Role.TEST, group="p1"), _entry("b", group="p1")]

    assert [one.is_leak for one in find_duplicates(pair)] == [True]


def test_nothing_of_ours_is_trained_on_that_a_test_or_a_suite_asks_for() -> None:
    found = find_duplicates(entries(read_own(), read_suites()), _PARAPHRASE)

    assert [one for one in found if one.is_leak] == []
