"""What the tests of several modules share."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def lay_out(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write files, by name and content, into a folder and return it."""

    def write(files: dict[str, str]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return tmp_path

    return write
