"""A group of commands that finds them by name and loads each only when it is called."""

import importlib
from collections.abc import Mapping
from difflib import get_close_matches
from importlib.metadata import entry_points
from typing import Any

import click

from labels.command_help import short_help


class LazyGroup(click.Group):
    """A group whose commands are ``module:function``, imported when they are called.

    Some are its own; the others are what the installed packages declare under an
    entry-point group, so that no package imports one above it.
    """

    def __init__(
        self, *, own: Mapping[str, str], entry_point_group: str, **attributes: Any
    ) -> None:
        super().__init__(**attributes)
        self._own = own
        self._entry_point_group = entry_point_group

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands, in order."""
        return sorted(self._targets())

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """Import a command; None if there is none of this name."""
        target = self._targets().get(cmd_name)
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
            listed = f"{ctx.command_path} --help lists them"
            remedy = f"did you mean {near}?" if near else listed
            ctx.fail(f"there is no command {args[0]!r}; {remedy}")
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands, without importing one."""
        targets = self._targets()
        limit = formatter.width - 6 - max(map(len, targets))
        rows = [(name, short_help(targets[name], limit)) for name in sorted(targets)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _targets(self) -> dict[str, str]:
        """Return ``module:function`` of every command, by name."""
        points = entry_points(group=self._entry_point_group)
        return {point.name: point.value for point in points} | dict(self._own)
