import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from model.cli import main

HEAVY = [
    "numpy",
    "pyarrow",
    "flask",
    "sklearn",
    "tqdm",
    "pydantic",
    "matplotlib",
    "jinja2",
]

NOT_INSTALLED = (
    "gavel: this command needs absent_library, which is not installed; in Gavel's "
    "folder run: pip install '.[training]'\n"
)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="gavel")


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The source, yet to be written, of the command ``gavel plug`` of another package.

    It defines a function ``plug``.
    """
    about = tmp_path / "plugged-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: plugged\nVersion: 1.0\n", encoding="utf-8")
    entry = "[gavel.commands]\nplug = plugged_command:plug\n"
    (about / "entry_points.txt").write_text(entry, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path / "plugged_command.py"
    sys.modules.pop("plugged_command", None)


def write_plug(path: Path, statement: str) -> None:
    """Write a command that executes one statement."""
    path.write_text(
        "import click\nfrom labels.errors import GavelError\n\n"
        f"@click.command()\ndef plug():\n    {statement}\n",
        encoding="utf-8",
    )


def test_every_command_is_listed() -> None:
    listed = main.list_commands(click.Context(main))
    assert listed == [
        "adapt",
        "bench",
        "bench-service",
        "db",
        "erase",
        "evaluate",
        "explain",
        "goals",
        "keys",
        "labels",
        "models",
        "purge",
        "report",
        "score",
        "serve",
        "thresholds",
        "train",
    ]


def test_the_list_is_what_click_would_print_of_the_commands() -> None:
    context = click.Context(main)
    ours, clicks = click.HelpFormatter(), click.HelpFormatter()
    main.format_commands(context, ours)
    click.Group.format_commands(main, context, clicks)
    assert ours.getvalue() == clicks.getvalue()


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom model.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == "[]"


def test_the_version_is_that_of_the_package() -> None:
    assert call("--version").output == f"gavel {version('gavel')}\n"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        pytest.param(
            "scor", "there is no command 'scor'; did you mean score?", id="near one"
        ),
        pytest.param(
            "xyz", "there is no command 'xyz'; gavel --help lists them", id="near none"
        ),
    ],
)
def test_an_unknown_command_is_a_usage_error(name: str, error: str) -> None:
    result = call(name)
    last = result.stderr.splitlines()[-1]
    assert (result.exit_code, last) == (2, f"Error: {error}")


def test_an_unknown_option_is_a_usage_error() -> None:
    result = call("--frobnicate")
    assert result.exit_code == 2
    assert "No such option" in result.stderr


def test_a_command_of_another_package_is_called(plugin: Path) -> None:
    write_plug(plugin, "click.echo('plugged')")
    assert call("plug").output == "plugged\n"


@pytest.mark.parametrize(
    ("statement", "code", "errors"),
    [
        pytest.param(
            "raise GavelError('mend it')", 1, "gavel: mend it\n", id="error of ours"
        ),
        pytest.param(
            "open('/absent/file')",
            1,
            "gavel: /absent/file: No such file or directory\n",
            id="error of the system, about a file",
        ),
        pytest.param(
            "raise OSError(28, 'No space left on device')",
            1,
            "gavel: reading or writing failed: No space left on device\n",
            id="error of the system, about no file",
        ),
        pytest.param(
            "raise OSError('half a sentence')",
            1,
            "gavel: reading or writing failed: half a sentence\n",
            id="error of a library that speaks for the system",
        ),
        pytest.param("raise KeyboardInterrupt", 130, "", id="Ctrl-C"),
        pytest.param("raise BrokenPipeError", 0, "", id="nobody reads on"),
        pytest.param(
            "import absent_library",
            1,
            NOT_INSTALLED,
            id="library that is missing when it is called",
        ),
    ],
)
def test_what_ends_a_command_becomes_one_line_and_a_code(
    plugin: Path, statement: str, code: int, errors: str
) -> None:
    write_plug(plugin, statement)
    result = call("plug")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", errors)


def test_a_library_that_is_missing_when_it_is_imported_is_named(plugin: Path) -> None:
    plugin.write_text("import absent_library.inner\n", encoding="utf-8")
    result = call("plug")
    assert (result.exit_code, result.stderr) == (1, NOT_INSTALLED)


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        pytest.param("raise ValueError", ValueError, id="value"),
        pytest.param("import labels.absent", ModuleNotFoundError, id="module of ours"),
    ],
)
def test_a_mistake_of_ours_stays_a_traceback(
    plugin: Path, statement: str, error: type[Exception]
) -> None:
    write_plug(plugin, statement)
    assert type(call("plug").exception) is error
