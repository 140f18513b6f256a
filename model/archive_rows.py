"""An archive as rows: read one by one, scored in batches, written one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from labels.rows import CommentSource, Fault, Row
from labels.schema import LABELS
from labels.writers import RecordWriter
from model.actions import ACTIONS
from model.archive_jobs import Batch, Scored
from model.archive_records import (
    NamedModel,
    added_names,
    json_record,
    table_columns,
    table_record,
)
from model.rounding import DIGITS, rounded
from model.scorer import Score, ScoreArrays

# A batch of megabyte texts, or other fields, ends sooner, so that memory stays bounded.
_BATCH_CHARACTERS: Final = 4 * 2**20


class RowArchive:
    """Rows of any format, on their way to any other."""

    def __init__(
        self,
        comments: CommentSource,
        model: NamedModel,
        *,
        is_table: bool,
        explain: bool,
        batch_rows: int,
    ) -> None:
        self._comments = comments
        self._model = model
        self._is_table = is_table
        self._explain = explain
        self._batch_rows = batch_rows
        self.columns = table_columns(comments.columns()) if is_table else []
        self._names = added_names(self.columns)

    def batches(self, skip: int = 0) -> Iterator[Batch[list[Row]]]:
        """Yield the rows after the first ``skip``, in batches of bounded size."""
        items = islice(iter(self._comments), skip, None)
        batch = _empty()
        for item in items:
            if isinstance(item, Fault):
                batch.faults.append(item)
            else:
                batch.content.append(item)
                batch.comments.append(item.comment)
                batch.characters += sum(map(_length, item.fields.values()))
            rows = len(batch.comments) + len(batch.faults)
            if rows >= self._batch_rows or batch.characters >= _BATCH_CHARACTERS:
                yield batch
                batch = _empty()
        if batch.comments or batch.faults:
            yield batch

    def write(
        self, writer: RecordWriter, batch: Batch[list[Row]], scored: Scored
    ) -> None:
        """Write a batch with its scores."""
        for row, score in zip(batch.content, _shown(scored), strict=True):
            writer.write(
                table_record(row, score, self._model, self._names)
                if self._is_table
                else json_record(row, score, self._model, explain=self._explain)
            )


def _length(value: object) -> int:
    return len(value) if isinstance(value, str) else 1


def _empty() -> Batch[list[Row]]:
    return Batch([], [], [])


def _shown(scored: Scored) -> Sequence[Score]:
    """Return scores as an output shows them: rounded."""
    if not isinstance(scored, ScoreArrays):
        return [
            replace(
                one, scores={name: round(x, DIGITS) for name, x in one.scores.items()}
            )
            for one in scored
        ]
    return [
        Score(
            dict(zip(LABELS, values, strict=True)),
            ACTIONS[action],
            (),
            {"obfuscated": is_obfuscated},
        )
        for values, action, is_obfuscated in zip(
            rounded(scored.scores).tolist(),
            scored.actions.tolist(),
            scored.is_obfuscated.tolist(),
            strict=True,
        )
    ]
