"""Folds that are the same in every run and tear nothing apart that belongs together."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labels.near_duplicates import near_duplicate_pairs
from training.rows import Rows

FOLDS: Final = 5
HELD_OUT: Final = -1
"""The fold of rows that no fit may see."""


def assign_folds(rows: Rows) -> NDArray[np.int64]:
    """Return each row's fold, 0 to 4, or ``HELD_OUT``.

    A fold is a function of the hash of the row's group: threads, contrast pairs and
    near-duplicates fall together, whatever their source. A group with one row held
    out is held out whole, so that its test stays unseen.
    """
    texts = [comment.text for comment in rows.comments]
    links = near_duplicate_pairs(texts) + _links_of_groups(rows.groups)
    links += _links_of_replies(rows)
    roots = _connect(len(texts), links)
    hashes = rows.hashes()
    names: dict[int, str] = {}
    held_out: set[int] = set()
    for row, root in enumerate(roots):
        # The smallest hash names the group, so that the order of rows is no matter.
        names[root] = min(names.get(root, hashes[row]), hashes[row])
        if rows.is_held_out[row]:
            held_out.add(root)
    return np.array(
        [HELD_OUT if root in held_out else _fold(names[root]) for root in roots]
    )


def _fold(name: str) -> int:
    return hashlib.sha256(name.encode()).digest()[0] % FOLDS


def _links_of_groups(groups: Sequence[str | None]) -> list[tuple[int, int]]:
    first_with: dict[str, int] = {}
    return [
        (first_with.setdefault(group, row), row)
        for row, group in enumerate(groups)
        if group is not None
    ]


def _links_of_replies(rows: Rows) -> list[tuple[int, int]]:
    """Link a reply to the comment it answers, where that one is in the same source."""
    ids = {
        (source, comment.id): row
        for row, (source, comment) in enumerate(
            zip(rows.sources, rows.comments, strict=True)
        )
    }
    links = []
    for row, comment in enumerate(rows.comments):
        parent = ids.get((rows.sources[row], comment.parent_id or ""))
        if comment.parent_id and parent is not None:
            links.append((parent, row))
    return links


def _connect(count: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """Return the root of each item's connected group (union-find)."""
    parents = list(range(count))

    def root_of(item: int) -> int:
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    for first, second in links:
        parents[root_of(second)] = root_of(first)
    return [root_of(item) for item in range(count)]
