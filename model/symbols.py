"""What n-grams are made of, as it is kept beside a model's weights."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from model.ngram_keys import Symbols


def symbols_as_json(symbols: Symbols) -> str:
    """Return the symbols as JSON, the same for the same symbols."""
    return json.dumps(asdict(symbols), ensure_ascii=False, indent=0) + "\n"


def parse_symbols(text: str) -> Symbols:
    """Return the symbols that ``symbols_as_json`` wrote.

    Raises:
        ValueError: if the text is not JSON, or a list is missing or out of order; the
            message names the list.
    """
    lists = json.loads(text)
    if not isinstance(lists, dict):
        raise ValueError("it is no object of lists")  # noqa: TRY004 - as json's own
    characters = _list(lists, "characters")
    if any(len(character) != 1 for character in characters):
        raise ValueError("characters holds more than characters")
    return Symbols(_list(lists, "tokens"), characters, _list(lists, "marks"))


def _list(lists: dict[str, Any], name: str) -> Sequence[str]:
    found = lists.get(name)
    if not isinstance(found, list) or not all(
        isinstance(one, str) and one for one in found
    ):
        raise ValueError(f"{name} is no list of words")
    if any(one >= other for one, other in itertools.pairwise(found)):
        raise ValueError(f"{name} is not in ascending order")
    return found
