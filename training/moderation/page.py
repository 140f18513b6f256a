"""Lays out what a report says as a page: tables, plots and the words between them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from labels.schema import LABELS
from model.actions import ACTION_LABELS
from training.moderation.content import ABOVE, BELOW, TOO_FEW
from training.moderation.plots import spread_plot, time_plots
from training.moderation.shown_comments import pieces
from training.moderation.written_times import Unread
from training.report.cells import NOTHING, count, number, percent
from training.report.page import render_page

Cell = str | tuple[str, Any] | tuple[str, Any, str]
Table = tuple[list[tuple[str, str]], list[list[Cell]]]

_MARKS: Final = {ABOVE: "bad", BELOW: "good", TOO_FEW: "unsure"}


def page(report: Mapping[str, Any], run: Mapping[str, Any]) -> str:
    """Return the report as one HTML file; what differs between runs is in ``run``."""
    times = report["times"]
    return render_page(
        "moderation.html",
        report=report,
        run=run,
        label_table=_label_table(report),
        threshold_table=_threshold_table(report["model"]["labels"]),
        source_table=_source_table(report["scored_by"]),
        spreads=_spreads(report),
        unread={Unread[one.upper()].value: n for one, n in times["unread"].items()},
        time_plots=[] if times["why_none"] else time_plots(times),
        time_table=None if times["why_none"] else _time_table(times),
        author_table=_group_table("author", report["authors"]),
        thread_table=_group_table("thread", report["threads"]),
        worst=[_card(one) for one in report["worst"]],
        worst_of_labels={
            label: [_card(one) for one in found]
            for label, found in report["worst_of_labels"].items()
            if found
        },
    )


def _label_table(report: Mapping[str, Any]) -> Table:
    columns = [
        ("label", "words"),
        ("asks for review", "figure"),
        ("asks for hold", "figure"),
        ("score from 0.5", "figure"),
        ("uncertain", "figure"),
        ("mean score", "figure"),
        ("assumed base rate", "figure"),
    ]
    model = report["model"]["labels"]
    return columns, [
        [
            label,
            _asked(of["to_review_or_hold"] - of["to_hold"], model[label]["review"], of),
            _asked(of["to_hold"], model[label]["hold"], of),
            (count(of["likely"]), of["likely"]),
            _counted(of["uncertain"], report["input"]["comments"]),
            (percent(of["mean_score"]), of["mean_score"]),
            (percent(model[label]["base_rate"]), model[label]["base_rate"]),
        ]
        for label, of in report["labels"].items()
    ]


def _asked(comments: int, threshold: Any, of: Mapping[str, Any]) -> Cell:
    if threshold is None:
        return ("no threshold", -1)
    return ("not known", -1) if not of["of"] else _counted(comments, of["of"])


def _counted(comments: int, total: int) -> Cell:
    share = percent(comments / total) if total else NOTHING
    return (f"{count(comments)} ({share})", comments)


def _threshold_table(labels: Mapping[str, Any]) -> Table:
    columns = [("label", "words"), ("action", "words"), ("from score", "figure")]
    columns += [("rightly flagged there", "figure"), ("assumed base rate", "figure")]
    columns += [
        (f"rightly, if {percent(one['base_rate'], 0)} are", "figure")
        for one in _elsewhere(labels)
    ]
    rows: list[list[Cell]] = []
    for label in ACTION_LABELS:
        of = labels[label]
        for action in ("review", "hold"):
            one = of[action]
            if one is None:
                blanks: list[Cell] = [NOTHING] * (len(columns) - 3)
                rows.append([label, action, "no threshold", *blanks])
                continue
            rows.append(
                [
                    label,
                    action,
                    number(one["from"]),
                    percent(one["precision"], 0),
                    percent(of["base_rate"]),
                    *(percent(at["precision"]) for at in one["precision_elsewhere"]),
                ]
            )
    return columns, rows


def _elsewhere(labels: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the base rates that precision is told at beside the assumed one."""
    for of in labels.values():
        for action in ("review", "hold"):
            if of[action]:
                found: Sequence[Mapping[str, Any]] = of[action]["precision_elsewhere"]
                return found
    return []


def _source_table(sources: Sequence[Mapping[str, Any]]) -> Table:
    columns = [("model", "words"), ("version", "words"), ("scored", "words")]
    columns += [("comments", "figure"), ("thresholds", "words")]
    return columns, [
        [
            one["name"] or "name not stated",
            one["version"] or "version not stated",
            "for this report" if one["scored"] == "now" else "before, in the file",
            (count(one["comments"]), one["comments"]),
            "known" if one["thresholds_known"] else "not known here",
        ]
        for one in sources
    ]


def _spreads(report: Mapping[str, Any]) -> list[Any]:
    return [
        spread_plot(report["labels"], label, report["model"]["labels"][label])
        for label in ("abuse", "extremist_praise")
    ]


def _time_table(times: Mapping[str, Any]) -> Table:
    columns = [
        (times["unit"], "words"),
        ("comments", "figure"),
        ("review", "figure"),
        ("hold", "figure"),
        ("share", "figure"),
        ("95 % interval", "figure"),
    ]
    return columns, [
        [
            one["period"],
            (count(one["comments"]), one["comments"]),
            (count(one["review"]), one["review"]),
            (count(one["hold"]), one["hold"]),
            *_rate(one, is_too_few=one["is_too_few"]),
        ]
        for one in times["periods"]
        if one["comments"]
    ]


def _rate(one: Mapping[str, Any], *, is_too_few: bool) -> list[Cell]:
    shown = percent(one["share"])
    within = f"{percent(one['low'])} to {percent(one['high'])}"
    if is_too_few:
        return [(shown, one["share"], "unsure"), (TOO_FEW, -1, "unsure")]
    return [(shown, one["share"]), (within, one["low"])]


def _group_table(noun: str, groups: Mapping[str, Any]) -> Table | None:
    if groups["why_none"] or not groups["top"]:
        return None
    columns = [
        (noun, "words"),
        ("review or hold", "figure"),
        ("hold", "figure"),
        ("all comments", "figure"),
        ("share", "figure"),
        ("95 % interval", "figure"),
        ("beside all others", "words"),
    ]
    return columns, [
        [
            one["name"],
            (count(one["review"] + one["hold"]), one["review"] + one["hold"]),
            (count(one["hold"]), one["hold"]),
            (count(one["comments"]), one["comments"]),
            (percent(one["share"]), one["share"]),
            (f"{percent(one['low'])} to {percent(one['high'])}", one["low"]),
            (one["verdict"], None, _MARKS.get(one["verdict"], "")),
        ]
        for one in groups["top"]
    ]


def _card(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a comment with its text in pieces and its scores in words."""
    known = record["text"] is not None
    strongest = sorted(record["evidence"], key=lambda one: -one["weight"])[:5]
    return {
        **record,
        "pieces": pieces(dict(record)) if known else [],
        "raised": [
            f"{one['text']} ({one['weight']:+.1f})"
            for one in strongest
            if one["weight"] > 0
        ],
        "shown_scores": ", ".join(
            f"{label} {record['scores'][label]:.2f}" for label in LABELS
        ),
    }
