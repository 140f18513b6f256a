"""How a comment's text stands in a report: masked or as it is, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from model.evidence import Evidence
from training.report.masking import Masker

_MOST: Final = 300
_SHOWN_SHARE: Final = 0.2
_CUT: Final = " …"

Piece = tuple[str, float]
"""A stretch of text and its weight in logits; 0.0 for words that hardly moved it."""


@dataclass(frozen=True, slots=True)
class TextPolicy:
    """What a report shows of texts.

    Attributes:
        is_shown: False leaves every text out.
        masker: hides words of abuse; None shows them.
    """

    is_shown: bool = True
    masker: Masker | None = None

    def text(self, text: str) -> str | None:
        """Return a text as the report may show it, cut if it is long."""
        if not self.is_shown:
            return None
        shown = self.masker.mask(text) if self.masker else text
        shown = _printable(shown)
        return shown if len(shown) <= _MOST else shown[:_MOST] + _CUT

    def pieces(
        self, text: str, evidence: Sequence[Evidence], label: str
    ) -> list[Piece] | None:
        """Return a text cut into stretches, with what moved a label's score.

        Evidence below a fifth of the strongest is not marked.
        """
        shown = self.text(text)
        if shown is None:
            return None
        end_of_text = min(len(text), _MOST)
        moved = [one for one in evidence if one.label == label]
        least = _SHOWN_SHARE * max((abs(one.weight) for one in moved), default=0.0)
        pieces: list[Piece] = []
        position = 0
        for one in sorted(moved, key=lambda one: one.begin):
            if abs(one.weight) < least or one.begin < position:
                continue
            if one.end > end_of_text:
                break
            if one.begin > position:
                pieces.append((shown[position : one.begin], 0.0))
            pieces.append((shown[one.begin : one.end], one.weight))
            position = one.end
        pieces.append((shown[position:], 0.0))
        return [piece for piece in pieces if piece[0]]


def _printable(text: str) -> str:
    """Return text with a mark for what a page would obey and nobody would see."""
    return "".join(
        letter
        if letter.isprintable() or letter in "\n\t"
        else "\N{REPLACEMENT CHARACTER}"
        for letter in text
    )
