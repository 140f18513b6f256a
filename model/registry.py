"""The registry: the versions of the model on this machine, one of them promoted."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from model.artefact import Artefact, load_artefact
from model.artefact_format import CARD, CHECKSUMS, ArtefactError, scoring_files
from model.promoted import (
    Promoted,
    RegistryError,
    pointer_locked,
    read_pointer,
    write_pointer,
)
from model.views import VIEW_NAMES

FOLDER: Final = "models"
"""The folder of the registry within the instance folder."""

_INCOMING: Final = ".incoming-"
_REPORTS: Final = ("*.json", "*.md", "*.html")


class Registry:
    """Versions in folders named after them, and a pointer to the promoted one.

    A version names what is in its folder, so a folder never changes once it is there.

    Args:
        instance: the folder of runtime files.
    """

    def __init__(self, instance: Path) -> None:
        self.folder = instance / FOLDER

    def versions(self) -> list[str]:
        """Return the versions that are here, in the order they came."""
        folders = [path.parent for path in self.folder.glob(f"[!.]*/{CARD}")]
        return [
            path.name for path in sorted(folders, key=lambda one: one.stat().st_mtime)
        ]

    def promoted(self) -> Promoted | None:
        """Return the pointer; None before anything was promoted.

        Raises:
            RegistryError: if it is damaged.
        """
        return read_pointer(self.folder)

    def path_of(self, version: str) -> Path:
        """Return the folder of a version."""
        return self.folder / version

    def load(self, version: str) -> Artefact:
        """Return a version of the model, checked.

        Raises:
            ArtefactError: if it is damaged, or another version than it is called.
        """
        artefact = load_artefact(self.path_of(version))
        if artefact.version != version:
            raise ArtefactError(
                f"the model in {artefact.path} is damaged: it is version "
                f"{artefact.version}; remove the folder and add the model again"
            )
        return artefact

    def add(self, source: Path) -> str:
        """Copy a model in and return its version; one that is here already stays.

        It appears whole or not at all.

        Raises:
            ArtefactError: if the folder holds no model, or a damaged one.
        """
        version = load_artefact(source).version
        if self._is_sound(version):
            return version
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=_INCOMING) as name:
            incoming = Path(name) / version
            incoming.mkdir()
            for path in _files_of(source):
                _copy(path, incoming / path.name)
            if self.path_of(version).exists():
                self.path_of(version).rename(Path(name) / "damaged")
            with suppress(FileExistsError):  # another process was as quick
                incoming.rename(self.path_of(version))
        self.load(version)
        return version

    def promote(self, version: str) -> Promoted:
        """Point to a version that is here, once it was checked.

        Raises:
            ArtefactError: if it is damaged.
        """
        self.load(version)
        with pointer_locked(self.folder):
            before = self.promoted()
            if before is not None and before.version == version:
                return before
            pointer = before.followed_by(version) if before else Promoted(version)
            write_pointer(self.folder, pointer)
        return pointer

    def roll_back(self) -> Promoted:
        """Point to the version that was promoted before this one.

        Raises:
            RegistryError: if there was none.
            ArtefactError: if it is damaged.
        """
        with pointer_locked(self.folder):
            now = self.promoted()
            if now is None or not now.earlier:
                raise RegistryError(
                    "no version was promoted before this one; "
                    "gavel models list shows which there are"
                )
            pointer = Promoted(now.earlier[-1], now.earlier[:-1])
            self.load(pointer.version)
            write_pointer(self.folder, pointer)
        return pointer

    def find(self, prefix: str) -> str:
        """Return the version that begins so.

        Raises:
            RegistryError: if there is none, or more than one.
        """
        found = [one for one in self.versions() if prefix and one.startswith(prefix)]
        if len(found) == 1:
            return found[0]
        known = ", ".join(self.versions()) or "none"
        what = f"{len(found)} versions begin" if found else "no version begins"
        raise RegistryError(f"{what} with {prefix!r}; there are: {known}")

    def _is_sound(self, version: str) -> bool:
        try:
            self.load(version)
        except ArtefactError:
            return False
        return True


def _files_of(source: Path) -> list[Path]:
    needed = [source / name for name in (*scoring_files(VIEW_NAMES), CARD, CHECKSUMS)]
    reports = {path for pattern in _REPORTS for path in source.glob(pattern)}
    return [*needed, *sorted(reports - set(needed))]


def _copy(source: Path, target: Path) -> None:
    """Copy a file to the disk itself, so that the folder's name cannot outlive it."""
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written)
        written.flush()
        os.fsync(written.fileno())
