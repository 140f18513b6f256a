"""Renders a report as one HTML file that needs nothing beside it."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from training.report.cells import count, interval, number, percent, share, signed

_TEMPLATES: Final = Path(__file__).parent / "templates"


def render_page(template: str, **values: Any) -> str:
    """Return the page that a template makes of the values; ends with one line feed.

    The template lies in ``templates/`` and extends ``base.html``; values are escaped,
    but for the SVG of ``figures.as_svg``. The same values give the same bytes.

    Raises:
        jinja2.UndefinedError: if the template names a value that is absent.
    """
    page = _environment().get_template(template).render(**values)
    # A lone surrogate of a comment cannot be written as UTF-8.
    clean = page.encode("utf-8", "replace").decode("utf-8")
    return clean.rstrip("\n") + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        # A model card is Markdown, where nothing is markup for a browser.
        autoescape=select_autoescape(("html",)),
        extensions=["jinja2.ext.do"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=number,
        percent=percent,
        count=count,
        signed=signed,
        interval=interval,
        share=share,
    )
    environment.globals["inline"] = _inline
    return environment


def _inline(name: str) -> Markup:
    """Return a file of ours as it is: style and script stand in the page itself."""
    return Markup((_TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 - ours
