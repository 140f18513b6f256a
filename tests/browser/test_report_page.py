"""A report in a real Chromium: telephone and desktop, light and dark, on paper."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from training.evaluation_page import TITLES, report_page
from training.report.browsing import chromium, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("playwright", reason="Playwright is not installed")
pytestmark = pytest.mark.skipif(
    find_chromium() is None,
    reason="no Chromium is installed; `make browser` installs it",
)

_TOO_WIDE = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  const width = document.documentElement.clientWidth;
  return Array.from(document.querySelectorAll('body, body *'))
    .filter((one) => one.getBoundingClientRect().right > width + 1)
    .map((one) => one.outerHTML.slice(0, 120));
}"""
# Letters below one another: a box that the words do not fit into.
_SQUEEZED = """() => Array.from(document.querySelectorAll('caption, th, td, p, li'))
  .filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 0 && width < 40 && height > 5 * width;
  })
  .map((one) => one.outerHTML.slice(0, 120))"""
_COLUMN = """(name) => {
  const table = document.querySelector('#verdict table');
  const place = Array.from(table.tHead.rows[0].cells)
    .findIndex((one) => one.textContent.trim() === name);
  return Array.from(table.tBodies[0].rows, (row) => row.cells[place].dataset.value);
}"""


@pytest.fixture(scope="module")
def path(report: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_page(report), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with chromium() as browser:
        yield browser


def _open(
    browser: "Browser", path: Path, width: int, scheme: str
) -> "tuple[Page, list[str]]":
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: (
            said.append(request.url)
            if not request.url.startswith(("file:", "data:"))
            else None
        ),
    )
    page.goto(path.as_uri())
    return page, said


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_page_and_nothing_goes_wrong(
    browser: "Browser", path: Path, width: int, scheme: str
) -> None:
    page, said = _open(browser, path, width, scheme)

    assert page.evaluate(_TOO_WIDE) == []
    assert page.evaluate(_SQUEEZED) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert said == []


def test_dark_and_light_differ(browser: "Browser", path: Path) -> None:
    papers = [
        _open(browser, path, 1280, scheme)[0].evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]

    assert papers == ["rgb(255, 255, 255)", "rgb(20, 23, 27)"]


def test_a_click_sorts_a_table_and_another_turns_it_round(
    browser: "Browser", path: Path
) -> None:
    page, _ = _open(browser, path, 1280, "light")
    head = page.locator("#verdict table").first.get_by_role("button", name="ROC-AUC")

    head.click()
    rising = [float(value) for value in page.evaluate(_COLUMN, "ROC-AUC")]
    head.click()
    falling = [float(value) for value in page.evaluate(_COLUMN, "ROC-AUC")]

    assert rising == sorted(rising)
    assert falling == sorted(rising, reverse=True)


def test_the_page_reads_without_scripts(browser: "Browser", path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())

    titles = page.locator("main h2").all_inner_texts()
    assert titles == [f"{at}. {one}" for at, one in enumerate(TITLES.values(), 1)]
    assert page.locator("th button").count() == 0


def test_the_page_prints(browser: "Browser", path: Path) -> None:
    page, _ = _open(browser, path, 1280, "dark")

    assert page.pdf(format="A4").startswith(b"%PDF")


def test_pictures_for_the_readme_are_small(path: Path, tmp_path: Path) -> None:
    # In a process of its own: this one already drives a browser.
    program = [sys.executable, "-m", "training.report.pictures", str(path)]
    subprocess.run([*program, str(tmp_path)], check=True, timeout=120)
    taken = list(tmp_path.glob("*.png"))

    assert len(taken) == 3
    assert max(one.stat().st_size for one in taken) < 150_000
