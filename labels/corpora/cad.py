"""Imports CAD, the Contextual Abuse Dataset (Reddit; Vidgen et al. 2021).

Published as ``cad_v1_1_train.tsv``, ``…_dev.tsv`` and ``…_test.tsv``, tab-separated
without quoting; also read as one comma-separated ``cad_v1_1.csv``.
"""

from pathlib import Path
from typing import Final

from labels.comments import Comment
from labels.corpora.imported import Imported
from labels.corpora.tables import find_file, read_table
from labels.errors import InputError
from labels.labelled import LabelledComment, shares_of

SOURCE: Final = "cad"

_COLUMNS: Final = ("id", "text", "labels")
_CATEGORIES: Final = {
    "Neutral",
    "CounterSpeech",
    "IdentityDirectedAbuse",
    "AffiliationDirectedAbuse",
    "PersonDirectedAbuse",
}


def read(folder: Path) -> Imported:
    """Read every part of the corpus that the folder holds.

    Abuse of any kind wins over counter-speech in the same row. Affiliation (a party,
    a fandom, a profession) is abuse here but no identity.

    Raises:
        InputError: if the folder holds no table of this corpus.
    """
    imported = Imported()
    parts = [f"cad_v1_1_{part}.tsv" for part in ("train", "dev", "test")]
    for name in [*parts, "cad_v1_1.csv"]:
        path = find_file(folder, name)
        if path is not None:
            imported.files.append(path)
            _read_file(path, imported)
    if not imported.files:
        raise InputError(
            f"{folder} holds no CAD corpus; expected {parts[0]} with the columns "
            f"{', '.join(_COLUMNS)}"
        )
    return imported


def _read_file(path: Path, imported: Imported) -> None:
    is_quoted_csv = ".csv" in path.suffixes
    for _, cells in read_table(path, _COLUMNS, is_quoted_csv=is_quoted_csv):
        imported.rows_read += 1
        if cells is None:
            imported.dropped["broken row"] += 1
            continue
        text = cells["text"].replace("[linebreak]", "\n").strip()
        categories = set(cells["labels"].split(","))
        if not text:
            imported.dropped["no text"] += 1
        elif not categories <= _CATEGORIES:
            imported.dropped["unknown label"] += 1
        else:
            # "an4gkh-title" and "an4gkh-post" are two parts of one submission.
            submission = cells["id"].split("-", maxsplit=1)[0]
            imported.rows.append(
                LabelledComment(
                    Comment(cells["id"], text),
                    SOURCE,
                    _shares(categories),
                    group=f"{SOURCE}:{submission}",
                )
            )


def _shares(categories: set[str]) -> tuple[float | None, ...]:
    is_person = "PersonDirectedAbuse" in categories
    is_identity = "IdentityDirectedAbuse" in categories
    is_affiliation = "AffiliationDirectedAbuse" in categories
    return shares_of(
        abuse=float(is_person or is_identity or is_affiliation),
        insult=float(is_person),
        identity_attack=float(is_identity),
    )
