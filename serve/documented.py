"""Marks the views that the OpenAPI document describes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pydantic import BaseModel

_MARK: Final = "documented_operation"

View = TypeVar("View", bound=Callable[..., Any])
Model = type[BaseModel]


@dataclass(frozen=True, slots=True)
class Operation:
    """What a view takes and answers; its docstring says what it is for.

    Attributes:
        answers: the model of each status that is no error, and a line about it.
        body: the models that a body may be; none if there is no body.
        example: a body, for people to start from.
        headers: the headers that it reads, in OpenAPI's form.
        path_fields: what each part of the path stands for.
        errors: the statuses of errors that are its own.
    """

    answers: Mapping[int, tuple[Model, str]]
    body: tuple[Model, ...] = ()
    example: Mapping[str, Any] | None = None
    headers: tuple[Mapping[str, Any], ...] = ()
    path_fields: Mapping[str, str] | None = None
    errors: tuple[int, ...] = ()


def documented(operation: Operation) -> Callable[[View], View]:
    """Have the document describe a view."""

    def mark(view: View) -> View:
        setattr(view, _MARK, operation)
        return view

    return mark


def operation_of(view: Callable[..., Any]) -> Operation | None:
    """Return what a view was marked with, if it was."""
    operation: Operation | None = getattr(view, _MARK, None)
    return operation
