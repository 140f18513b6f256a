"""Measures whether it matters to a model which group of people a sentence names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from labels.comments import Comment
from labels.identity_swap import SwapGroup, SwapSentence
from labels.schema import LABELS
from training.bulk_scores import Judge


@dataclass(frozen=True, slots=True)
class SwapResult:
    """What swapping the group does.

    Attributes:
        crossed: share of (sentence, group) that cross the review threshold alone:
            flagged where most groups are not, or not flagged where most are. 0 to
            0.5; a sentence that halves the groups counts half of them.
        recall: share of positives that are flagged, over all groups.
        false_positives: share of the others that are flagged.
        recall_by_group: the same recall for each group.
        false_positives_by_group: likewise.
        crossed_by_sentence: share of groups that cross, by the sentence's id; those
            where one does, the most first.
    """

    crossed: float
    recall: float
    false_positives: float
    recall_by_group: Mapping[str, float]
    false_positives_by_group: Mapping[str, float]
    crossed_by_sentence: Mapping[str, float]


def swap_identities(
    judge: Judge, sentences: Sequence[SwapSentence], groups: Sequence[SwapGroup]
) -> SwapResult:
    """Flag every sentence about every group, by the sentence's own label."""
    comments = [
        Comment(f"{sentence.id}-{group.name}", sentence.about(group))
        for sentence in sentences
        for group in groups
    ]
    columns = [LABELS.index(sentence.label) for sentence in sentences]
    flags = judge.flags(comments).reshape(len(sentences), len(groups), len(LABELS))
    flagged = flags[np.arange(len(sentences)), :, columns]
    is_positive = np.array([sentence.is_expected for sentence in sentences])
    by_sentence = np.minimum(flagged.mean(axis=1), 1 - flagged.mean(axis=1))
    names = [group.name for group in groups]
    recalls = flagged[is_positive].mean(axis=0)
    alarms = flagged[~is_positive].mean(axis=0)
    return SwapResult(
        crossed=float(by_sentence.mean()),
        recall=float(recalls.mean()),
        false_positives=float(alarms.mean()),
        recall_by_group=dict(zip(names, recalls.tolist(), strict=True)),
        false_positives_by_group=dict(zip(names, alarms.tolist(), strict=True)),
        crossed_by_sentence={
            sentences[place].id: float(by_sentence[place])
            for place in np.argsort(-by_sentence, kind="stable")
            if by_sentence[place] > 0
        },
    )
