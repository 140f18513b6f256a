"""Makes of a comment that was kept what a report shows of it, with its evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from labels.schema import LABELS
from model.actions import ACTION_LABELS, ACTIONS
from model.evidence import Evidence, Unit
from model.rounding import DIGITS
from model.scorer import Scorer
from training.moderation.archive import Archive
from training.moderation.worst import Kept
from training.report.masking import Masker

# Controls, halves of characters, and what turns the direction of the page's own words.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# What fits a card on a page, and what leads up to the words that decided.
_MOST_SHOWN: Final = 600
_BEFORE: Final = 150
_LONGEST: Final = 200
# Evidence takes seconds for longer texts.
_MOST_EXPLAINED: Final = 20_480
_SHOWN_SHARE: Final = 0.1
_MOST_SPANS: Final = 40
# Scores in files have six digits; those of other machines may differ in the last.
_SAME: Final = 0.0005


class Texts(Enum):
    """How texts of comments are shown."""

    MASKED = "masked"
    PLAIN = "plain"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Showing:
    """What is shown of a comment, and who explains it.

    Attributes:
        scorer: explains the comments that its version scored.
        masker: masks words of abuse.
        texts: whether texts are shown, and how.
        with_authors: show who wrote it.
    """

    scorer: Scorer
    masker: Masker
    texts: Texts
    with_authors: bool

    def record(
        self, archive: Archive, kept: Kept, label: str | None = None
    ) -> dict[str, Any]:
        """Return a comment for JSON and page.

        Args:
            archive: where it comes from.
            kept: the comment.
            label: which label to explain; by default the highest that crossed.
        """
        placed, comment = kept.placed, kept.placed.row.comment
        chosen = label or _decisive(kept)
        shown = {
            "file": archive.paths[placed.part].name,
            "unit": archive.units[placed.part],
            "number": placed.row.number,
            "id": shortened(comment.id),
            "author": shortened(placed.author) if self.with_authors else None,
            "time": shortened(placed.time),
            "thread": shortened(placed.thread),
            "action": ACTIONS[kept.action],
            "reasons": None if kept.reasons is None else list(kept.reasons),
            "scores": dict(zip(LABELS, kept.scores, strict=True)),
            "copies": kept.copies,
            "model_version": kept.version,
            "label": chosen,
        }
        return shown | self._texts(kept, chosen)

    def _texts(self, kept: Kept, label: str) -> dict[str, Any]:
        text = kept.placed.row.comment.text
        if self.texts is Texts.LEFT_OUT:
            return _told(gap="texts are left out")
        if not text.strip():
            return _told(gap="the text is blank")
        if kept.version != self.scorer.version:
            begin, end = _window(text, 0)
            return self._excerpt(text, begin, end) | {
                "evidence": [],
                "gap": "another model scored it than the one at hand",
                "text_alone": None,
            }
        if len(text) > _MOST_EXPLAINED:
            begin, end = _window(text, 0)
            return self._excerpt(text, begin, end) | {
                "evidence": [],
                "gap": f"its {len(text):,} characters are too many to explain",
                "text_alone": None,
            }
        return self._explained(kept, label)

    def _explained(self, kept: Kept, label: str) -> dict[str, Any]:
        comment = kept.placed.row.comment
        (score,) = self.scorer.score([comment], explain=True)
        evidence = [one for one in score.evidence if one.label == label]
        unit = score.units[label]
        begin, end = _window(comment.text, _first(evidence, unit))
        shown = self._excerpt(comment.text, begin, end)
        stated = kept.scores[LABELS.index(label)]
        alone = round(score.scores[label], DIGITS)
        return shown | {
            "evidence": [
                {
                    "begin": one.begin,
                    "end": one.end,
                    "text": shown["text"][one.begin - begin : one.end - begin],
                    "weight": round(one.weight, 3),
                }
                for one in _strongest(evidence, begin, end)
            ],
            "gap": None,
            "text_alone": alone if abs(alone - stated) > _SAME else None,
        }

    def _excerpt(self, text: str, begin: int, end: int) -> dict[str, Any]:
        shown = text[begin:end]
        if self.texts is Texts.MASKED:
            shown = self.masker.mask(shown)
        return {
            "text": _printable(shown),
            "begin": begin,
            "end": end,
            "characters": len(text),
        }


def pieces(record: dict[str, Any]) -> list[tuple[str, float]]:
    """Return a record's text in pieces, each with the weight it moved the score by.

    >>> pieces({"text": "go away", "begin": 4, "evidence": [
    ...     {"begin": 7, "end": 11, "weight": 0.5}]})
    [('go ', 0.0), ('away', 0.5)]
    """
    text, begin = record["text"], record["begin"]
    found, place = [], 0
    for one in sorted(record["evidence"], key=lambda one: one["begin"]):
        first, last = one["begin"] - begin, one["end"] - begin
        if first < place:
            continue
        if first > place:
            found.append((text[place:first], 0.0))
        found.append((text[first:last], one["weight"]))
        place = last
    if place < len(text):
        found.append((text[place:], 0.0))
    return found


def shortened(name: str | None) -> str | None:
    """Return a name that fits a table; a column may hold anything.

    >>> len(shortened("a" * 10_000) or "")
    200
    """
    if name is None:
        return None
    clean = _printable(name)
    return clean if len(clean) <= _LONGEST else f"{clean[: _LONGEST - 1]}…"


def _decisive(kept: Kept) -> str:
    """Return the label with the highest score among those that ask for action."""
    candidates = kept.reasons or ACTION_LABELS
    return max(candidates, key=lambda label: kept.scores[LABELS.index(label)])


def _told(gap: str) -> dict[str, Any]:
    return {
        "text": None,
        "begin": None,
        "end": None,
        "characters": None,
        "evidence": [],
        "gap": gap,
        "text_alone": None,
    }


def _first(evidence: Sequence[Evidence], unit: Unit) -> int:
    """Return where the words that decided begin: their sentence, or the strongest."""
    if unit.begin:
        return unit.begin
    strongest = max(evidence, key=lambda one: one.weight, default=None)
    return strongest.begin if strongest else 0


def _window(text: str, decisive: int) -> tuple[int, int]:
    """Return which stretch of a long text is shown; it cuts no word."""
    if len(text) <= _MOST_SHOWN:
        return 0, len(text)
    begin = max(0, min(decisive - _BEFORE, len(text) - _MOST_SHOWN))
    end = begin + _MOST_SHOWN
    blank = text.find(" ", begin, begin + _BEFORE) if begin else -1
    last = text.rfind(" ", end - _BEFORE, end) if end < len(text) else -1
    return blank + 1 if blank >= 0 else begin, last if last >= 0 else end


def _strongest(evidence: Sequence[Evidence], begin: int, end: int) -> list[Evidence]:
    """Return what moved the score most, in the order of the text."""
    inside = [one for one in evidence if begin <= one.begin and one.end <= end]
    least = max((abs(one.weight) for one in inside), default=0) * _SHOWN_SHARE
    ranked = sorted(inside, key=lambda one: (-abs(one.weight), one.begin))
    kept = [one for one in ranked[:_MOST_SPANS] if abs(one.weight) >= least]
    return sorted(kept, key=lambda one: one.begin)


def _printable(text: str) -> str:
    """Return a text of the same length without what a page must not hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
