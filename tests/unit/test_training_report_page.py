from xml.etree import ElementTree as ET

import pytest

from training.report.figures import COLOURS, as_svg, plot
from training.report.masking import Masker
from training.report.page import render_page


def _svg(name: str) -> str:
    with plot() as (figure, axes):
        axes.plot([0, 1], [0.2, 0.8], marker="o", color=COLOURS[1], label="<ours>")
        axes.set_xlim(0, 0.5)
        axes.legend()
        return as_svg(figure, name, 'recall "rises"')


def test_a_plot_is_the_same_in_every_run() -> None:
    assert _svg("recall") == _svg("recall")


def test_a_plot_names_no_date_and_takes_its_colours_from_the_page() -> None:
    svg = _svg("recall")

    assert "date" not in svg.lower()
    assert "var(--line2)" in svg
    assert "#0102" not in svg


def test_two_plots_on_a_page_share_no_id() -> None:
    ids = [
        {element.get("id") for element in ET.fromstring(_svg(name)).iter()} - {None}  # noqa: S314
        for name in ("first", "second")
    ]

    assert ids[0]
    assert not ids[0] & ids[1]


def test_a_value_in_a_page_cannot_be_markup() -> None:
    page = render_page(
        "table.html", columns=[("<b>", "words")], rows=[["<script>alert(1)</script>"]]
    )

    assert "<script>alert" not in page
    assert "&lt;b&gt;" in page


def test_a_page_loads_nothing_from_elsewhere() -> None:
    page = render_page("table.html", columns=[("a", "words")], rows=[["b"]])

    assert "http://" not in page
    assert "https://" not in page
    assert "@import" not in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("You idiot.", "You i****.", id="plain"),
        pytest.param("You IDIOT!", "You I****!", id="capitals"),
        pytest.param("You ídíót.", "You í****.", id="disguised"),
        pytest.param("Well said, Ann.", "Well said, Ann.", id="nothing"),
        pytest.param("", "", id="empty"),
    ],
)
def test_words_of_abuse_are_masked(text: str, expected: str) -> None:
    assert Masker().mask(text) == expected
