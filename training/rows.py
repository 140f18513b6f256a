"""The rows a model is trained and judged on, as arrays."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from labels.comments import Comment
from labels.corpora.registry import IMPORTERS, read_corpora
from labels.corpora.sources import file_hash
from labels.errors import InputError
from labels.labelled import LabelledComment
from labels.own import read_own
from labels.schema import LABELS


@dataclass(frozen=True, slots=True)
class Rows:
    """Labelled comments side by side; every field has one entry for each comment.

    Attributes:
        comments: what was posted.
        sources: the corpus of each, ``gavel`` for our own.
        shares: shape (comments, labels), in [0, 1]; NaN where unknown.
        groups: rows that share one belong on one side of every split.
        is_held_out: True for rows that no fit may see.
        manifest: where the rows came from, for the card.
    """

    comments: Sequence[Comment]
    sources: NDArray[np.str_]
    shares: NDArray[np.float64]
    groups: Sequence[str | None]
    is_held_out: NDArray[np.bool_]
    manifest: list[dict[str, object]] = field(default_factory=list)

    def take(self, places: NDArray[np.int64]) -> "Rows":
        """Return some of the rows, in the order of their places."""
        return replace(
            self,
            comments=[self.comments[place] for place in places.tolist()],
            sources=self.sources[places],
            shares=self.shares[places],
            groups=[self.groups[place] for place in places.tolist()],
            is_held_out=self.is_held_out[places],
        )

    def hashes(self) -> list[str]:
        """Return a name for each row that holds nothing of its text."""
        return [
            row_hash(source, comment.text)
            for source, comment in zip(self.sources, self.comments, strict=True)
        ]


def round_shares(shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return shares of annotators as labels: 1 from a half on, else 0; unknown is -1.

    >>> round_shares(np.array([0.5, 0.4, np.nan])).tolist()
    [1, 0, -1]
    """
    rounded = np.where(shares >= 0.5, 1, 0)  # noqa: PLR2004 - half the annotators
    return np.where(np.isnan(shares), -1, rounded)


def row_hash(source: str, text: str) -> str:
    """Return 16 hexadecimal digits that name a row of a source."""
    data = f"{source}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:16]


def gather(
    corpora: Path | None,
    own: Sequence[LabelledComment] | None = None,
    left_out: Collection[str] = (),
) -> Rows:
    """Read our own comments and, where a folder is named, every corpus in it.

    ``left_out`` names corpora that are passed over.

    Raises:
        InputError: if the folder holds no corpus, a file is not what it should be, or
            there is no corpus of a name in ``left_out``.
    """
    for name in left_out:
        if name not in IMPORTERS:
            raise InputError(
                f"there is no corpus {name!r} to leave out; there are "
                f"{', '.join(IMPORTERS)}"
            )
    labelled = list(read_own() if own is None else own)
    manifest: list[dict[str, object]] = [{"source": "gavel", "rows": len(labelled)}]
    for name, imported in (read_corpora(corpora) if corpora else {}).items():
        if name in left_out:
            continue
        labelled += imported.rows
        manifest.append(
            {
                "source": name,
                "rows": len(imported.rows),
                "rows_read": imported.rows_read,
                "dropped": dict(imported.dropped),
                "files": {path.name: file_hash(path) for path in imported.files},
            }
        )
    return as_rows(labelled, manifest)


def as_rows(
    labelled: Sequence[LabelledComment],
    manifest: list[dict[str, object]] | None = None,
) -> Rows:
    """Lay labelled comments out as arrays."""
    shares = [[np.nan if s is None else s for s in row.shares] for row in labelled]
    return Rows(
        comments=[row.comment for row in labelled],
        sources=np.array([row.source for row in labelled], dtype=np.str_),
        shares=np.array(shares, dtype=np.float64).reshape(len(labelled), len(LABELS)),
        groups=[row.group for row in labelled],
        is_held_out=np.array([row.is_held_out for row in labelled], dtype=np.bool_),
        manifest=manifest or [],
    )
