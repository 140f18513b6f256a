"""Keeps laid-out tables on disk, beside the compiled code, for the next start.

Laying them out takes half a second; mapped from a file they take none, and workers
share their pages. What cannot be kept or read back is laid out anew.
"""

import contextlib
import hashlib
import json
import logging
import mmap
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, get_type_hints

import numpy as np

import labels
import model
from model.kernel.compiling import cache_folder

logger = logging.getLogger(__name__)

Tables = dict[str, Any]
"""Tuples of arrays and of integers, by name; tuples may stand in tuples."""

_PREFIX: Final = "tables-"
_ALIGNED: Final = 64
_DIGEST: Final = hashlib.sha256().digest_size
_MOST_KEPT: Final = 4


def read_tables(key: str, types: Mapping[str, type]) -> Tables | None:
    """Return the tables that were kept under a key, mapped read-only; None if none.

    The file is trusted as far as the compiled code beside it is; its checksum is
    there for damage, not for malice.
    """
    try:
        with _path(key).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        leaves = _parse(mapped)
        return {name: _built(kind, name, leaves) for name, kind in types.items()}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("tables that were kept are damaged, and made anew: %s", error)
        return None


def keep_tables(key: str, tables: Tables) -> None:
    """Keep tables under a key, where there is room and leave to write."""
    path = _path(key)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"half-{os.getpid()}")
        try:
            half.write_bytes(_written(tables))
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
        _forget_oldest(path.parent)


def _forget_oldest(folder: Path) -> None:
    kept = sorted(folder.glob(f"{_PREFIX}*"), key=lambda path: -path.stat().st_mtime)
    for path in kept[_MOST_KEPT:]:
        path.unlink(missing_ok=True)


def _path(key: str) -> Path:
    return cache_folder() / f"{_PREFIX}{key}-{_sources()}"


@cache
def _sources() -> str:
    """Return a hash of the code that tables depend on, all but the kernel's own."""
    digest = hashlib.sha256()
    for package in (labels, model):
        for source in sorted(Path(package.__path__[0]).glob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _written(tables: Tables) -> bytes:
    arrays: dict[str, Any] = {}
    entries: dict[str, Any] = {}
    for name, value in tables.items():
        _flatten(name, value, arrays, entries)
    body = bytearray()
    for name, array in arrays.items():
        body += bytes(-len(body) % _ALIGNED)
        entries[name] = [array.dtype.str, array.shape, len(body)]
        body += array.tobytes()
    head = json.dumps(entries).encode()
    head += b" " * (-(len(head) + 8 + _DIGEST) % _ALIGNED)
    whole = len(head).to_bytes(8, "little") + head + bytes(body)
    return hashlib.sha256(whole).digest() + whole


def _flatten(
    name: str, value: Any, arrays: dict[str, Any], entries: dict[str, Any]
) -> None:
    if isinstance(value, tuple):
        for field, one in value._asdict().items():  # type: ignore[attr-defined]
            _flatten(f"{name}.{field}", one, arrays, entries)
    elif isinstance(value, np.ndarray):
        arrays[name] = value
    else:
        entries[name] = int(value)


def _parse(mapped: mmap.mmap) -> dict[str, Any]:
    view = memoryview(mapped)
    if hashlib.sha256(view[_DIGEST:]).digest() != view[:_DIGEST]:
        raise ValueError("their checksum is wrong")
    begin = _DIGEST + 8
    size = int.from_bytes(view[_DIGEST:begin], "little")
    entries = json.loads(bytes(view[begin : begin + size]))
    body = view[begin + size :]
    return {
        name: entry if isinstance(entry, int) else _array(body, *entry)
        for name, entry in entries.items()
    }


def _array(body: memoryview, dtype: str, shape: list[int], offset: int) -> Any:
    count = int(np.prod(shape))
    return np.frombuffer(body, dtype, count, offset).reshape(shape)


def _built(kind: type, name: str, leaves: Mapping[str, Any]) -> Any:
    if name in leaves:
        return leaves[name]
    fields = get_type_hints(kind)
    return kind(*(_built(of, f"{name}.{one}", leaves) for one, of in fields.items()))
