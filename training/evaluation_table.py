"""The table of honest scores that training leaves beside a model.

One row for each row that training knew: source, hash, fold, labels, and the scores of
a fit that did not see it, ours and the plain one's. It holds no text, and is not
shipped.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from labels.errors import InputError
from labels.schema import LABELS

FILE: Final = "evaluation.parquet"

_VERSION_KEY: Final = b"gavel_model_version"


@dataclass(frozen=True, slots=True)
class EvaluationTable:
    """Scores of rows by fits that did not see them; a row's entries side by side."""

    version: str
    sources: NDArray[np.str_]
    hashes: NDArray[np.str_]
    folds: NDArray[np.int64]
    labels: NDArray[np.int64]
    scores: NDArray[np.float64]
    plain: NDArray[np.float64]


def write_table(folder: Path, table: EvaluationTable) -> None:
    """Write the table into a model's folder."""
    columns: dict[str, NDArray[np.generic]] = {
        "source": table.sources,
        "row": table.hashes,
        "fold": table.folds,
    }
    for kind, values in (
        ("label", table.labels),
        ("score", table.scores),
        ("plain", table.plain),
    ):
        for column, label in enumerate(LABELS):
            columns[f"{kind}_{label}"] = values[:, column]
    written = pa.table(columns).replace_schema_metadata(
        {_VERSION_KEY: table.version.encode()}
    )
    pq.write_table(written, folder / FILE)


def read_table(folder: Path) -> EvaluationTable | None:
    """Read the table of a model; None where training left none.

    Raises:
        InputError: if the file is damaged.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        read = pq.read_table(path)
        metadata = read.schema.metadata or {}
        columns = {name: read[name].to_numpy() for name in read.column_names}
        return EvaluationTable(
            version=metadata[_VERSION_KEY].decode(),
            sources=columns["source"].astype(np.str_),
            hashes=columns["row"].astype(np.str_),
            folds=columns["fold"],
            labels=np.column_stack([columns[f"label_{label}"] for label in LABELS]),
            scores=np.column_stack([columns[f"score_{label}"] for label in LABELS]),
            plain=np.column_stack([columns[f"plain_{label}"] for label in LABELS]),
        )
    except (OSError, KeyError, pa.ArrowException) as error:
        raise InputError(
            f"{path} is damaged ({error}); train the model again"
        ) from error
