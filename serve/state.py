"""What the running application holds: its settings, its model, what it counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from flask import Flask, current_app

from labels.comments import Comment
from labels.settings import Settings
from model.scorer import Score
from serve.tally import Tally


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


@dataclass(slots=True)
class Service:
    """What one application needs to answer.

    Attributes:
        settings: what the operator chose.
        scorer: the model. It may be replaced at any moment, so a request takes it
            once and scores with what it took.
        tally: where the application counts.
        checks: what must be well for the service to be ready, by name. Each returns
            if it is and raises whatever it likes if it is not; it takes a second at
            most.
    """

    settings: Settings
    scorer: CommentScorer
    tally: Tally = field(default_factory=Tally)
    checks: dict[str, Callable[[], None]] = field(default_factory=dict)


def install(app: Flask, service: Service) -> None:
    """Put the service where ``current_service`` finds it."""
    app.extensions["gavel"] = service


def service_of(app: Flask) -> Service:
    """Return the service of an application."""
    service: Service = app.extensions["gavel"]
    return service


def current_service() -> Service:
    """Return the service of the application that answers this request."""
    return service_of(current_app)
