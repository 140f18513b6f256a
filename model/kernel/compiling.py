"""How the kernel is compiled, and where what was compiled is kept."""

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

# What Numba looks for and the kernel has no use for; loading them takes a quarter of a
# second.
_UNUSED: Final = ("scipy", "cffi")


@contextmanager
def without_extras() -> Iterator[None]:
    """Keep Numba, while it loads itself or a function, from loading more than it needs.

    It does without what is not installed, and takes what is loaded already.
    """
    absent = [name for name in _UNUSED if name not in sys.modules]
    for name in absent:
        # What stands there as None cannot be imported.
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with without_extras():
    import numba
    from numba.core import config

_SOURCES: Final = Path(__file__).parent
_CACHES: Final = "__pycache__"

# Without Numba's reference counting, which would count every array of every table at
# every call, and so cost several times what the work costs: compiled functions
# allocate nothing, and their callers hold on to the arrays.
_OPTIONS: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "_nrt": False}

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function on its first call, without Python's lock, and keep it.

    The folder of what is kept is named after all sources of the kernel: Numba looks
    at a function's own file only, and would go on calling an older version of a
    function in another one.
    """
    # Numba takes its settings from the environment, unseen by type checkers.
    settings: Any = config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(cache_folder())
    try:
        return numba.njit(cache=True, **_OPTIONS)(function)
    except RuntimeError:
        # Nowhere to write, as in a read-only image: every process compiles anew.
        return numba.njit(**_OPTIONS)(function)
    finally:
        settings.CACHE_DIR = before


def entry_of(function: F) -> F:
    """Return the code of a compiled function that has been called once.

    It takes arguments of the same types alone, and looks at none: Numba's dispatcher
    spends 30 µs on the types of the kernel's hundred arrays, at every call.
    """
    overloads: Any = function.overloads  # type: ignore[attr-defined]
    (only,) = overloads.values()
    entry: F = only.entry_point
    return entry


@cache
def cache_folder() -> Path:
    """Return where compiled code is kept: inside the install."""
    return _SOURCES / _CACHES / f"compiled-{_fingerprint(_SOURCES.glob('*.py'))}"


def _fingerprint(sources: Iterable[Path]) -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]
