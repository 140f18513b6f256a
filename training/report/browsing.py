"""Finds a browser, opens reports in it, and takes their pictures."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from labels.errors import InputError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Return the path of an installed Chromium; None if there is none."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Yield a headless Chromium of this machine; nothing is downloaded.

    Raises:
        InputError: if no Chromium, or no Playwright to drive it with, is installed.
    """
    program = find_chromium()
    if program is None:
        raise InputError("no Chromium is installed; `make browser` installs it")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a dev extra
    except ImportError:
        raise InputError(
            "Playwright is not installed; `make test` installs it"
        ) from None
    with sync_playwright() as playwright:
        # Its sandbox needs rights that containers do not give; pages are our own.
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        try:
            yield browser
        finally:
            browser.close()


def take_pictures(page: Path, folder: Path) -> list[Path]:
    """Write pictures of a report on a desktop and, in the dark, on a telephone.

    Raises:
        InputError: if there is no browser, or no such page.
    """
    if not page.is_file():
        raise InputError(f"there is no report {page}; gavel evaluate --report makes it")
    taken = []
    with chromium() as browser:
        for name, width, height, scheme, section in (
            ("report-desktop", 1240, 760, "light", "verdict"),
            ("report-curves", 1240, 560, "dark", "curves"),
            ("report-telephone", 390, 760, "dark", "verdict"),
        ):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            opened = context.new_page()
            opened.goto(page.resolve().as_uri())
            opened.evaluate(f"document.getElementById('{section}').scrollIntoView()")
            taken.append(folder / f"{name}.png")
            opened.screenshot(path=taken[-1])
            context.close()
    return taken
