"""The words a model reads by: spellings, names and classes, kept beside its weights."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from labels.gazetteer import KINDS
from labels.lexicon import CLASSES


@dataclass(frozen=True, slots=True)
class WordTables:
    """What reading a comment depends on; a change to any of it changes scores.

    Attributes:
        known: words, each with the number of training comments that hold it.
        hidden: words that people hide from filters.
        references: terms of the gazetteer, each with its kind.
        classes: terms of the lexicon, each with its class.
    """

    known: Mapping[str, int]
    hidden: Sequence[str]
    references: Mapping[str, str]
    classes: Mapping[str, str]

    def as_json(self) -> str:
        """Return the tables as JSON, the same for the same tables."""
        tables = {
            "known": dict(sorted(self.known.items())),
            "hidden": sorted(self.hidden),
            "references": dict(self.references),
            "classes": dict(self.classes),
        }
        return json.dumps(tables, ensure_ascii=False, indent=0) + "\n"


def parse_tables(text: str) -> WordTables:
    """Return the tables that ``WordTables.as_json`` wrote.

    Raises:
        ValueError: if the text is not JSON, or a table is missing or holds what it
            should not; the message names the table.
    """
    tables = json.loads(text)
    if not isinstance(tables, dict):
        raise ValueError("it is no object of tables")  # noqa: TRY004 - as json's own
    hidden = tables.get("hidden")
    if not isinstance(hidden, list) or not _are_words(hidden):
        raise ValueError("hidden is no list of words")
    return WordTables(
        known=_table(tables, "known", _are_counts),
        hidden=hidden,
        references=_table(tables, "references", _are_in(KINDS)),
        classes=_table(tables, "classes", _are_in(CLASSES)),
    )


# Whole tables are looked at at once: one word after the other takes a tenth of a
# second, at every start.


def _table(
    tables: Mapping[str, Any],
    name: str,
    are_valid: Callable[[Collection[Any]], bool],
) -> dict[str, Any]:
    table = tables.get(name)
    if not isinstance(table, dict) or not (
        _are_words(table) and are_valid(table.values())
    ):
        raise ValueError(f"{name} is no table of words")
    return table


def _are_words(values: Collection[Any]) -> bool:
    return set(map(type, values)) <= {str} and "" not in values


def _are_counts(values: Collection[Any]) -> bool:
    return set(map(type, values)) <= {int} and min(values, default=1) > 0


def _are_in(names: Collection[str]) -> Callable[[Collection[Any]], bool]:
    def are_valid(values: Collection[Any]) -> bool:
        return set(map(type, values)) <= {str} and set(values) <= set(names)

    return are_valid
