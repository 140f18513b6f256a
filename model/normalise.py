"""Turns a comment into the text that is scored, with a map back to what was written."""

import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from labels.placeholders import PLACEHOLDERS
from model.characters import fold, is_disguise, is_invisible, is_latin, is_overlay

QUOTATION: Final = "<quote>"
"""Stands for words that the author quotes."""


@dataclass(slots=True)
class Normalised:
    """A text as it is scored.

    Attributes:
        text: the folded text.
        begins: for each of its characters, where the original one begins.
        ends: likewise where it ends, exclusive, in code points.
        is_obfuscated: whether something was hidden from a plain reading.
    """

    text: str = ""
    begins: "array[int]" = field(default_factory=lambda: array("L"))
    ends: "array[int]" = field(default_factory=lambda: array("L"))
    is_obfuscated: bool = False


def normalise(text: str, quotations: Sequence[tuple[int, int]] = ()) -> Normalised:
    """Fold a text; quotations, names and addresses become placeholders.

    The cost is linear in the text's length.

    >>> normalise("Ｈｉ @Ann, see http://example.org").text
    'hi <user>, see <url>'
    >>> normalise("He wrote: go away. No.", [(10, 18)]).text
    'he wrote:  <quote>  no.'
    """
    out = _Builder()
    position = 0
    for begin, end in quotations:
        _add_own_words(out, text, position, begin)
        out.add_placeholder(f" {QUOTATION} ", begin, end)
        position = end
    _add_own_words(out, text, position, len(text))
    return Normalised("".join(out.pieces), out.begins, out.ends, out.is_obfuscated)


def _add_own_words(out: "_Builder", text: str, begin: int, end: int) -> None:
    for match in PLACEHOLDERS.finditer(text, begin, end):
        out.add_text(text, begin, match.start())
        out.add_placeholder(f"<{match.lastgroup}>", *match.span())
        begin = match.end()
    out.add_text(text, begin, end)


class _Builder:
    """Collects the folded pieces and, beside each character, its origin."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.begins = array("L")
        self.ends = array("L")
        self.is_obfuscated = False

    def add_placeholder(self, placeholder: str, begin: int, end: int) -> None:
        self.pieces.append(placeholder)
        self.begins.extend([begin] * len(placeholder))
        self.ends.extend([end] * len(placeholder))

    def add_text(self, text: str, begin: int, end: int) -> None:
        piece = text[begin:end]
        if piece.isascii():
            self.pieces.append(piece.lower().replace("`", "'"))
            self.begins.extend(range(begin, end))
            self.ends.extend(range(begin + 1, end + 1))
            return
        for offset, folded in _fold_all(piece):
            self.pieces.append(folded)
            self.begins.extend([begin + offset] * len(folded))
            self.ends.extend([begin + offset + 1] * len(folded))
        self.is_obfuscated = self.is_obfuscated or _is_obfuscated(piece)


def _fold_all(piece: str) -> Iterator[tuple[int, str]]:
    letter = ""
    for offset, character in enumerate(piece):
        if unicodedata.combining(character):
            # A mark on a Latin letter is decoration; on others it is spelling.
            if not letter or not is_latin(letter):
                yield offset, character
        elif folded := fold(character):
            letter = character
            yield offset, folded


def _is_obfuscated(piece: str) -> bool:
    """Tell whether letters are disguised, struck through or split by nothing."""
    for before, character, after in zip(
        f" {piece}", piece, f"{piece[1:]} ", strict=False
    ):
        if is_disguise(character) and (is_latin(before) or is_latin(after)):
            return True
        if is_invisible(character) and is_latin(before) and is_latin(after):
            return True
        if (
            unicodedata.combining(character)
            and is_latin(before)
            and is_overlay(before, character)
        ):
            return True
    return False
