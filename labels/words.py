"""Takes a text apart into the words by which texts are compared and counted."""

from collections.abc import Sequence


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation and marks.

    >>> words_of("Don't, EVER!")
    ['don', 't', 'ever']
    """
    return "".join(
        letter if letter.isalnum() else " " for letter in text.lower()
    ).split()


def comparable(text: str, words: Sequence[str]) -> str:
    """Return what equal texts have in common; a text without words is itself."""
    return " ".join(words) or text.strip()
