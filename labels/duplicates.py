"""Finds comments that stand twice, and tells a leak from a coincidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from labels.labelled import LabelledComment
from labels.near_duplicates import SIMILARITY, find_alike
from labels.own import SOURCE
from labels.suites import SuiteCase
from labels.words import words_of

# "Agreed." stands in every corpus, and teaches nothing of ours that says it too.
_FEWEST_WORDS: Final = 6


class Role(IntEnum):
    """What a comment is for; in the order in which a copy of it does harm."""

    SUITE = 0
    TEST = 1
    TRAIN = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment that is compared.

    Attributes:
        id: its name within the source.
        source: a corpus, ``gavel`` or a suite.
        role: what it is for.
        text: what is compared.
        group: a contrast pair, a thread: those are alike by design.
    """

    id: str
    source: str
    role: Role
    text: str
    group: str | None = None

    @property
    def place(self) -> str:
        """Return where it stands: the suite, or the source and its role."""
        name = self.role.name.lower()
        return self.source if self.role == Role.SUITE else f"{self.source} {name}"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two comments that say nearly the same; ``first`` is the one that it harms more.

    ``similarity`` is 1.0 where they differ in case, punctuation and white space only.
    """

    first: Entry
    second: Entry
    similarity: float

    @property
    def is_leak(self) -> bool:
        """Tell whether something is trained on that a test or a suite asks for.

        A short comment of a public corpus is alike by chance.
        """
        if self.second.role != Role.TRAIN or self.first.role == Role.TRAIN:
            return False
        is_ours = self.second.source == SOURCE
        return is_ours or len(words_of(self.second.text)) >= _FEWEST_WORDS

    @property
    def is_by_design(self) -> bool:
        """Tell whether the two are of one group, on one side of every split."""
        is_one_group = self.first.group is not None
        is_one_group = is_one_group and self.first.group == self.second.group
        return is_one_group and self.first.place == self.second.place


def entries(
    labelled: Iterable[LabelledComment], cases: Iterable[SuiteCase] = ()
) -> list[Entry]:
    """Return labelled comments and suite cases as they are compared."""
    compared = [
        Entry(case.comment.id, case.suite, Role.SUITE, case.comment.text)
        for case in cases
    ]
    compared += [
        Entry(
            row.comment.id,
            row.source,
            Role.TEST if row.is_held_out else Role.TRAIN,
            row.comment.text,
            row.group,
        )
        for row in labelled
    ]
    return compared


def find_duplicates(
    compared: Iterable[Entry], similarity: float = SIMILARITY
) -> list[Duplicate]:
    """Return every pair that says nearly the same but those alike by design.

    Leaks come first, then by place, the most similar first.
    """
    # Of equal texts each is paired with the first, so what a copy harms goes first.
    ordered: Sequence[Entry] = sorted(compared, key=lambda entry: entry.role)
    alike = find_alike([entry.text for entry in ordered], similarity)
    found = [
        Duplicate(ordered[pair.first], ordered[pair.second], pair.similarity)
        for pair in alike
    ]
    return sorted(
        (duplicate for duplicate in found if not duplicate.is_by_design), key=_order
    )


def _order(duplicate: Duplicate) -> tuple[object, ...]:
    places = (duplicate.first.place, duplicate.second.place)
    return (not duplicate.is_leak, *places, -duplicate.similarity)
