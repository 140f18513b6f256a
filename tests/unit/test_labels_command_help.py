from pathlib import Path

import pytest

from labels.command_help import short_help


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package that cannot be imported, whose source can be read all the same."""
    folder = tmp_path / "unimportable"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise ImportError\n", encoding="utf-8")
    (folder / "commands.py").write_text(
        'raise ImportError\n\ndef own():\n    """Do it. And more."""\n\n'
        "def bare(): ...\n",
        encoding="utf-8",
    )
    (folder / "cli.py").write_text(
        "from unimportable.commands import own as given\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    return folder.name


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param("commands:own", "Do it.", id="its first sentence"),
        pytest.param("cli:given", "Do it.", id="imported from elsewhere"),
        pytest.param("commands:bare", "", id="no docstring"),
        pytest.param("commands:absent", "", id="no such function"),
        pytest.param("absent:own", "", id="no such module"),
    ],
)
def test_help_is_read_without_an_import(
    package: str, target: str, expected: str
) -> None:
    assert short_help(f"{package}.{target}", 45) == expected


def test_an_absent_package_has_no_help() -> None:
    assert short_help("absent_package.cli:own", 45) == ""


def test_long_help_is_cut_as_click_does(package: str) -> None:
    assert short_help(f"{package}.commands:own", 4) == "..."
