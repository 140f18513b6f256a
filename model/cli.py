"""The command ``gavel``: finds its sub-commands and loads each only when it is called.

It is also where an error becomes one line on standard error and an exit code.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import click
from click.exceptions import Exit

from labels.errors import GavelError
from labels.lazy_group import LazyGroup

_OWN: Final = {
    "explain": "model.explain_command:explain",
    "models": "model.models_command:models",
    "score": "model.score_command:score",
    "thresholds": "model.thresholds_command:thresholds",
}
_EXTRAS: Final = {
    "dask": "dask",
    "distributed": "dask",
    "psycopg": "postgres",
    "redis": "redis",
}
_PACKAGES: Final = {"labels", "model", "serve", "training"}
# What a shell reports of a command that SIGINT ended.
_INTERRUPTED: Final = 130


class _Failure(click.ClickException):
    """An error on one line, without the usage that click prints."""

    def show(self, file: Any = None) -> None:
        click.echo(f"gavel: {self.message}", file=file, err=True)


class CommandGroup(LazyGroup):
    """The group of all commands; what ends one becomes an exit code."""

    def make_context(self, *arguments: Any, **attributes: Any) -> click.Context:
        """Read the options of the group itself; ``--help`` prints here."""
        with _translating():
            return super().make_context(*arguments, **attributes)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is called."""
        with _translating():
            return super().invoke(ctx)


@click.group(
    cls=CommandGroup,
    own=_OWN,
    entry_point_group="gavel.commands",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="gavel", message="%(package)s %(version)s")
def main() -> None:
    """Score reader comments for abuse and for praise of violent extremism."""


@contextmanager
def _translating() -> Iterator[None]:
    """Turn errors that a person can act on into one line and exit code 1."""
    try:
        yield
    except GavelError as error:
        _drop_unwritable()
        raise _Failure(str(error)) from error
    except BrokenPipeError as error:
        # The reader of our output has seen enough.
        _drop_unwritable()
        raise Exit(0) from error
    except OSError as error:
        _drop_unwritable()
        # A write, to standard output for one, knows no name of a file.
        what = error.filename or "reading or writing failed"
        raise _Failure(f"{what}: {error.strerror or error}") from error
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library in _PACKAGES:
            raise
        extra = _EXTRAS.get(library, "training")
        raise _Failure(
            f"this command needs {library}, which is not installed; in Gavel's "
            f"folder run: pip install '.[{extra}]'"
        ) from error
    except KeyboardInterrupt as error:
        raise Exit(_INTERRUPTED) from error


def _drop_unwritable() -> None:
    """Forget output that nobody takes, or Python would fail on it once more at exit."""
    if sys.stdout is None:  # as after the shell's >&-
        return
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
