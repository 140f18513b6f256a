"""The seven labels: their names, their order, and the values a label may have."""

from collections.abc import Mapping, Sequence
from typing import Final

from labels.errors import LabelError

LABELS: Final = (
    "abuse",
    "severe_abuse",
    "insult",
    "profanity",
    "threat",
    "identity_attack",
    "extremist_praise",
)
"""Every label, in the order used everywhere (columns, arrays, tables)."""

# CODEBOOK.md, step 5 of the order of decision.
IMPLY_ABUSE: Final = ("severe_abuse", "insult", "threat", "identity_attack")
"""A 1 for any of these, in our own data, asks for a 1 for abuse too."""


def parse_label(value: str) -> int | None:
    """Return a label written in a file as 1, 0 or None (unknown).

    >>> [parse_label(value) for value in ("1", " 0 ", "")]
    [1, 0, None]

    Raises:
        LabelError: if the value is anything else; a share such as ``0.5`` is a
            vote of several people, which only corpora carry.
    """
    stripped = value.strip()
    if stripped in {"0", "1"}:
        return int(stripped)
    if stripped:
        raise LabelError(f"a label is 1, 0 or blank, not {value!r}")
    return None


def implication_faults(labels: Mapping[str, int | None]) -> Sequence[str]:
    """Return a sentence for each label that asks for an ``abuse`` of 1 and lacks it.

    >>> implication_faults({"abuse": 0, "insult": 1})
    ['insult is 1, so abuse must be 1 too, not 0']
    """
    abuse = labels.get("abuse")
    if abuse == 1:
        return []
    shown = "blank" if abuse is None else abuse
    return [
        f"{name} is 1, so abuse must be 1 too, not {shown}"
        for name in IMPLY_ABUSE
        if labels.get(name) == 1
    ]
