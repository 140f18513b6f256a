"""The command ``gavel``: finds its sub-commands and loads each only when it is called.

It is also where an error becomes one line on standard error and an exit code.
"""

import os
import sys
from typing import Any, Final

import click

from labels.errors import GavelError
from labels.lazy_group import LazyGroup

_OWN: Final = {
    "explain": "model.explain_command:explain",
    "score": "model.score_command:score",
}
_PACKAGES: Final = {"labels", "model", "serve", "training"}
# What a shell reports of a command that SIGINT ended.
_INTERRUPTED: Final = 130


class _Failure(click.ClickException):
    """An error on one line, without the usage that click prints."""

    def show(self, file: Any = None) -> None:
        click.echo(f"gavel: {self.message}", file=file, err=True)


class CommandGroup(LazyGroup):
    """The group of all commands; errors of ours become one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is called; turn what ends it into an exit code."""
        try:
            return super().invoke(ctx)
        except GavelError as error:
            _drop_unwritable()
            raise _Failure(str(error)) from error
        except BrokenPipeError:
            # The reader of our output has seen enough.
            _drop_unwritable()
            ctx.exit(0)
        except OSError as error:
            if error.filename is None:
                raise
            raise _Failure(f"{error.filename}: {error.strerror}") from error
        except ModuleNotFoundError as error:
            library = (error.name or "").partition(".")[0]
            if library in _PACKAGES:
                raise
            raise _Failure(
                f"this command needs {library}, which is not installed; in Gavel's "
                "folder run: pip install '.[training]'"
            ) from error
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)


@click.group(
    cls=CommandGroup,
    own=_OWN,
    entry_point_group="gavel.commands",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="gavel", message="%(package)s %(version)s")
def main() -> None:
    """Score reader comments for abuse and for praise of violent extremism."""


def _drop_unwritable() -> None:
    """Forget output that nobody takes, or Python would fail on it once more at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
