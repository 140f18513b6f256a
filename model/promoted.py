"""The pointer of the registry: which version is promoted, and which were before."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Final, Self

from labels.errors import GavelError
from labels.output_files import replace_file

POINTER: Final = "promoted.json"
_LOCK: Final = ".lock"
_MOST_REMEMBERED: Final = 50


class RegistryError(GavelError):
    """The registry cannot do what it was asked, or is damaged."""


@dataclass(frozen=True, slots=True)
class Promoted:
    """The version that is promoted, and those before it, newest last."""

    version: str
    earlier: tuple[str, ...] = ()

    def followed_by(self, version: str) -> Self:
        """Return the pointer after another version is promoted."""
        earlier = (*self.earlier, self.version)[-_MOST_REMEMBERED:]
        return type(self)(version, earlier)


def read_pointer(folder: Path) -> Promoted | None:
    """Return what a registry's folder points to; None where nothing was promoted.

    It reads one small file, so that scoring a comment from the command line is no
    slower for it.

    Raises:
        RegistryError: if the file is damaged.
    """
    path = folder / POINTER
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        version, earlier = found["version"], found["earlier"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise _damaged(path) from error
    names = [version, *earlier] if isinstance(earlier, list) else [None]
    if not all(isinstance(name, str) and name.isalnum() for name in names):
        raise _damaged(path)
    return Promoted(version, tuple(earlier))


def write_pointer(folder: Path, pointer: Promoted) -> None:
    """Put a pointer in place of the old one, in one step."""
    written = {"version": pointer.version, "earlier": list(pointer.earlier)}
    with replace_file(folder / POINTER) as file:
        file.write(json.dumps(written, indent=2).encode())


@contextmanager
def pointer_locked(folder: Path) -> Iterator[None]:
    """Let nobody else change the pointer until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as file:
        flock(file, LOCK_EX)
        yield


def _damaged(path: Path) -> RegistryError:
    return RegistryError(
        f"{path} is damaged; remove it and promote a version with: gavel models promote"
    )
