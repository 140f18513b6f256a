"""Turns a comment into the text that is scored, with a map back to what was written."""

import re
import unicodedata
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from labels.placeholders import PLACEHOLDERS
from model.characters import fold, is_disguise, is_invisible, is_latin, is_overlay
from model.emoji_words import emoji_words, flag_letter
from model.lookalikes import replace_lookalikes
from model.mapped_text import MappedText
from model.rejoin import find_written_apart
from model.respell import find_cut, find_disguised, is_in_leet, spells_in_leet
from model.spelling import Speller
from model.squeeze import find_stretched, squeeze

QUOTATION: Final = "<quote>"
"""Stands for words that the author quotes."""

_RUN: Final = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")

# The letters and signs before an @ that is no handle's: it spells a letter.
_MOST_GLUED: Final = 16
_GLUED: Final = re.compile(r"[a-zA-Z0-9@$!|+]+$")
_SPELT: Final = re.compile(r"[a-zA-Z0-9@$!|+]{1,41}")


@dataclass(slots=True)
class Normalised(MappedText):
    """A text as it is scored.

    Attributes:
        text: the folded text.
        begins: for each of its characters, where the original one begins.
        ends: likewise where it ends, exclusive, in code points.
        is_obfuscated: whether something was hidden from a plain reading.
    """

    is_obfuscated: bool = False


def normalise(
    text: str,
    quotations: Sequence[tuple[int, int]] = (),
    speller: Speller | None = None,
) -> Normalised:
    """Fold a text; quotations, names and addresses become placeholders.

    What was done to hide words from a filter is undone: the word that is meant stands
    in the place of the one that is written. A speller knows the words that digits,
    masks, swapped letters and missing blanks hide; without one they stay. The cost is
    linear in the text's length.

    >>> normalise("Ｈｉ @Ann, see http://example.org").text
    'hi <user>, see <url>'
    >>> normalise("He wrote: go away. No.", [(10, 18)]).text
    'he wrote:  <quote>  no.'
    >>> normalise("You are a d.u.n.c.e, soooo a duncе!").text
    'you are a dunce, so a dunce!'
    """
    unmixed = replace_lookalikes(text, speller.hidden if speller else ())
    in_leet = speller is not None and is_in_leet(unmixed, speller)
    folded = _fold(unmixed, quotations, speller, in_leet=in_leet)
    mapped, is_hidden = _read(folded, unmixed, speller, in_leet=in_leet)
    return Normalised(
        mapped.text,
        mapped.begins,
        mapped.ends,
        folded.is_obfuscated or is_hidden or unmixed != text,
    )


def _read(
    mapped: MappedText, original: str, speller: Speller | None, *, in_leet: bool
) -> tuple[MappedText, bool]:
    """Put what is meant in the place of what is written; tell whether any was hidden.

    Letters come together first, so that the words they make can be read.
    """
    apart = find_written_apart(mapped, original, speller)
    if apart:
        mapped = mapped.rewritten(apart)
    stretched = find_stretched(mapped.text, speller.squeezed if speller else squeeze)
    if stretched:
        mapped = mapped.rewritten(stretched)
    if speller is None:
        return mapped, bool(apart)
    cut = find_cut(mapped.text, speller)
    if cut:
        mapped = mapped.rewritten(cut)
    disguised, hides = find_disguised(mapped.text, speller, in_leet=in_leet)
    if disguised:
        mapped = mapped.rewritten(disguised)
    return mapped, bool(apart or cut or hides)


def _fold(
    text: str,
    quotations: Sequence[tuple[int, int]],
    speller: Speller | None,
    *,
    in_leet: bool,
) -> Normalised:
    out = _Builder()
    spells = partial(_spells_word, text, speller, in_leet)
    position = 0
    for begin, end in quotations:
        _add_own_words(out, text, position, begin, spells)
        out.add(f" {QUOTATION} ", begin, end)
        position = end
    _add_own_words(out, text, position, len(text), spells)
    return Normalised("".join(out.pieces), out.begins, out.ends, out.is_obfuscated)


def _add_own_words(
    out: "_Builder",
    text: str,
    begin: int,
    end: int,
    spells: Callable[[int, int], bool],
) -> None:
    for match in PLACEHOLDERS.finditer(text, begin, end):
        if spells(*match.span()):
            continue
        out.add_text(text, begin, match.start())
        out.add(f"<{match.lastgroup}>", *match.span())
        begin = match.end()
    out.add_text(text, begin, end)


def _spells_word(
    text: str, speller: Speller | None, in_leet: bool, begin: int, end: int
) -> bool:
    """Tell whether what looks like a name is a word with an @ among its letters."""
    if speller is None:
        return False
    glued = _GLUED.search(text, max(0, begin - _MOST_GLUED), begin)
    first = glued.start() if glued else begin
    if speller.spells_hidden(text[first:end].lower()):
        return True
    token = _SPELT.match(text, first) if in_leet else None
    return token is not None and spells_in_leet(token.group().lower(), speller)


class _Builder:
    """Collects the folded pieces and, beside each character, its origin."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.begins = array("L")
        self.ends = array("L")
        self.is_obfuscated = False

    def add(self, folded: str, begin: int, end: int) -> None:
        self.pieces.append(folded)
        self.begins.extend([begin] * len(folded))
        self.ends.extend([end] * len(folded))

    def add_text(self, text: str, begin: int, end: int) -> None:
        letter = ""
        for match in _RUN.finditer(text, begin, end):
            run = match.group()
            if run.isascii():
                self._add_ascii(run, *match.span())
                letter = run[-1]
            else:
                letter = self._add_run(run, match.start(), letter)
                self.is_obfuscated = self.is_obfuscated or _is_obfuscated(
                    text[max(begin, match.start() - 1) : min(end, match.end() + 1)]
                )

    def _add_ascii(self, run: str, begin: int, end: int) -> None:
        self.pieces.append(run.lower().replace("`", "'"))
        self.begins.extend(range(begin, end))
        self.ends.extend(range(begin + 1, end + 1))

    def _add_run(self, run: str, begin: int, letter: str) -> str:
        """Add characters beyond ASCII; return what the next one comes after."""
        for at, character in enumerate(run, begin):
            if unicodedata.combining(character):
                # A mark on a Latin letter is decoration; on others it is spelling.
                if not letter or not is_latin(letter):
                    self.add(character, at, at + 1)
            elif half := flag_letter(character):
                is_second = bool(letter and flag_letter(letter))
                self.add(f"{half} " if is_second else f" flag {half}", at, at + 1)
                letter = "" if is_second else character
            elif words := emoji_words(character):
                # The same one many times over says it once.
                if character != letter:
                    self.add(f" {words} ", at, at + 1)
                letter = character
            elif folded := fold(character):
                letter = character
                self.add(folded, at, at + 1)
        return letter


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
