"""Prints goals, and what their figures sum up, as tables and as JSON."""

import math
from collections.abc import Mapping
from typing import Any, Final

from labels.text_tables import lay_out
from training.goals import GOALS, NOT_MEASURED, PASS, STATED, Goal

_SHOWN: Final = 10


def goals_table(figures: Mapping[str, float]) -> str:
    """Return one line for each goal, under a header, and how many are met."""
    rows = [("figure", "target", "verdict", "value")]
    rows += [
        (goal.name, goal.target(), goal.verdict(value), _shown(goal, value))
        for goal, value in ((goal, figures.get(goal.key)) for goal in GOALS)
    ]
    verdicts = [row[2] for row in rows[1:]]
    held = [one for one in verdicts if one not in {STATED, NOT_MEASURED}]
    summary = (
        f"{held.count(PASS)} of {len(held)} bounds kept; {verdicts.count(STATED)} "
        f"figures stated, {verdicts.count(NOT_MEASURED)} not measured"
    )
    return f"{lay_out(rows, words=3)}\n{summary}"


def details_table(details: Mapping[str, Any]) -> str:
    """Return what stands behind the figures, as far as it is a few lines long."""
    sections = [
        _left_out(details.get("left_out", [])),
        _swap(details.get("identity_swap", {})),
        _madlibs(details.get("bias_madlibs", {})),
        _alarms(details.get("alarms", {})),
    ]
    return "\n\n".join(section for section in sections if section)


def goals_as_json(
    version: str, figures: Mapping[str, float], details: Mapping[str, Any]
) -> dict[str, Any]:
    """Return goals and details as JSON has them; what was not measured is null."""
    goals = []
    for goal in GOALS:
        value = figures.get(goal.key)
        goals.append(
            {
                "key": goal.key,
                "name": goal.name,
                "value": _finite(value),
                "target": goal.target(),
                "verdict": goal.verdict(value),
            }
        )
    return {"version": version, "goals": goals, "details": _finite(details)}


def _finite(value: Any) -> Any:
    """Return the same with None for NaN, which JSON lacks."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return value


def _shown(goal: Goal, value: float | None) -> str:
    return "-" if goal.verdict(value) == NOT_MEASURED else f"{value:{goal.form}}"


def _left_out(groups: list[dict[str, Any]]) -> str:
    if not groups:
        return ""
    rows = [
        (
            "group left out",
            "label",
            "n",
            "positive",
            "AUC",
            "plain",
            "difference [95 %]",
        )
    ]
    rows += [
        (
            one["group"],
            one["label"],
            f"{one['n']:,}",
            f"{one['positives']:,}",
            f"{one['roc_auc']:.3f}",
            f"{one['plain_roc_auc']:.3f}",
            "{difference:+.3f} [{low:+.3f} {high:+.3f}]".format(**one["difference"]),
        )
        for one in groups
    ]
    return lay_out(rows, words=2)


def _swap(swap: Mapping[str, Any]) -> str:
    if not swap:
        return ""
    crossed = list(swap["crossed_by_sentence"].items())[:_SHOWN]
    recalls = swap["recall_by_group"]
    alarms = swap["false_positives_by_group"]
    rows = [("group", "recall", "false positives")]
    rows += [
        (group, f"{recalls[group]:.0%}", f"{alarms[group]:.0%}")
        for group in sorted(recalls, key=recalls.__getitem__)
    ]
    worst = ", ".join(f"{name} {share:.0%}" for name, share in crossed) or "none"
    return f"{lay_out(rows)}\nsentences that the group decides most: {worst}"


def _madlibs(madlibs: Mapping[str, Any]) -> str:
    if not madlibs:
        return ""
    figures = ("subgroup", "bpsn", "bnsp")
    terms = sorted(madlibs["terms"], key=lambda one: min(one[name] for name in figures))
    rows = [("identity term", *figures)]
    rows += [
        (one["term"], *(f"{one[name]:.3f}" for name in figures))
        for one in terms[:_SHOWN]
    ]
    return lay_out(rows)


def _alarms(alarms: Mapping[str, Any]) -> str:
    if not alarms:
        return ""
    rows = [("corpus", "extremist_praise alarms")]
    rows += [(name, f"{count:,}") for name, count in alarms["by_source"].items()]
    recall = alarms["recall_of_our_own_praise"]
    return f"{lay_out(rows)}\nrecall of our own unseen praise: {recall:.1%}"
