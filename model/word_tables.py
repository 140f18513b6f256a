"""The words a model reads by: spellings, names and classes, kept beside its weights."""

import json
from collections.abc import Mapping, Sequence
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
    if not isinstance(hidden, list) or not all(_is_word(word) for word in hidden):
        raise ValueError("hidden is no list of words")
    return WordTables(
        known=_table(tables, "known", _is_count),
        hidden=hidden,
        references=_table(tables, "references", KINDS.__contains__),
        classes=_table(tables, "classes", CLASSES.__contains__),
    )


def _table(tables: Mapping[str, Any], name: str, is_valid: Any) -> dict[str, Any]:
    table = tables.get(name)
    if not isinstance(table, dict) or not all(
        _is_word(word) and is_valid(value) for word, value in table.items()
    ):
        raise ValueError(f"{name} is no table of words")
    return table


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
