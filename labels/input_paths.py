"""Paths that a command reads: one that is absent is an error of input, not of usage.

click would refuse it with exit code 2, which says that the command was called wrongly.
"""

from pathlib import Path
from typing import Any, Final

import click

from labels.errors import InputError


class _InputPath(click.Path):
    """A path that must be there, as a folder or as anything that can be read."""

    def __init__(self, *, is_folder: bool) -> None:
        super().__init__(file_okay=not is_folder, dir_okay=is_folder)
        self._is_folder = is_folder

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002
        ctx: click.Context | None,  # noqa: ARG002
    ) -> Path:
        """Return the path.

        Raises:
            InputError: if it is absent, or a file in place of a folder or the reverse.
        """
        path = Path(value)
        if not path.exists():
            noun = "folder" if self._is_folder else "file"
            raise InputError(f"there is no {noun} {path}")
        if path.is_dir() and not self._is_folder:
            raise InputError(f"{path} is a folder; name a file in it")
        if not path.is_dir() and self._is_folder:
            raise InputError(f"{path} is a file; name the folder that it is in")
        return path


INPUT_FILE: Final = _InputPath(is_folder=False)
INPUT_FOLDER: Final = _InputPath(is_folder=True)
