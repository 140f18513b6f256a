"""Imports sentences of a white-supremacist forum (de Gibert et al. 2018).

Published as ``annotations_metadata.csv`` beside ``all_files/``, which holds a
``.txt`` file for each sentence; also read as one ``stormfront.csv``.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from labels.corpora.imported import Imported
from labels.corpora.judges import by_value
from labels.corpora.table_corpus import Table, read_layouts
from labels.corpora.tables import Cells, Line, read_table

SOURCE: Final = "stormfront"

# "relation" is hate only together with its neighbours; the annotators passed over
# the last, which are not English or make no sense.
_LABELS: Final = by_value(
    {
        "label": {
            "hate": {"identity_attack": 1.0},
            "noHate": {"identity_attack": 0.0},
            "relation": None,
            "idk/skip": None,
        }
    }
)


def read(place: Path) -> Imported:
    """Read the sentences; those of one post belong together.

    Raises:
        InputError: if the place holds no table of this corpus.
    """
    return read_layouts(SOURCE, place, _PUBLISHED, _ONE_FILE)


def _read_with_texts(path: Path, columns: Sequence[str]) -> Iterator[Line]:
    """Yield the rows with their texts; a row is broken if its text cannot be read."""
    own = [name for name in columns if name != "text"]
    for line, cells in read_table(path, own):
        text = None if cells is None else _text(path.parent, cells["file_id"])
        if cells is None or text is None:
            yield line, None
        else:
            yield line, {**cells, "text": text}


def _text(folder: Path, file_id: str) -> str | None:
    name = f"{file_id}.txt"
    if Path(name).name != name:
        return None
    try:
        return (folder / "all_files" / name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _post(cells: Cells) -> str:
    return cells["file_id"].rpartition("_")[0]


_TABLE: Final = partial(Table, judge=_LABELS, id="file_id", group=_post)
_PUBLISHED: Final = (_TABLE("annotations_metadata.csv", read=_read_with_texts),)
_ONE_FILE: Final = (_TABLE("stormfront.csv"),)
