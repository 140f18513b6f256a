"""A labelled comment: what the annotators of one source said of one comment."""

from dataclasses import dataclass
from typing import Final

from labels.comments import Comment
from labels.schema import LABELS

UNKNOWN: Final[tuple[float | None, ...]] = (None,) * len(LABELS)


@dataclass(frozen=True, slots=True)
class LabelledComment:
    """A comment with the share of annotators who gave each label.

    Attributes:
        comment: what was posted.
        source: the corpus, or ``gavel`` for our own comments.
        shares: one for each of ``LABELS``, in [0, 1]; None where nobody said. A
            single annotator gives 0.0 or 1.0.
        group: rows that share it (a thread, a contrast pair) belong on one side
            of every split; None for a row that stands alone.
        is_held_out: never trained on, whatever the fold.
    """

    comment: Comment
    source: str
    shares: tuple[float | None, ...] = UNKNOWN
    group: str | None = None
    is_held_out: bool = False


def shares_of(**shares: float | None) -> tuple[float | None, ...]:
    """Return shares in the order of ``LABELS``; a label that is not named is None.

    >>> shares_of(abuse=1.0, insult=0.0)
    (1.0, None, 0.0, None, None, None, None)
    """
    return tuple(shares.get(label) for label in LABELS)
