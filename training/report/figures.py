"""Turns matplotlib figures into SVG that stands in a page, the same in every run."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

import matplotlib as mpl
from cycler import cycler
from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

# Colours that occur nowhere else; in the page they are those of its style, so that a
# plot is dark on light and light on dark.
_INK: Final = "#010203"
_FAINT: Final = "#010204"
COLOURS: Final = ("#010211", "#010212", "#010213", "#010214", "#010215", "#010216")
"""What lines are drawn with, in this order; the page's style says what they are."""

_IN_PAGE: Final = {
    _INK: "var(--ink)",
    _FAINT: "var(--faint)",
    **{colour: f"var(--line{at})" for at, colour in enumerate(COLOURS, start=1)},
}

_STYLE: Final[dict[str, Any]] = {
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": _INK,
    "axes.edgecolor": _FAINT,
    "axes.labelcolor": _INK,
    "axes.prop_cycle": cycler(color=COLOURS),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.titlesize": 10,
    "grid.color": _FAINT,
    "grid.linewidth": 0.3,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "lines.linewidth": 1.5,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    # A path of thousands of points is drawn with those that can be told apart.
    "path.simplify": True,
    "path.simplify_threshold": 0.5,
}

# No date, and no version of the library that drew it.
_METADATA: Final = dict.fromkeys(("Date", "Creator", "Format", "Type"))

_WIDTH: Final = 4.2
"""Inches; on a telephone a plot is hardly smaller than it was drawn."""


@contextmanager
def plot(
    *, height: float = 3.0, width: float = _WIDTH
) -> Iterator[tuple[Figure, Axes]]:
    """Yield a figure in the page's style and its one pair of axes, to draw on.

    Draw, and call ``as_svg``, inside the block: the style holds there. No setting of
    the person who runs it counts.
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(cast(Any, _STYLE))
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.add_subplot()


def as_svg(figure: Figure, name: str, description: str) -> Markup:
    """Return a figure as an SVG element for a page.

    Args:
        figure: drawn inside ``plot``.
        name: of lower-case letters, digits and hyphens; once on a page, since ids
            in the SVG begin with it.
        description: what a person who does not see it is told.
    """
    written = io.StringIO()
    # Ids are hashes of what they name; without a salt they would be random.
    with mpl.rc_context({"svg.hashsalt": name}):
        draw: Any = FigureCanvasSVG(figure).print_svg
        draw(written, metadata=_METADATA)
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :]
    # Its style sheet would hold for the whole page, which has one.
    svg = re.sub(r"<!--.*?-->|<(metadata|style)\b.*?</\1>", "", svg, flags=re.DOTALL)
    svg = svg.replace("xlink:href", "href")
    svg = _rename_ids(svg, name)
    for colour, variable in _IN_PAGE.items():
        svg = svg.replace(colour, variable)
    svg = re.sub(r"font(?:-family)?: ([\d.]+px) 'DejaVu Sans'[^;\"]*", _font, svg)
    svg = svg.replace("font-family: 'DejaVu Sans'", "font-family: inherit")
    view = re.search(r'viewBox="[^"]*"', svg)
    opened = (
        f'<svg {view[0] if view else ""} role="img" aria-label="{escape(description)}" '
        'class="plot">'
    )
    svg = opened + svg[svg.index(">") + 1 :]
    svg = re.sub(r"<defs>\s*</defs>", "", svg)
    lines = (line.strip() for line in svg.splitlines())
    # Drawn by the library from figures; descriptions are escaped above.
    return Markup("\n".join(line for line in lines if line))  # noqa: S704


def _font(found: re.Match[str]) -> str:
    return f"font-size: {found[1]}; font-family: inherit"


def _rename_ids(svg: str, name: str) -> str:
    """Keep the ids that something refers to, and make them the page's own."""
    used = set(re.findall(r'(?:url\(|href=")#([^)"]+)', svg))

    def rename(found: re.Match[str]) -> str:
        return f' id="{name}-{found[1]}"' if found[1] in used else ""

    svg = re.sub(r' id="([^"]+)"', rename, svg)
    return re.sub(r'(url\(|href=")#([^)"]+)', rf"\1#{name}-\2", svg)
