"""Imports the Jigsaw Toxic Comment Classification corpus (Wikipedia talk pages, 2018).

Kaggle publishes ``train.csv`` with six labels. A second, one-label table of the same
source, ``binary.csv``, is read where it is present.
"""

from pathlib import Path
from typing import Final

from labels.comments import Comment
from labels.corpora.imported import Imported
from labels.corpora.tables import find_file, read_table
from labels.errors import InputError
from labels.labelled import LabelledComment, shares_of

SOURCE: Final = "jigsaw_toxic"

_SIX_LABELS: Final = {
    "toxic": "abuse",
    "severe_toxic": "severe_abuse",
    "insult": "insult",
    "obscene": "profanity",
    "threat": "threat",
    "identity_hate": "identity_attack",
}
_ONE_LABEL: Final = {"toxic": "abuse"}


def read(folder: Path) -> Imported:
    """Read the corpus as published; labels are taken over, even where they clash.

    A handful of rows has insult or identity_hate 1 and toxic 0. They are somebody's
    judgement, so they stay as they are.

    Raises:
        InputError: if the folder holds no table of this corpus.
    """
    imported = Imported()
    for name, columns in (("train.csv", _SIX_LABELS), ("binary.csv", _ONE_LABEL)):
        path = find_file(folder, name)
        if path is not None:
            imported.files.append(path)
            _read_file(path, columns, imported)
    if not imported.files:
        raise InputError(
            f"{folder} holds no Jigsaw corpus; expected train.csv with the columns "
            f"comment_text, {', '.join(_SIX_LABELS)}"
        )
    return imported


def _read_file(path: Path, columns: dict[str, str], imported: Imported) -> None:
    for line, cells in read_table(path, ["comment_text", *columns]):
        imported.rows_read += 1
        if cells is None:
            imported.dropped["broken row"] += 1
        elif not cells["comment_text"].strip():
            imported.dropped["no text"] += 1
        elif any(cells[name] not in {"0", "1"} for name in columns):
            # Kaggle's test labels use -1 for rows that were never judged.
            imported.dropped["label not 0 or 1"] += 1
        else:
            shares = {ours: float(cells[name]) for name, ours in columns.items()}
            row_id = cells.get("id") or f"{path.name.split('.')[0]}-{line}"
            imported.rows.append(
                LabelledComment(
                    Comment(row_id, cells["comment_text"]), SOURCE, shares_of(**shares)
                )
            )
