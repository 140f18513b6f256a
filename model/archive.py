"""Scores an archive of comments as it streams by, whatever its size."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from labels.comments import Comment
from labels.rows import Column, Fault, Row
from labels.schema import LABELS
from model.scorer import Score

BATCH_ROWS: Final = 512
"""How many rows are scored at once: enough for speed, few enough to report often."""

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
    evidence = [
        {
            "label": one.label,
            "begin": one.begin,
            "end": one.end,
            "text": one.text,
            "weight": _rounded(one.weight),
        }
        for one in score.evidence
    ]
    units = {
        label: {
            "unit": [unit.begin, unit.end],
            "bias": _rounded(unit.bias),
            "logit": _rounded(unit.logit),
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
