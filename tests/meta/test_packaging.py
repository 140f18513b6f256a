"""The packages, their sizes and what the house style can be held to by a machine."""

import ast
import importlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_PACKAGES = ("labels", "model", "serve", "training")
_MODULES = sorted(path for name in _PACKAGES for path in (_ROOT / name).rglob("*.py"))


@pytest.mark.parametrize("name", _PACKAGES)
def test_package_resolves_inside_the_repository(name: str) -> None:
    module = importlib.import_module(name)

    assert Path(str(module.__file__)).is_relative_to(_ROOT)


def test_project_is_never_uploaded() -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text())["project"]

    assert "Private :: Do Not Upload" in project["classifiers"]


def test_constraints_name_versions_only() -> None:
    lines = (_ROOT / "constraints.txt").read_text().splitlines()

    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def _name(path: Path) -> str:
    return str(path.relative_to(_ROOT))


@pytest.mark.parametrize("path", _MODULES, ids=_name)
def test_module_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", _MODULES, ids=_name)
def test_functions_stay_small(path: Path) -> None:
    # A call between compiled functions costs, and what is passed is long.
    most = 100 if "kernel" in path.parts else 50
    tree = ast.parse(path.read_text(encoding="utf-8"))

    long = {
        node.name: (node.end_lineno or 0) - node.body[0].lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.body[0].lineno + 1 > most
    }

    # Docstrings count here, and 40 lines of code is what the house style allows.
    assert long == {}


@pytest.mark.parametrize("path", _MODULES, ids=_name)
def test_only_settings_read_the_environment(path: Path) -> None:
    reads = "os.environ" in path.read_text(encoding="utf-8")

    assert reads == (_name(path) == "labels/settings.py")


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    done = subprocess.run(
        ["git", "grep", "-lE", r"/(root|home|Users)/[a-z]|/tmp/[a-z]", "--", "."],  # noqa: S607
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = set(done.stdout.split()) - {"tests/meta/test_packaging.py"}

    assert found == set()
