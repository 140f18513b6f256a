"""Which corpora can be read, by the name of their folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from labels.corpora import cad, jigsaw_toxic, toxic_spans
from labels.corpora.imported import Imported
from labels.errors import InputError

IMPORTERS: Final[dict[str, Callable[[Path], Imported]]] = {
    jigsaw_toxic.SOURCE: jigsaw_toxic.read,
    toxic_spans.SOURCE: toxic_spans.read,
    cad.SOURCE: cad.read,
}


def read_corpus(name: str, folder: Path) -> Imported:
    """Read one corpus from its folder.

    Raises:
        InputError: if there is no importer of that name, or the folder holds
            something else.
    """
    if name not in IMPORTERS:
        raise InputError(
            f"there is no importer for {name!r}; there are {', '.join(IMPORTERS)}"
        )
    return IMPORTERS[name](folder)


def read_corpora(folder: Path) -> dict[str, Imported]:
    """Read every corpus we know that lies in ``folder``, each in its own sub-folder.

    Raises:
        InputError: if the folder is absent or holds none of them.
    """
    found = [name for name in IMPORTERS if (folder / name).is_dir()]
    if not found:
        raise InputError(
            f"{folder} holds no corpus; expected a folder named "
            f"{' or '.join(IMPORTERS)} in it"
        )
    return {name: read_corpus(name, folder / name) for name in found}
