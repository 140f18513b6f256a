"""Compiles the kernel once, when Gavel is installed, so that no first score waits.

``python -m model.kernel.warming``
"""

from typing import Final

from model.bundled_model import BUNDLED
from model.scorer import Scorer

# Of every kind of question that compiled functions ask of Python.
_TEXTS: Final = ("Hello wrold, sooo f-cking gr8 of you! Ça va?", "> quoted\nyes")


def warm() -> None:
    """Score something, which compiles all that is not compiled yet."""
    Scorer.load(BUNDLED).score(_TEXTS)


if __name__ == "__main__":
    warm()
