"""Finds the sentences of a comment, and counts as Perspective's clients do."""

from collections.abc import Sequence

from model.units import find_sentences


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return where each sentence begins and ends, in code points, without its blanks.

    A text of one sentence is one span, as is one of nothing but blanks.

    >>> sentence_spans("this is the first one. and here is another")
    [(0, 22), (23, 42)]
    """
    spans = [_without_blanks(text, *span) for span in find_sentences(text)]
    return [(begin, end) for begin, end in spans if begin < end] or [(0, len(text))]


def utf16_spans(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ascending spans of code points as spans of UTF-16 code units.

    Java and JavaScript count so: what is beyond the first 65,536 characters, such as
    an emoji, is two.

    >>> utf16_spans("🙂 ok", [(0, 1), (2, 4)])
    [(0, 2), (3, 5)]
    """
    if text.isascii():
        return list(spans)
    counted = []
    at = units = 0
    for span in spans:
        bounds = []
        for bound in span:
            units += _utf16_length(text[at:bound])
            at = bound
            bounds.append(units)
        counted.append((bounds[0], bounds[1]))
    return counted


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _without_blanks(text: str, begin: int, end: int) -> tuple[int, int]:
    part = text[begin:end]
    return begin + len(part) - len(part.lstrip()), begin + len(part.rstrip())
