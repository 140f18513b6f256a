"""Chooses what scores: compiled functions, or Python where Numba is missing."""

import importlib.util
from typing import TYPE_CHECKING

from model.artefact import Artefact
from model.reader import Reader

if TYPE_CHECKING:
    from model.kernel.scoring import Kernel


def kernel_of(artefact: Artefact, reader: Reader, key: str = "") -> "Kernel | None":
    """Return a model for compiled functions; None where Numba is not installed.

    What was laid out for them is kept under ``key``, unless that is empty.
    """
    if importlib.util.find_spec("numba") is None:
        return None
    # Numba takes a fifth of a second to load.
    from model.kernel.scoring import Kernel  # noqa: PLC0415

    return Kernel(artefact, reader, key)
