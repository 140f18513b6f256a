"""What each corpus is: where it comes from, under what licence, what it may serve."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_MANIFEST: Final = Path(__file__).parent / "manifest.json"


@dataclass(frozen=True, slots=True)
class Source:
    """A public corpus.

    Attributes:
        name: its folder's name, and the source of its rows.
        title: what people call it.
        home: where its authors publish it.
        licence: as they state it; ask them before you rely on it.
        citation: the paper to name.
        languages: BCP 47 tags.
        may_train: whether models learn from it; all but what measures bias.
        may_show: whether a sentence of it may stand in a report or a page.
        published_files: what the authors call its files.
        rows: how many there are in the copy that ``sha256`` names.
        sha256: each file of the copy that we read, by name.
    """

    name: str
    title: str
    home: str
    licence: str
    citation: str
    languages: tuple[str, ...]
    may_train: bool
    may_show: bool
    published_files: tuple[str, ...]
    rows: int
    sha256: Mapping[str, str]


@cache
def load_sources() -> Mapping[str, Source]:
    """Return what ``manifest.json`` says of each corpus, by name."""
    entries = json.loads(_MANIFEST.read_text(encoding="utf-8"))
    return {
        name: Source(
            name=name,
            languages=tuple(entry.pop("languages")),
            published_files=tuple(entry.pop("published_files")),
            **entry,
        )
        for name, entry in entries.items()
    }


def file_hash(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
