"""The record that a scored row becomes, in a table or in JSON lines."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from labels.rows import Column, Row
from labels.schema import LABELS
from model.scorer import Score

_TABLE_COLUMNS: Final = (
    *(Column(label, "float64") for label in LABELS),
    Column("action"),
    Column("obfuscated", "bool"),
    Column("model_version"),
)


class NamedModel(Protocol):
    """What a record says of the model."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def version(self) -> str:
        """Which model it is, to the last weight and threshold."""


def table_columns(columns: Sequence[Column]) -> list[Column]:
    """Return the input's columns and ours after them.

    One of ours whose name is taken gets the prefix ``gavel_``.
    """
    taken = {column.name for column in columns}
    ours = [Column(_free(one.name, taken), one.type) for one in _TABLE_COLUMNS]
    return [*columns, *ours]


def added_names(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the names of those that ``table_columns`` added."""
    return tuple(column.name for column in columns[-len(_TABLE_COLUMNS) :])


def table_record(
    row: Row, score: Score, model: NamedModel, names: Sequence[str]
) -> dict[str, object]:
    """Return a row of a table in which our columns have these names."""
    values = (
        *score.scores.values(),
        score.action,
        score.signals["obfuscated"],
        model.version,
    )
    return {**row.fields, **dict(zip(names, values, strict=True))}


def json_record(
    row: Row, score: Score, model: NamedModel, *, explain: bool = False
) -> dict[str, object]:
    """Return the object that a scored row becomes in JSON.

    It begins with the id, then what is ours, then the input's other fields. One of
    ours whose name the row has taken gets the prefix ``gavel_``.
    """
    ours: dict[str, object] = {
        "scores": score.scores,
        "action": score.action,
        "signals": score.signals,
        "model": {"name": model.name, "version": model.version},
    }
    if explain:
        ours |= _explained(score)
    fields = dict(row.fields)
    comment_id = fields.pop("id", None)
    has_none = comment_id is None or comment_id == ""
    record = {"id": row.comment.id if has_none else comment_id}
    if not fields.keys().isdisjoint(ours):
        ours = {_free(name, fields): value for name, value in ours.items()}
    return record | ours | fields


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
