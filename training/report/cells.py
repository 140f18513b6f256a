"""How a figure is written in a table; what was not measured is a dash."""

from typing import Final

NOTHING: Final = "-"
"""Stands for a figure that there is none of."""


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
