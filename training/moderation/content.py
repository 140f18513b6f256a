"""Gathers what a report says, as plain dictionaries and lists: the same for JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final

from labels.schema import LABELS
from model.actions import ACTION_LABELS, ACTIONS
from model.artefact import Artefact
from training.moderation.archive import Archive
from training.moderation.groups import Group, GroupCounts
from training.moderation.model_facts import model_facts, source_facts
from training.moderation.periods import periods, shown_period
from training.moderation.shares import FEWEST, interval
from training.moderation.shown_comments import Showing, Texts, shortened
from training.moderation.tally import (
    BINS,
    PERIOD_COLUMNS,
    UNCERTAIN,
    Tally,
    Wanted,
)

SCHEMA: Final = 1
"""Goes up when a name in the JSON changes what it means or goes."""

_MICRO: Final = 10**6

ABOVE: Final = "above the rest"
BELOW: Final = "below the rest"
ALIKE: Final = "not told apart"
TOO_FEW: Final = "too few to judge"
ALONE: Final = "no others to compare with"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person who asked for the report chose.

    Attributes:
        wanted: what to count and keep.
        top: how many authors and threads to list.
        texts: how texts are shown.
        command: what makes the same report again.
    """

    wanted: Wanted
    top: int
    texts: Texts
    command: str


def content(
    name: str,
    archive: Archive,
    tally: Tally,
    *,
    artefact: Artefact,
    showing: Showing,
    choices: Choices,
) -> dict[str, Any]:
    """Return everything that a report says but for when it was made.

    The same input, model and choices give the same, in the same order.
    """
    with_authors = choices.wanted.with_authors
    return {
        "schema": SCHEMA,
        "gavel": version("gavel"),
        "input": _input(name, archive, tally),
        "choices": {
            "texts": choices.texts.value,
            "authors": with_authors,
            "worst": choices.wanted.worst,
            "top": choices.top,
            "command": choices.command,
        },
        "model": model_facts(artefact),
        "scored_by": source_facts(tally, artefact),
        "thresholds_known": tally.thresholds_known,
        "actions": {
            action: _of(count, tally.comments)
            for action, count in zip(ACTIONS, tally.actions.tolist(), strict=True)
        },
        "uncertain": {
            "above": UNCERTAIN[0],
            "below": UNCERTAIN[1],
            **_of(tally.uncertain, tally.comments),
        },
        "obfuscated": _of(tally.obfuscated, tally.obfuscated_known),
        "labels": _labels(tally),
        "times": _times(tally),
        "authors": _groups(tally.authors, choices.top, tally)
        if with_authors
        else {"why_none": "left out, as was asked for"},
        "threads": _groups(tally.threads, choices.top, tally),
        **_worst(archive, tally, showing, choices.wanted),
    }


def _of(count: int, total: int) -> dict[str, Any]:
    return {
        "comments": count,
        "of": total,
        "share": count / total if total else None,
    }


def _input(name: str, archive: Archive, tally: Tally) -> dict[str, Any]:
    return {
        "name": name,
        "files": len(archive.paths),
        "failed_files": archive.failures,
        "comments": tally.comments,
        "left_out": tally.left_out,
        "first_faults": [
            {
                "file": archive.paths[one.part].name,
                "unit": one.unit,
                "number": one.number,
                "reason": one.reason,
            }
            for one in tally.faults
        ],
        "has_labels_that_are_no_scores": archive.is_labelled,
    }


def _labels(tally: Tally) -> dict[str, Any]:
    sums, total = tally.labels, tally.comments
    return {
        label: {
            "to_review_or_hold": int(sums.to_review[at]),
            "to_hold": int(sums.to_hold[at]),
            "of": tally.thresholds_known,
            "likely": int(sums.likely[at]),
            "uncertain": int(sums.uncertain[at]),
            "mean_score": int(sums.micro[at]) / _MICRO / total if total else None,
            f"scores_in_{BINS}_bins": sums.bins[at].tolist(),
        }
        for at, label in enumerate(LABELS)
    }


def _times(tally: Tally) -> dict[str, Any]:
    unit, by_period = periods(tally.by_day)
    unread = {one.name.lower(): tally.unread[one] for one in tally.unread}
    told = {
        "read": sum(int(counts[0]) for counts in tally.by_day.values()),
        "without": tally.without_time,
        "unread": dict(sorted(unread.items())),
    }
    if not by_period:
        with_time = tally.comments - tally.without_time
        why = "none of the times could be read" if with_time else "no times in it"
        return {**told, "why_none": why}
    return {
        **told,
        "why_none": None,
        "unit": unit,
        "first": min(tally.by_day).isoformat(),
        "last": max(tally.by_day).isoformat(),
        "periods": [
            {
                "period": shown_period(begin, unit),
                "begin": begin.isoformat(),
                **_period(counts.tolist()),
            }
            for begin, counts in by_period.items()
        ],
    }


def _period(counts: Sequence[int]) -> dict[str, Any]:
    named = dict(zip(PERIOD_COLUMNS, counts, strict=True))
    asked, total = named["review"] + named["hold"], named["comments"]
    low, high = interval(asked, total) if total else (None, None)
    return {
        "comments": total,
        "review": named["review"],
        "hold": named["hold"],
        "share": asked / total if total else None,
        "low": low,
        "high": high,
        "is_too_few": total < FEWEST,
        "labels_of": named["thresholds_known"],
        "labels": {label: named[label] for label in LABELS},
    }


def _groups(counts: GroupCounts, top: int, tally: Tally) -> dict[str, Any]:
    if not counts.named:
        return {"why_none": "no comment names one"}
    names, asking = counts.sizes()
    asked = int(tally.actions[1:].sum())
    return {
        "why_none": None,
        "names": names,
        "asking": asking,
        "unnamed": counts.unnamed,
        "top": [
            _group(one, asked, tally.comments, looks=names) for one in counts.top(top)
        ],
    }


def _group(group: Group, asked: int, total: int, *, looks: int) -> dict[str, Any]:
    low, high = interval(group.asked, group.total)
    return {
        "name": shortened(group.name),
        "comments": group.total,
        "review": group.review,
        "hold": group.hold,
        "share": group.asked / group.total,
        "low": low,
        "high": high,
        "verdict": _verdict(
            group, asked - group.asked, total - group.total, looks=looks
        ),
    }


def _verdict(group: Group, rest_asked: int, rest: int, *, looks: int) -> str:
    """Compare a group with all other comments, being one of so many groups."""
    if group.total < FEWEST:
        return TOO_FEW
    if rest < FEWEST:
        return ALONE
    low, high = interval(group.asked, group.total, looks=looks)
    rest_low, rest_high = interval(rest_asked, rest, looks=looks)
    if low > rest_high:
        return ABOVE
    return BELOW if high < rest_low else ALIKE


def _worst(
    archive: Archive, tally: Tally, showing: Showing, wanted: Wanted
) -> dict[str, Any]:
    worst = tally.worst.ordered()
    positions = {one.position for one in worst}
    by_label = {}
    for label in ACTION_LABELS:
        others = [
            one
            for one in tally.worst_of[label].ordered()
            if one.position not in positions
        ]
        by_label[label] = [
            showing.record(archive, one, label)
            for one in others[: wanted.worst_of_label]
        ]
    return {
        "worst": [showing.record(archive, one) for one in worst],
        "worst_of_labels": by_label,
    }
