"""What the running application holds: its settings and its model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import Flask, current_app

from labels.comments import Comment
from labels.settings import Settings
from model.scorer import Score


class CommentScorer(Protocol):
    """What the service asks of a model; ``model.scorer.Scorer`` is one.

    Every thread of a worker shares it.
    """

    @property
    def name(self) -> str:
        """The model's name."""

    @property
    def version(self) -> str:
        """The model's version, which every answer carries."""

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        """Return one score for each comment, in order."""


@dataclass(frozen=True, slots=True)
class Service:
    """The settings and the model of one application."""

    settings: Settings
    scorer: CommentScorer


def install(app: Flask, service: Service) -> None:
    """Put the service where ``current_service`` finds it."""
    app.extensions["gavel"] = service


def current_service() -> Service:
    """Return the service of the application that answers this request."""
    service: Service = current_app.extensions["gavel"]
    return service
