"""Which corpora can be read, by the name of their folder."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

from labels.corpora import (
    bias_madlibs,
    cad,
    context_toxicity,
    davidson,
    edos,
    fox_news,
    gab,
    hatemoji,
    implicit_hate,
    jigsaw_toxic,
    ruhsold,
    stormfront,
    surge,
    toxic_spans,
)
from labels.corpora.imported import Imported
from labels.corpora.sources import load_sources
from labels.errors import InputError

IMPORTERS: Final[dict[str, Callable[[Path], Imported]]] = {
    jigsaw_toxic.SOURCE: jigsaw_toxic.read,
    toxic_spans.SOURCE: toxic_spans.read,
    cad.SOURCE: cad.read,
    context_toxicity.SOURCE: context_toxicity.read,
    davidson.SOURCE: davidson.read,
    stormfront.SOURCE: stormfront.read,
    edos.SOURCE: edos.read,
    implicit_hate.SOURCE: implicit_hate.read,
    fox_news.SOURCE: fox_news.read,
    gab.SOURCE: gab.read,
    hatemoji.SOURCE: hatemoji.read,
    surge.SOURCE: surge.read,
    ruhsold.SOURCE: ruhsold.read,
    bias_madlibs.SOURCE: bias_madlibs.read,
}


def read_corpus(name: str, place: Path) -> Imported:
    """Read one corpus from its folder, or from the file that it is.

    Raises:
        InputError: if there is no importer of that name, or the place holds
            something else.
    """
    if name not in IMPORTERS:
        raise InputError(
            f"there is no importer for {name!r}; there are {', '.join(IMPORTERS)}"
        )
    return IMPORTERS[name](place)


def read_corpora(folder: Path) -> dict[str, Imported]:
    """Read the corpora in ``folder`` that a model may learn from.

    Each lies in a sub-folder of its name.

    Raises:
        InputError: if the folder is absent or holds none of them.
    """
    sources = load_sources()
    return _read_named(folder, [n for n in IMPORTERS if sources[n].may_train])


def read_all_corpora(folder: Path) -> dict[str, Imported]:
    """Read every corpus in ``folder``, those too that no model may learn from.

    Raises:
        InputError: if the folder is absent or holds none.
    """
    return _read_named(folder, IMPORTERS)


def _read_named(folder: Path, names: Collection[str]) -> dict[str, Imported]:
    found = [name for name in names if (folder / name).is_dir()]
    if not found:
        raise InputError(
            f"{folder} holds no corpus; expected a folder named "
            f"{' or '.join(names)} in it"
        )
    return {name: read_corpus(name, folder / name) for name in found}
