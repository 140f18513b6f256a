"""Gives every row of an archive its scores: those it has, or the model's."""

from collections.abc import Iterator, Sequence

import numpy as np

from labels.comments import Comment
from labels.schema import LABELS
from model.archive_jobs import Scored, Scoring
from model.artefact import Artefact
from model.rounding import rounded
from model.scorer import Score, ScoreArrays, Scorer
from training.moderation.archive import Archive, Chunk, PlacedFault
from training.moderation.tally import Judged, Source


class LateScorer:
    """A scorer that is made ready at the first comment: a scored file needs none.

    Args:
        artefact: what it scores with.
    """

    def __init__(self, artefact: Artefact) -> None:
        self._artefact = artefact
        self._ready: Scorer | None = None
        self.name = artefact.name
        self.version = artefact.version

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        """Score comments, in order."""
        return self._scorer().score(comments, explain=explain)

    def score_arrays(self, comments: Sequence[Comment | str]) -> ScoreArrays:
        """Return the same scores as arrays."""
        return self._scorer().score_arrays(comments)

    def _scorer(self) -> Scorer:
        if self._ready is None:
            self._ready = Scorer(self._artefact)
        return self._ready


def judged_batches(
    archive: Archive, scoring: Scoring
) -> Iterator[tuple[Judged, list[PlacedFault]]]:
    """Yield rows with scores, and the faults among them, a batch at a time.

    Scores are rounded as files hold them, so that a file counts the same before and
    after it is scored.

    Raises:
        GavelError: if the archive cannot be read to its end, or a process that scores
            ends.
    """
    now = Source(scoring.name, scoring.version, is_now=True)
    for batch, scored in scoring.in_order(archive.batches()):
        yield _judged(batch.content, scored, now), batch.content.faults


def _judged(chunk: Chunk, scored: Scored, now: Source) -> Judged:
    count = len(chunk.rows)
    judged = Judged(
        chunk.rows,
        np.zeros((count, len(LABELS))),
        np.zeros(count, np.int8),
        [None] * count,
        [now] * count,
    )
    fresh = []
    for place, row in enumerate(chunk.rows):
        stated = row.stated
        if stated is None:
            fresh.append(place)
            continue
        judged.scores[place] = stated.scores
        judged.actions[place] = stated.action
        judged.is_obfuscated[place] = stated.is_obfuscated
        # A version is a hash: what has it is this model, if it says so or not.
        name = now.name if stated.version == now.version else stated.name
        judged.sources[place] = Source(name, stated.version, is_now=False)
    if isinstance(scored, ScoreArrays):
        judged.scores[fresh] = rounded(scored.scores)
        judged.actions[fresh] = scored.actions
        for place, hidden in zip(fresh, scored.is_obfuscated.tolist(), strict=True):
            judged.is_obfuscated[place] = hidden
    # Files may hold more digits than ours.
    judged.scores = rounded(judged.scores)
    return judged
