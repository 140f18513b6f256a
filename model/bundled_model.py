"""Which model scores when nobody names another, and with which names."""

from pathlib import Path
from typing import Final

from labels.gazetteer import read_gazetteer
from labels.settings import Settings, load_settings
from model.scorer import Scorer

BUNDLED: Final = Path(__file__).parent / "bundled"
"""The model that Gavel comes with."""


def load_scorer(chosen: Path | None = None) -> Scorer:
    """Load the model in the folder chosen, else that of the settings or the bundled.

    Raises:
        SettingError: if the environment sets a model or gazetteer by a value of no
            use.
        InputError: if the operator's gazetteer cannot be read.
        ArtefactError: if the folder holds no model, or a damaged one.
    """
    return scorer_of(load_settings({"model": chosen}, only={"model", "gazetteer"}))


def model_folder(settings: Settings) -> Path:
    """Return the folder of the model that the settings name, or of the bundled one."""
    return settings.model or BUNDLED


def scorer_of(settings: Settings) -> Scorer:
    """Load the model that the settings name, with the names of their gazetteer.

    Raises:
        InputError: if the gazetteer cannot be read.
        ArtefactError: if the folder holds no model, or a damaged one.
    """
    names = read_gazetteer(settings.gazetteer) if settings.gazetteer else ()
    return Scorer.load(settings.model or BUNDLED, names)
