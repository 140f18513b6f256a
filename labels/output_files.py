"""Replaces a file whole or not at all."""

import errno
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from labels.errors import GavelError

# They come from a write, which names no file.
_OUT_OF_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DRAFT: Final = ".gavel-*.part"
_UNFINISHED: Final = ".*.partial"


class OutputError(GavelError):
    """A file cannot be written where it was asked for."""


@contextmanager
def replace_file(path: Path, *, draft: Path | None = None) -> Iterator[BinaryIO]:
    """Yield a new file that takes the place of ``path`` when the block ends well.

    Until then the old file stands; if the block fails nothing is left behind. The
    draft lies in the same folder, for only there is renaming one step, or where
    ``draft`` says on the same disk. Its permissions are those of the file it replaces.

    Raises:
        OutputError: if the folder is absent, the path is no ordinary file, or there
            is no room.
    """
    target = checked_target(path)
    draft = draft or target.with_name(_DRAFT.replace("*", secrets.token_hex(8)))
    try:
        with naming_file(str(path)), draft.open("xb") as file:
            yield file
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except OSError as error:
        if error.filename != str(draft):
            raise
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)


def remove_drafts(folder: Path) -> None:
    """Remove what killed processes began to write into a folder.

    Call it only where nobody else writes: a draft that is in use would go too.
    """
    for draft in folder.glob(_DRAFT):
        draft.unlink(missing_ok=True)
    for unfinished in folder.glob(_UNFINISHED):
        shutil.rmtree(unfinished, ignore_errors=True)


def checked_target(path: Path) -> Path:
    """Return where a file of this path would lie, symbolic links followed.

    Raises:
        OutputError: if the folder is absent, or the path is no ordinary file.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise OutputError(f"cannot write {path}: it is not an ordinary file")
    if not target.parent.is_dir():
        raise OutputError(f"cannot write {path}: make the folder {path.parent} first")
    return target


@contextmanager
def naming_file(name: str) -> Iterator[None]:
    """Say which file was being written when there was no more room.

    Raises:
        OutputError: in place of the OSError, which knows no name.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _OUT_OF_ROOM:
            raise
        raise OutputError(f"cannot write {name}: {error.strerror}") from error
