"""Reads the codebook's version and the names of its rules."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labels.errors import InputError

CODEBOOK: Final = Path(__file__).parent / "CODEBOOK.md"

NO_RULE: Final = "none"
"""What a judgement names where no rule was needed."""

_VERSION: Final = re.compile(r"^Version (\d+)\b", re.MULTILINE)
# A1, T2, N-swear, E-report: a capital, then a digit or a word.
_RULE: Final = re.compile(r"\b[A-Z](?:\d|-[a-z]+)\b")


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a judgement may name: a version up to this one, and a rule."""

    version: int
    rules: frozenset[str]


def read_codebook(path: Path = CODEBOOK) -> Codebook:
    """Read a codebook; whatever looks like the name of a rule in it is one.

    Raises:
        InputError: if it says no version.
    """
    text = path.read_text(encoding="utf-8")
    version = _VERSION.search(text)
    if version is None:
        raise InputError(f"{path} has no line that begins with 'Version' and a number")
    return Codebook(int(version[1]), frozenset({*_RULE.findall(text), NO_RULE}))
