"""Tells which dialect a path speaks, for errors, metrics and logs."""

from typing import Final

NATIVE: Final = "native"
PERSPECTIVE: Final = "perspective"
OPENAI: Final = "openai"
OPERATIONS: Final = "operations"
PAGES: Final = "pages"

_OPERATIONS: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_PERSPECTIVE: Final = ("comments:", "/batch", "$discovery")


def dialect_of(path: str) -> str:
    """Return the dialect of a path, or of the rule that it matched."""
    if path in _OPERATIONS:
        return OPERATIONS
    if path.startswith("/v1/moderations"):
        return OPENAI
    if any(part in path for part in _PERSPECTIVE):
        return PERSPECTIVE
    return NATIVE if path.startswith("/v1/") else PAGES
