"""Keeps a worker's model the one that is promoted, without a pause in its answers."""

import logging
from pathlib import Path
from threading import Event
from typing import Final

from labels.errors import GavelError
from model.bundled_model import model_folder, scorer_of
from model.promoted import RegistryError
from serve.greeting import EXAMPLE
from serve.observe import CountingScorer
from serve.state import Service

logger = logging.getLogger(__name__)

_LOOK_SECONDS: Final = 1.0


class ModelWatch:
    """Looks every second which model is promoted, and at once when told to.

    A model is loaded and tried beside the one that answers, and takes its place only
    when it works; requests under way end with the one they began with.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._folder: Path | None = model_folder(service.settings)
        self._is_told = False
        self._told_of: str | None = None
        self._wake = Event()

    def hasten(self) -> None:
        """Have the model loaded anew, whether another was promoted or not."""
        self._is_told = True
        self._wake.set()

    def run(self) -> None:
        """Watch for as long as the process lives."""
        while True:
            self._wake.wait(_LOOK_SECONDS)
            self._wake.clear()
            self.look()

    def look(self) -> None:
        """Load the promoted model if it is another, or if told to."""
        is_told, self._is_told = self._is_told, False
        try:
            folder = model_folder(self._service.settings)
        except RegistryError as error:
            # Else it would be said every second.
            if is_told or self._told_of != str(error):
                self._told_of = str(error)
                self._fail(str(error))
            return
        self._told_of = None
        if folder != self._folder or is_told:
            # Set before loading: a model that fails is not tried every second.
            self._folder = folder
            self._try()

    def _try(self) -> None:
        try:
            self._replace()
        except GavelError as error:
            self._fail(str(error))
        except Exception:
            # Whatever it is, the model that answers must go on.
            logger.exception("loading a model failed")
            self._fail("it could not be loaded")

    def _replace(self) -> None:
        service = self._service
        scorer = scorer_of(service.settings)
        scorer.score([EXAMPLE])
        before = service.scorer.version
        service.scorer = CountingScorer(scorer, service.tally)
        service.tally.show_model(scorer.version)
        service.tally.count_reload("done")
        logger.info("model %s answers now, before it %s", scorer.version, before)

    def _fail(self, reason: str) -> None:
        self._service.tally.count_reload("failed")
        logger.error(
            "the other model was not taken, %s goes on answering: %s",
            *(self._service.scorer.version, reason),
        )
