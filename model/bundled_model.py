"""Where the model lies that scores when nobody names another."""

from pathlib import Path
from typing import Final

from labels.settings import load_settings

BUNDLED: Final = Path(__file__).parent / "bundled"
"""The model that Gavel comes with."""


def model_folder(chosen: Path | None = None) -> Path:
    """Return the folder chosen, else that of the settings, else the bundled one.

    Raises:
        SettingError: if the environment sets a model by a value of no use.
    """
    return load_settings({"model": chosen}, only={"model"}).model or BUNDLED
