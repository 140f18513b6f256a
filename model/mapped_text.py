"""A text under repair, with the original place of each of its characters."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

Edit = tuple[int, int, str]
"""Where a stretch begins and ends in the text, end exclusive, and its replacement."""


@dataclass(slots=True)
class MappedText:
    """A text and, for each of its characters, where the original one lies.

    Attributes:
        text: what is left of the original so far.
        begins: for each of its characters, where the original one begins.
        ends: likewise where it ends, exclusive.
    """

    text: str = ""
    begins: "array[int]" = field(default_factory=lambda: array("L"))
    ends: "array[int]" = field(default_factory=lambda: array("L"))

    def rewritten(self, edits: Iterable[Edit]) -> "MappedText":
        """Return the text with stretches replaced, at a cost linear in its length.

        Every character of a replacement maps to all that it replaces. Edits come in
        the text's order, do not overlap, and replace one character at least.
        """
        pieces: list[str] = []
        begins, ends = array("L"), array("L")
        kept = 0
        for begin, end, replacement in edits:
            pieces += (self.text[kept:begin], replacement)
            begins += self.begins[kept:begin]
            begins.extend([self.begins[begin]] * len(replacement))
            ends += self.ends[kept:begin]
            ends.extend([self.ends[end - 1]] * len(replacement))
            kept = end
        pieces.append(self.text[kept:])
        begins += self.begins[kept:]
        ends += self.ends[kept:]
        return MappedText("".join(pieces), begins, ends)
