"""Fills the registry when the service starts: the bundled model is always there."""

import logging

from labels.settings import Settings
from model.bundled_model import BUNDLED
from model.registry import Registry

logger = logging.getLogger(__name__)


def prepare_registry(settings: Settings) -> None:
    """Promote the bundled model if nothing was promoted yet; else only offer it.

    With a model in the settings the registry decides nothing and stays as it is.

    Raises:
        RegistryError: if the registry is damaged.
        ArtefactError: if the bundled model is.
    """
    if settings.model is not None:
        return
    registry = Registry(settings.instance)
    promoted = registry.promoted()
    known = registry.versions()
    bundled = registry.add(BUNDLED)
    if promoted is None:
        registry.promote(bundled)
    elif bundled not in known:
        logger.warning(
            "this Gavel brings model %s, and %s stays promoted; to change run: "
            "gavel models promote %s",
            *(bundled, promoted.version, bundled),
        )
