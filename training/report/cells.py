"""How a figure is written in a table; what was not measured is a dash."""

from collections.abc import Mapping
from typing import Final

NOTHING: Final = "-"
"""Stands for a figure that there is none of."""

_GLUE: Final = "\N{NO-BREAK SPACE}"


def number(value: float | None, digits: int = 3) -> str:
    """Return a figure with so many digits after the point.

    >>> number(0.91249), number(None)
    ('0.912', '-')
    """
    return NOTHING if value is None else f"{value:.{digits}f}"


def percent(value: float | None, digits: int = 1) -> str:
    """Return a share as percent.

    >>> percent(0.0625)
    '6.2 %'
    """
    return NOTHING if value is None else f"{100 * value:.{digits}f} %"


def count(value: float | None) -> str:
    """Return a whole number, thousands apart.

    >>> count(28294)
    '28,294'
    """
    return NOTHING if value is None else f"{value:,.0f}"


def signed(value: float | None, digits: int = 3) -> str:
    """Return a difference with its sign.

    >>> signed(0.02)
    '+0.020'
    """
    return NOTHING if value is None else f"{value:+.{digits}f}"


def interval(
    figure: Mapping[str, float | None], digits: int = 3
) -> tuple[str, float | None]:
    r"""Return a figure with its interval as a cell that is sorted by the figure.

    >>> interval({"value": 0.5, "low": 0.4, "high": 0.61}, 2)
    ('0.50 [0.40,\xa00.61]', 0.5)
    """
    value = figure["value"]
    if value is None or figure["low"] is None:
        return number(value, digits), value
    ends = f"{number(figure['low'], digits)},{_GLUE}{number(figure['high'], digits)}"
    return f"{value:.{digits}f} [{ends}]", value


def share(
    figure: Mapping[str, float | None], digits: int = 1
) -> tuple[str, float | None]:
    r"""Return a share and its interval in percent, likewise.

    >>> share({"value": 0.5, "low": 0.4, "high": 0.61}, 0)
    ('50 % [40,\xa061]', 0.5)
    """
    value, low, high = figure["value"], figure["low"], figure["high"]
    if value is None or low is None or high is None:
        return percent(value, digits), value
    ends = f"{100 * low:.{digits}f},{_GLUE}{100 * high:.{digits}f}"
    return f"{percent(value, digits)} [{ends}]", value
