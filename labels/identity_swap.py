"""Reads the identity swap: sentences of our own with a slot for a group of people."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labels.own import read_own_table
from labels.suites import SUITES

FOLDER: Final = SUITES / "identityswap"
"""Not among the suites: a sentence is no case before a group is named in it."""

SLOT: Final = "{group}"

_GROUPS: Final = "groups.csv"
_SENTENCES: Final = "sentences.csv"


@dataclass(frozen=True, slots=True)
class SwapGroup:
    """A group of people as a plural noun, ``wheelchair users``, and its kind.

    The kind is what its members share: nation, religion, ethnicity, gender,
    orientation, disability, age, caste or migration.
    """

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SwapSentence:
    """A sentence whose label is the same for whichever group stands in its slot.

    Attributes:
        id: names the sentence.
        label: the label that is judged.
        is_expected: whether that label holds, by ``CODEBOOK.md``.
        template: its words; ``{group}`` stands in them once.
    """

    id: str
    label: str
    is_expected: bool
    template: str

    def about(self, group: SwapGroup) -> str:
        """Return the sentence about a group, with a capital at its beginning.

        >>> swap = SwapSentence("s1", "abuse", False, "{group} sing well.")
        >>> swap.about(SwapGroup("women", "gender"))
        'Women sing well.'
        """
        text = self.template.replace(SLOT, group.name)
        return text[:1].upper() + text[1:]


def read_groups(folder: Path = FOLDER) -> list[SwapGroup]:
    """Read the groups, in the order of the file.

    Raises:
        InputError: if the table is missing or lacks a column, or a row is broken.
    """
    rows = read_own_table(folder / _GROUPS, ("group", "kind"))
    return [SwapGroup(row["group"], row["kind"]) for row in rows]


def read_sentences(folder: Path = FOLDER) -> list[SwapSentence]:
    """Read the sentences, in the order of the file.

    Raises:
        InputError: if the table is missing or lacks a column, or a row is broken.
    """
    rows = read_own_table(folder / _SENTENCES, ("id", "label", "expected", "text"))
    return [
        SwapSentence(row["id"], row["label"], row["expected"] == "1", row["text"])
        for row in rows
    ]
