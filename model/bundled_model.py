"""Which model scores when nobody names another, and with which names."""

from pathlib import Path
from typing import Final

from labels.gazetteer import read_gazetteer
from labels.settings import Settings, load_settings
from model.artefact import Artefact, load_artefact, with_names
from model.promoted import read_pointer
from model.scorer import Scorer

BUNDLED: Final = Path(__file__).parent / "bundled"
"""The model that Gavel comes with."""

CHOICE: Final = frozenset({"model", "gazetteer", "instance"})
"""The settings that decide which model scores."""


def load_scorer(chosen: Path | None = None) -> Scorer:
    """Load the model in the folder chosen, else that of the settings.

    Raises:
        SettingError: if the environment sets a model or gazetteer by a value of no
            use.
        InputError: if the operator's gazetteer cannot be read.
        RegistryError: if the pointer to the promoted model is damaged.
        ArtefactError: if the folder holds no model, or a damaged one.
    """
    return scorer_of(load_settings({"model": chosen}, only=CHOICE))


def model_folder(settings: Settings) -> Path:
    """Return the folder of the model that scores.

    That is the one which the settings name, else the promoted one of the registry,
    else the bundled one.

    Raises:
        RegistryError: if the pointer to the promoted model is damaged.
    """
    if settings.model is not None:
        return settings.model
    # As model.registry has it; importing that would load what scoring does not need.
    registry = settings.instance / "models"
    promoted = read_pointer(registry)
    return BUNDLED if promoted is None else registry / promoted.version


def scorer_of(settings: Settings) -> Scorer:
    """Load the model that the settings name, with the names of their gazetteer.

    Raises:
        InputError: if the gazetteer cannot be read.
        RegistryError: if the pointer to the promoted model is damaged.
        ArtefactError: if the folder holds no model, or a damaged one.
    """
    return Scorer(artefact_of(settings), is_kept=True)


def artefact_of(settings: Settings) -> Artefact:
    """Return what that scorer is made of: its card, thresholds and words.

    Raises:
        InputError: if the gazetteer cannot be read.
        RegistryError: if the pointer to the promoted model is damaged.
        ArtefactError: if the folder holds no model, or a damaged one.
    """
    names = read_gazetteer(settings.gazetteer) if settings.gazetteer else ()
    artefact = load_artefact(model_folder(settings))
    return with_names(artefact, names) if names else artefact
