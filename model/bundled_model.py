"""Which model scores when nobody names another, and with which names."""

from pathlib import Path
from typing import Final

from labels.gazetteer import read_gazetteer
from labels.settings import Settings, load_settings
from model.artefact import Artefact, load_artefact, with_names
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


def scorer_of(settings: Settings) -> Scorer:
    """Load the model that the settings name, with the names of their gazetteer.

    Raises:
        InputError: if the gazetteer cannot be read.
        ArtefactError: if the folder holds no model, or a damaged one.
    """
    return Scorer(artefact_of(settings))


def artefact_of(settings: Settings) -> Artefact:
    """Return what that scorer is made of: its card, thresholds and words.

    Raises:
        InputError: if the gazetteer cannot be read.
        ArtefactError: if the folder holds no model, or a damaged one.
    """
    names = read_gazetteer(settings.gazetteer) if settings.gazetteer else ()
    artefact = load_artefact(settings.model or BUNDLED)
    return with_names(artefact, names) if names else artefact
