"""Tells which dialect a path speaks, for errors, metrics and logs."""

from typing import Final

from serve.openai.envelope import owns as is_openai
from serve.perspective.envelope import owns as is_perspective

NATIVE: Final = "native"
PERSPECTIVE: Final = "perspective"
OPENAI: Final = "openai"
OPERATIONS: Final = "operations"
PAGES: Final = "pages"

_OPERATIONS: Final = frozenset({"/healthz", "/readyz", "/metrics"})


def dialect_of(path: str) -> str:
    """Return the dialect of a path, or of the rule that it matched."""
    if path in _OPERATIONS:
        return OPERATIONS
    if is_openai(path):
        return OPENAI
    if is_perspective(path):
        return PERSPECTIVE
    return NATIVE if path.startswith("/v1/") else PAGES
