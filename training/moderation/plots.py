"""Draws how comments and those that ask for action went over time, and score spread."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from markupsafe import Markup
from matplotlib.ticker import MaxNLocator, PercentFormatter

from training.moderation.tally import BINS
from training.report.figures import COLOURS, as_svg, plot

_DAYS: Final = {"day": 1, "week": 7, "month": 28}
_GAP: Final = 0.85
_MOST_TICKS: Final = 4


def time_plots(times: Mapping[str, Any]) -> list[Markup]:
    """Return how many comments asked for action in each period, and what share."""
    periods: Sequence[Mapping[str, Any]] = times["periods"]
    unit = times["unit"]
    days = [date.fromisoformat(one["begin"]) for one in periods]
    plots = [_counts(days, periods, unit)]
    if not all(one["is_too_few"] for one in periods):
        plots.append(_shares(days, periods, unit))
    return plots


def _counts(
    days: Sequence[date], periods: Sequence[Mapping[str, Any]], unit: str
) -> Markup:
    review = np.array([one["review"] for one in periods])
    hold = np.array([one["hold"] for one in periods])
    width = _DAYS[unit] * _GAP
    with plot(height=2.6) as (figure, axes):
        drawn: Any = axes
        drawn.bar(days, hold, width, color=COLOURS[1], label="hold")
        drawn.bar(days, review, width, bottom=hold, color=COLOURS[4], label="review")
        _date_axis(axes, periods)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_ylabel(f"comments a {unit}")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
        return as_svg(
            figure,
            "asked-over-time",
            f"Comments that ask for hold or review in each {unit}; the table below "
            "has the figures.",
        )


def _shares(
    days: Sequence[date], periods: Sequence[Mapping[str, Any]], unit: str
) -> Markup:
    known = [
        (day, one)
        for day, one in zip(days, periods, strict=True)
        if not one["is_too_few"]
    ]
    with plot(height=2.6) as (figure, axes):
        drawn: Any = axes
        at = [day for day, _ in known]
        share = np.array([one["share"] for _, one in known])
        low = np.array([one["low"] for _, one in known])
        high = np.array([one["high"] for _, one in known])
        drawn.errorbar(
            at, share, [share - low, high - share], fmt="o", markersize=3, capsize=2
        )
        _date_axis(axes, periods)
        drawn.set_xlim(*_limits(days, unit))
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
        axes.set_ylabel(f"share of a {unit}'s comments")
        return as_svg(
            figure,
            "share-over-time",
            f"Share of each {unit}'s comments that ask for action, with 95 % "
            f"intervals; a {unit} of too few comments is not drawn.",
        )


def spread_plot(labels: Mapping[str, Any], label: str, limits: Any) -> Markup:
    """Return how a label's scores spread, with its thresholds as lines."""
    counts = labels[label][f"scores_in_{BINS}_bins"]
    edges = np.linspace(0, 1, BINS + 1)
    with plot(height=1.9) as (figure, axes):
        drawn: Any = axes
        drawn.stairs(counts, edges, fill=True, alpha=0.6)
        drawn.set_yscale("symlog", linthresh=1)
        drawn.set_ylim(bottom=0)
        for action, colour in (("review", COLOURS[4]), ("hold", COLOURS[1])):
            if limits[action] is not None:
                drawn.axvline(limits[action]["from"], color=colour, label=action)
        axes.set_xlim(0, 1)
        axes.set_title(label)
        axes.set_ylabel("comments")
        if any(limits[action] for action in ("review", "hold")):
            axes.legend(loc="upper right", ncols=2)
        return as_svg(
            figure,
            f"spread-{label.replace('_', '-')}",
            f"How many comments have which score of {label}, on a scale of powers of "
            "ten.",
        )


def _limits(days: Sequence[date], unit: str) -> tuple[Any, Any]:
    reach = np.timedelta64(_DAYS[unit], "D")
    return np.datetime64(days[0]) - reach, np.datetime64(days[-1]) + reach


def _date_axis(axes: Any, periods: Sequence[Mapping[str, Any]]) -> None:
    step = -(-len(periods) // _MOST_TICKS)
    ticked = periods[::step]
    axes.set_xticks(
        [date.fromisoformat(one["begin"]) for one in ticked],
        [one["period"] for one in ticked],
    )
