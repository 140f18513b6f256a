"""Writes a report on a model as a page and as a model card."""

from collections.abc import Sequence
from typing import Any, Final

from markupsafe import Markup
from matplotlib.axes import Axes

from training.report.figures import COLOURS, as_svg, plot
from training.report.page import render_page

TITLES: Final = {
    "verdict": "Verdict",
    "identity": "Identity and intended use",
    "data": "Data",
    "curves": "Curves and base rates",
    "review": "Thresholds and the work they make",
    "calibration": "Calibration",
    "slices": "Slices",
    "bias": "Unintended bias",
    "functional_suites": "Functional suites",
    "evasion": "Evasion",
    "transfer": "Transfer between sources",
    "evidence": "Is the evidence true?",
    "errors": "Errors",
    "people": "People",
    "learning_curve": "Learning curve",
    "changes": "Changes against another model",
    "size": "Speed and size",
    "limits": "Known failures, and what it does not judge",
    "reproduce": "The command",
}
"""The sections by their key, in the order and by the number of the page."""

_DASHES: Final = ("-", "--", ":")


def report_page(plain: dict[str, Any]) -> str:
    """Return the page of a report that ``evaluation_data.as_plain`` gave.

    The same report gives the same bytes; all figures are those of the report.
    """
    sections = plain["sections"]
    plots = {
        "curves": _curves(sections["curves"]["labels"]),
        "calibration": _reliability(sections["calibration"]["labels"]),
        "review": _thresholds(sections["review"]["labels"]),
        "learning_curve": _learning(sections["learning_curve"]["points"]),
    }
    return render_page(
        "evaluation.html", report=plain, s=sections, titles=TITLES, plots_of=plots
    )


def model_card(plain: dict[str, Any]) -> str:
    """Return the model card of the same report, in Markdown."""
    return render_page("model_card.md", report=plain, s=plain["sections"])


def _style(place: int) -> dict[str, Any]:
    """Return a colour, and a dash that tells apart what has the same colour."""
    return {
        "color": COLOURS[place % len(COLOURS)],
        "linestyle": _DASHES[place // len(COLOURS)],
    }


def _curves(labels: Sequence[dict[str, Any]]) -> list[Markup]:
    judged = [(at, one) for at, one in enumerate(labels) if one["points"]]
    if not judged:
        return []
    found = []
    with plot(height=3.4) as (figure, axes):
        for at, one in judged:
            points = [p for p in one["points"] if p["precision"] is not None]
            axes.plot(
                [p["recall"] for p in points],
                [p["precision"] for p in points],
                label=one["label"],
                **_style(at),
            )
        _square(axes, "recall", "precision at the queue's base rate")
        axes.legend(loc="lower left")
        found.append(
            as_svg(figure, "precision-recall", "Precision and recall of each label")
        )
    with plot(height=3.4) as (figure, axes):
        for at, one in judged:
            axes.plot(
                [0, *(p["false_positive_rate"] for p in one["points"])],
                [0, *(p["recall"] for p in one["points"])],
                label=one["label"],
                **_style(at),
            )
        _square(axes, "false-positive rate", "recall")
        axes.legend(loc="lower right")
        found.append(as_svg(figure, "roc", "ROC curve of each label"))
    return found


def _reliability(labels: Sequence[dict[str, Any]]) -> list[Markup]:
    judged = [(at, one) for at, one in enumerate(labels) if one["bins"]]
    if not judged:
        return []
    with plot(height=3.4) as (figure, axes):
        axes.plot([0, 1], [0, 1], color=COLOURS[5], linewidth=0.7)
        for at, one in judged:
            axes.plot(
                [b["score"] for b in one["bins"]],
                [b["share"] for b in one["bins"]],
                marker="o",
                markersize=3,
                label=one["label"],
                **_style(at),
            )
        _square(axes, "mean score of a tenth of the queue", "share that has the label")
        axes.legend(loc="upper left")
        return [
            as_svg(
                figure,
                "reliability",
                "Score against share of each label; on the diagonal they are equal",
            )
        ]


def _thresholds(labels: Sequence[dict[str, Any]]) -> list[Markup]:
    found = []
    for one in labels:
        if not one["rows"] or one["label"] not in {"abuse", "extremist_praise"}:
            continue
        at = [row["threshold"] for row in one["rows"]]
        with plot(height=2.8) as (figure, axes):
            for place, name in enumerate(
                ("precision", "recall", "false_positive_rate")
            ):
                values = [row[name] for row in one["rows"]]
                axes.plot(at, values, label=name.replace("_", " "), **_style(place))
            _square(axes, f"threshold of {one['label']}", "share")
            axes.legend()
            name = f"thresholds-{one['label'].replace('_', '-')}"
            described = f"What thresholds of {one['label']} do"
            found.append(as_svg(figure, name, described))
    return found


def _learning(points: Sequence[dict[str, Any]]) -> list[Markup]:
    judged = [one for one in points if one["roc_auc"] is not None]
    if not judged:
        return []
    with plot(height=3.0) as (figure, axes):
        for place, label in enumerate(dict.fromkeys(one["label"] for one in judged)):
            of_label = [one for one in judged if one["label"] == label]
            axes.plot(
                [one["rows"] for one in of_label],
                [one["roc_auc"] for one in of_label],
                marker="o",
                markersize=3,
                label=label,
                **_style(place),
            )
        axes.set_xscale("log")
        axes.set_xlabel("comments to learn from")
        axes.set_ylabel("ROC-AUC")
        axes.legend(loc="lower right")
        return [as_svg(figure, "learning-curve", "ROC-AUC by comments learnt from")]


def _square(axes: Axes, x: str, y: str) -> None:
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.01)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
