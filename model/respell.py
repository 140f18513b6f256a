"""Finds the tokens of a text that are meant to be other words."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from labels.placeholders import PLACEHOLDERS
from model.mapped_text import Edit
from model.spelling import Speller

_TOKEN: Final = re.compile(r"[a-z0-9@$!*#%&|+^€£¢¡]+")
_LEET: Final = re.compile(r"[a-z0-9@$!|+€£¢¡]+")
_SIGNED: Final = re.compile(r"[A-Za-z][0-9@$!|+]|[0-9@$!|+][A-Za-z]")
_HANDLE: Final = re.compile(r"@[a-z0-9]+")
_CORE: Final = re.compile(r"[a-z0-9@$].*[a-z0-9@$]|[a-z]")

# What stands after or before a token that is part of an address or a tag, in which
# nobody writes blanks.
_DOMAIN: Final = re.compile(r"\.(?:com|org|net|co|info|gov|edu|tv|uk|us|in|pk)\b")
_BEFORE_A_TAG: Final = frozenset("#/_:")

# They spell a letter at an edge of a word, where they may adorn it as well.
_SPELLING: Final = ("!", "|", "+", "€", "£", "¡")

# A word with marks inside, hyphenated or cut.
_CUT: Final = re.compile(
    r"(?<![^\W_])[a-z]{1,12}(?:[-._]{1,4}[a-z]{1,12}){1,2}(?![^\W_])"
)

# Two words may have a digit by chance, and the text no other.
_FEWEST_IN_LEET: Final = 2

# So few letters may be all that shows of a masked word, though they are one too.
_SHORT: Final = 2


def is_in_leet(text: str, speller: Speller) -> bool:
    """Tell whether a text, as written, has several words with digits for letters.

    Or symbols. What is no certain disguise alone may be one beside them: "+here".
    """
    if not _SIGNED.search(text):
        return False
    tokens = set(_LEET.findall(PLACEHOLDERS.sub(_without_address, text).lower()))
    read = (
        hides_in_leet(token, speller)
        for token in tokens - speller.ordinary
        if not _HANDLE.fullmatch(token)
    )
    return sum(read) >= _FEWEST_IN_LEET


def _without_address(match: re.Match[str]) -> str:
    return match.group() if match.group().startswith("@") else " "


def find_disguised(
    text: str, speller: Speller, *, in_leet: bool = False
) -> tuple[list[Edit], bool]:
    """Return an edit for each token that is meant to be another word.

    Beside them whether any of them hides its meaning. A text of ordinary words costs
    one look at each. In a text in leet less certain disguises are undone too.
    """
    edits: list[Edit] = []
    hides = False
    unknown = set(_TOKEN.findall(text)) - speller.ordinary
    meanings = {
        token: (in_leet and _read(token, speller, speller.meant_in_leet))
        or meaning_of(token, speller)
        for token in unknown
    }
    if not any(meanings.values()):
        return [], False
    for match in _TOKEN.finditer(text):
        meaning = meanings.get(match.group())
        if meaning and _is_whole(text, *match.span()):
            begin, end, word = meaning
            edits += _edits(match.start() + begin, match.start() + end, word)
            first = match.start() + begin
            is_tag = " " in word and text[first - 1 : first] in _BEFORE_A_TAG
            written = match.group()[begin:end]
            hides = hides or (not is_tag and speller.hides(written, word))
    return edits, hides


def _edits(begin: int, end: int, meaning: str) -> Iterator[Edit]:
    """Yield one edit for each word, which maps to its own letters if all are left."""
    words = meaning.split(" ")
    if sum(map(len, words)) != end - begin:
        words = [meaning]
    for word in words[:-1]:
        yield begin, begin + len(word), f"{word} "
        begin += len(word)
    yield begin, end, words[-1]


def find_cut(text: str, speller: Speller) -> list[Edit]:
    """Return an edit for each hidden word with marks between its letters."""
    found = ((match, speller.meant(match.group())) for match in _CUT.finditer(text))
    return [(*match.span(), word) for match, word in found if word]


def _read(
    token: str, speller: Speller, read: Callable[[str], str | None]
) -> Edit | None:
    """Return what the digits and symbols of a token spell, those at its ends too."""
    match = _LEET.search(token)
    parts = list(_leet_parts(match.group())) if match else []
    if match is None or parts[-1] in speller.ordinary:
        # "shout!"
        return None
    meant = {word: len(part) for part in parts if (word := read(part))}
    likeliest = speller.likelier(meant)
    if likeliest is None:
        return None
    return match.start(), match.start() + meant[likeliest], likeliest


def spells_in_leet(token: str, speller: Speller) -> bool:
    """Tell whether a token is a word in a text that is in leet."""
    return any(map(speller.meant_in_leet, _leet_parts(token)))


def hides_in_leet(token: str, speller: Speller) -> bool:
    """Tell whether digits or symbols alone hide a word in a token of a text."""
    return any(map(speller.spelt, _leet_parts(token)))


def _leet_parts(token: str) -> Iterator[str]:
    """Yield a token with one ! at its end, where it may spell a letter, and none."""
    stressed = token.rstrip("!")
    if stressed != token:
        yield f"{stressed}!"
    yield stressed


def meaning_of(token: str, speller: Speller) -> Edit | None:
    """Return which part of a token means what, the widest part first.

    The token is one of a text that is not in leet.
    """
    core = _CORE.search(token)
    if core is None:
        return None
    begin, end = core.span()
    is_mixed = core.group() not in speller.ordinary and not core.group().isalpha()
    if is_mixed and (edit := _read(token, speller, speller.spelt)):
        return edit
    for first, last in _parts(token, begin, end, speller):
        if word := speller.meant(token[first:last]):
            return first, last, word
    return None


def _parts(
    token: str, begin: int, end: int, speller: Speller
) -> Iterator[tuple[int, int]]:
    """Yield where the word in a token may lie, with and without what adorns it."""
    head, core, tail = token[:begin], token[begin:end], token[end:]
    stars = len(tail) - len(tail.lstrip("*"))
    # A star after a word calls a footnote, and stars at both sides stress it.
    is_footnote = core in speller.ordinary and (len(core) > _SHORT or stars == 1)
    if stars and not head and not is_footnote:
        yield begin, end + stars
    if core in speller.ordinary:
        return
    if head.endswith(_SPELLING) and speller.spells_hidden(token[begin - 1 : end]):
        yield begin - 1, end
    if tail.startswith(_SPELLING) and speller.spells_hidden(token[begin : end + 1]):
        yield begin, end + 1
    yield begin, end


def _is_whole(text: str, begin: int, end: int) -> bool:
    """Tell whether a token is no part of a longer word or of an address."""
    before, after = text[begin - 1 : begin], text[end : end + 1]
    if (before + after).strip("'").isalnum():
        return False
    return not _DOMAIN.match(text, end)
