"""Scores an archive of comments as it streams by, whatever its size."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from labels.comments import Comment
from labels.rows import Column, CommentSource, Fault, Row
from labels.schema import LABELS
from labels.writers import needs_columns, open_writer
from model.scorer import Score

BATCH_ROWS: Final = 512
"""How many rows are scored at once: enough for speed, few enough to report often."""

LISTED_FAULTS: Final = 50
"""How many faults a report lists in full."""

# A batch of megabyte texts ends sooner, so that memory stays bounded.
_BATCH_CHARACTERS: Final = 4 * 2**20
_DIGITS: Final = 6

_TABLE_COLUMNS: Final = (
    *(Column(label, "float64") for label in LABELS),
    Column("action"),
    Column("obfuscated", "bool"),
    Column("model_version"),
)


class CommentScorer(Protocol):
    """What an archive asks of ``model.scorer.Scorer``."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def version(self) -> str:
        """Which model it is, to the last weight and threshold."""

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        """Score comments, in order."""


@dataclass(slots=True)
class ScoredBatch:
    """Some rows in input order with their scores, and the faults met among them."""

    rows: list[Row] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """How many rows were scored and left out, and the first faults in full."""

    unit: str
    scored: int = 0
    left_out: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, batch: ScoredBatch) -> None:
        """Count in a batch that was written."""
        self.scored += len(batch.rows)
        self.left_out += len(batch.faults)
        room = LISTED_FAULTS - len(self.faults)
        self.faults += batch.faults[:room]

    def lines(self) -> list[str]:
        """Return what a person should read; nothing if no row was left out."""
        if not self.left_out:
            return []
        listed = [f"{self.unit} {one.number}: {one.reason}" for one in self.faults]
        more = self.left_out - len(self.faults)
        if more:
            listed.append(f"… and {more:,} more")
        rows = "row" if self.scored == 1 else "rows"
        return [*listed, f"scored {self.scored:,} {rows}, left out {self.left_out:,}"]


def score_archive(
    comments: CommentSource,
    scorer: CommentScorer,
    target: Path | BinaryIO,
    *,
    explain: bool = False,
    batch_rows: int = BATCH_ROWS,
    on_batch: Callable[[Report], None] = lambda _: None,
) -> Report:
    """Score every comment and write it to ``target``, in order, a batch at a time.

    Args:
        comments: what to score.
        scorer: what to score with.
        target: a path, by its ending, or a stream for JSON lines.
        explain: add evidence, which only JSON lines can hold.
        batch_rows: how many rows are scored at once.
        on_batch: is told of the report so far after each batch is written.

    Raises:
        GavelError: if the input turns out damaged or the output cannot be written;
            a path is then left as it was.
    """
    report = Report(comments.unit)
    is_table = needs_columns(target)
    columns = table_columns(comments.columns()) if is_table else []
    with open_writer(target, columns) as writer:
        for batch in score_batches(
            comments, scorer, explain=explain, batch_rows=batch_rows
        ):
            for row, score in zip(batch.rows, batch.scores, strict=True):
                writer.write(
                    table_record(row, score, scorer, columns)
                    if is_table
                    else json_record(row, score, scorer, explain=explain)
                )
            writer.flush()
            report.add(batch)
            on_batch(report)
    return report


def score_batches(
    items: Iterable[Row | Fault],
    scorer: CommentScorer,
    *,
    explain: bool = False,
    batch_rows: int = BATCH_ROWS,
) -> Iterator[ScoredBatch]:
    """Yield the rows with their scores, at most ``batch_rows`` items at a time.

    Holds one batch; a row of a million characters costs no more than its neighbours
    leave room for.
    """
    for batch in _batches(items, batch_rows):
        comments = [row.comment for row in batch.rows]
        batch.scores = scorer.score(comments, explain=explain) if comments else []
        yield batch


def _batches(items: Iterable[Row | Fault], batch_rows: int) -> Iterator[ScoredBatch]:
    batch, characters = ScoredBatch(), 0
    for item in items:
        if isinstance(item, Fault):
            batch.faults.append(item)
        else:
            batch.rows.append(item)
            characters += len(item.comment.text)
        full = len(batch.rows) + len(batch.faults) >= batch_rows
        if full or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = ScoredBatch(), 0
    if batch.rows or batch.faults:
        yield batch


def table_columns(columns: Sequence[Column]) -> list[Column]:
    """Return the input's columns and ours after them.

    One of ours whose name is taken gets the prefix ``gavel_``.
    """
    taken = {column.name for column in columns}
    ours = [Column(_free(one.name, taken), one.type) for one in _TABLE_COLUMNS]
    return [*columns, *ours]


def table_record(
    row: Row, score: Score, scorer: CommentScorer, columns: Sequence[Column]
) -> dict[str, object]:
    """Return a row of a table whose columns ``table_columns`` gave."""
    values = (
        *(_rounded(score.scores[label]) for label in LABELS),
        score.action,
        score.signals["obfuscated"],
        scorer.version,
    )
    names = (column.name for column in columns[-len(values) :])
    return {**row.fields, **dict(zip(names, values, strict=True))}


def json_record(
    row: Row, score: Score, scorer: CommentScorer, *, explain: bool = False
) -> dict[str, object]:
    """Return the object that a scored row becomes in JSON.

    It begins with the id, then what is ours, then the input's other fields. One of
    ours whose name the row has taken gets the prefix ``gavel_``.
    """
    ours: dict[str, object] = {
        "scores": {name: _rounded(value) for name, value in score.scores.items()},
        "action": score.action,
        "signals": score.signals,
        "model": {"name": scorer.name, "version": scorer.version},
    }
    if explain:
        ours |= _explained(score)
    fields = dict(row.fields)
    comment_id = fields.pop("id", None)
    has_none = comment_id is None or comment_id == ""
    record = {"id": row.comment.id if has_none else comment_id}
    record |= {_free(name, fields): value for name, value in ours.items()}
    return record | fields


def _explained(score: Score) -> dict[str, object]:
    """Return evidence and units, unrounded: weights and bias sum to the logit."""
    evidence = [
        {
            "label": one.label,
            "begin": one.begin,
            "end": one.end,
            "text": one.text,
            "weight": one.weight,
        }
        for one in score.evidence
    ]
    units = {
        label: {
            "unit": [unit.begin, unit.end],
            "bias": unit.bias,
            "logit": unit.logit,
        }
        for label, unit in score.units.items()
    }
    return {"evidence": evidence, "units": units}


def _free(name: str, taken: Mapping[str, object] | set[str]) -> str:
    while name in taken:
        name = f"gavel_{name}"
    return name


def _rounded(value: float) -> float:
    return round(float(value), _DIGITS)
