import pytest

from labels.errors import LabelError
from labels.schema import implication_faults, parse_label


@pytest.mark.parametrize("value", ["2", "yes", "0.5", "-1"])
def test_label_of_another_value_is_refused(value: str) -> None:
    with pytest.raises(LabelError, match=f"a label is 1, 0 or blank, not '{value}'"):
        parse_label(value)


@pytest.mark.parametrize(
    "label", ["severe_abuse", "insult", "threat", "identity_attack"]
)
def test_label_that_implies_abuse_asks_for_it(label: str) -> None:
    assert implication_faults({label: 1, "abuse": None}) == [
        f"{label} is 1, so abuse must be 1 too, not blank"
    ]


@pytest.mark.parametrize("label", ["profanity", "extremist_praise"])
def test_label_that_implies_nothing_stands_alone(label: str) -> None:
    assert implication_faults({label: 1, "abuse": 0}) == []
