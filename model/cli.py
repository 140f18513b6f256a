"""The command ``gavel``: finds its sub-commands and loads each only when it is called.

It is also where an error becomes one line on standard error and an exit code.
"""

import importlib
import os
import sys
from difflib import get_close_matches
from importlib.metadata import entry_points
from typing import Any, Final

import click

from labels.errors import GavelError
from model.command_help import short_help

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


class CommandGroup(click.Group):
    """A group whose commands are imported by name; errors of ours become one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands, in order."""
        return sorted(_targets())

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """Import a command; None if there is none of this name."""
        target = _targets().get(cmd_name)
        if target is None:
            return None
        module, _, name = target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; name near ones if there is none."""
        names = self.list_commands(ctx)
        if args[0] not in names:
            near = " or ".join(get_close_matches(args[0], names))
            remedy = f"did you mean {near}?" if near else "gavel --help lists them"
            ctx.fail(f"there is no command {args[0]!r}; {remedy}")
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands, without importing one."""
        targets = _targets()
        limit = formatter.width - 6 - max(map(len, targets))
        rows = [(name, short_help(targets[name], limit)) for name in sorted(targets)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

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


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gavel", message="%(package)s %(version)s")
def main() -> None:
    """Score reader comments for abuse and for praise of violent extremism."""


def _targets() -> dict[str, str]:
    """Return ``module:function`` of every command, by name."""
    found = {point.name: point.value for point in entry_points(group="gavel.commands")}
    return found | _OWN


def _drop_unwritable() -> None:
    """Forget output that nobody takes, or Python would fail on it once more at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
