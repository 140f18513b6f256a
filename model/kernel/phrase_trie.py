"""``labels.phrases.PhraseIndex`` as arrays: phrases found word by word."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from labels.phrases import ANY_ENDING, phrase_words
from model.kernel.compiling import compiled
from model.kernel.hashing import (
    FNV_OFFSET,
    KeyTable,
    find_hashed,
    find_key,
    fnv,
    frozen,
    key_table,
    mix,
)

_NONE = -1


class PhraseTrie(NamedTuple):
    """A walk over the words of a phrase; node 0 stands before the first.

    Attributes:
        children: node and string id, and the node each leads to.
        root_children: for each string id the node after it at a phrase's beginning,
            -1 for none, int32.
        stems: node and string id of how a last word begins, and what it stands for.
        payloads: of the phrase that ends at a node, -1 where none does, int32.
        is_opening: whether a phrase goes on from a node.
        has_stems: whether a last word at a node may have any ending.
        root_stems: for each string id the payload of the longest stem of node 0 that
            it begins with, -1 for none, int32.
        longest: characters of the longest stem.
    """

    children: KeyTable
    child_nodes: NDArray[np.int32]
    root_children: NDArray[np.int32]
    stems: KeyTable
    stem_payloads: NDArray[np.int32]
    payloads: NDArray[np.int32]
    is_opening: NDArray[np.bool_]
    has_stems: NDArray[np.bool_]
    root_stems: NDArray[np.int32]
    longest: int


def words_of(phrases: Iterable[str]) -> set[str]:
    """Return every string that a trie of these phrases looks up."""
    return {word for phrase in phrases for word in phrase_words(phrase)}


def phrase_trie(
    phrases: Iterable[tuple[str, int]], ids: Mapping[str, int]
) -> PhraseTrie:
    """Return the trie; of two phrases that are the same the later one counts.

    ``ids`` numbers every string of the scorer from 0, those of ``words_of`` included.
    """
    nodes: dict[tuple[int, int], int] = {}
    payloads: dict[int, int] = {}
    stems: dict[tuple[int, int], int] = {}
    openings = set()
    root: dict[str, int] = {}
    longest = 0
    for phrase, payload in phrases:
        words = phrase_words(phrase)
        node = 0
        for word in words[:-1]:
            node = nodes.setdefault((node, ids[word]), len(nodes) + 1)
            openings.add(node)
        last = ids[words[-1]]
        if not phrase.endswith(ANY_ENDING):
            payloads[nodes.setdefault((node, last), len(nodes) + 1)] = payload
        else:
            stems[node, last] = payload
            longest = max(longest, len(words[-1]))
            if node == 0:
                root[words[-1]] = payload
    count = len(nodes) + 1
    return PhraseTrie(
        *_packed(nodes),
        _filled(
            len(ids),
            {word: node for (before, word), node in nodes.items() if before == 0},
            np.int32,
            _NONE,
        ),
        *_packed(stems),
        _filled(count, payloads, np.int32, _NONE),
        _filled(count, dict.fromkeys(openings, True), np.bool_, False),
        _filled(count, {node: True for node, _ in stems}, np.bool_, False),
        _root_stems(root, ids),
        longest,
    )


def _packed(
    entries: Mapping[tuple[int, int], int],
) -> tuple[KeyTable, NDArray[np.int32]]:
    pairs = np.array(list(entries), np.uint64).reshape(-1, 2)
    table, order = key_table(pairs[:, 0] << np.uint64(32) | pairs[:, 1])
    values = np.fromiter(entries.values(), np.int32, len(entries))
    return table, frozen(values[order])


def _filled(size, entries, dtype, default):
    array = np.full(size, default, dtype)
    for place, value in entries.items():
        array[place] = value
    return frozen(array)


def _root_stems(root: Mapping[str, int], ids: Mapping[str, int]) -> NDArray[np.int32]:
    found = np.full(len(ids), _NONE, np.int32)
    ordered = sorted(ids)
    # Those that begin alike stand together; longer stems have the last word.
    for stem in sorted(root, key=len):
        for place in range(bisect_left(ordered, stem), len(ordered)):
            if not ordered[place].startswith(stem):
                break
            found[ids[ordered[place]]] = root[stem]
    return frozen(found)


@compiled
def stem_payload(trie, strings, node, text, begin, end):
    """Return the payload of the longest stem at a node that a word begins with."""
    payload = np.int64(-1)
    state = FNV_OFFSET
    last = min(end, begin + trie.longest)
    for at in range(begin, last):
        state = fnv(state, text[at])
        stem = find_hashed(strings, mix(state), text, begin, at + 1)
        if stem >= 0:
            key = np.uint64(node) << np.uint64(32) | np.uint64(stem)
            found = find_key(trie.stems, key)
            if found >= 0:
                payload = np.int64(trie.stem_payloads[found])
    return payload


@compiled
def longest_phrase(trie, strings, text, begins, ends, ids, first, count):
    """Return where the longest phrase that begins at a word ends, and its payload.

    The words are stretches of the text with their string ids, -1 for an unknown one.
    Both results are -1 if no phrase begins there.
    """
    found_end = np.int64(-1)
    found_payload = np.int64(-1)
    node = np.int64(0)
    for place in range(first, count):
        word = np.int64(ids[place])
        child = np.int64(-1)
        if node == 0 and word >= 0:
            child = np.int64(trie.root_children[word])
        elif word >= 0:
            key = np.uint64(node) << np.uint64(32) | np.uint64(word)
            found = find_key(trie.children, key)
            if found >= 0:
                child = np.int64(trie.child_nodes[found])
        if child >= 0 and trie.payloads[child] >= 0:
            found_end = place + 1
            found_payload = np.int64(trie.payloads[child])
        elif trie.has_stems[node]:
            if node == 0 and word >= 0:
                payload = np.int64(trie.root_stems[word])
            else:
                payload = stem_payload(
                    trie, strings, node, text, begins[place], ends[place]
                )
            if payload >= 0:
                found_end = place + 1
                found_payload = payload
        if child < 0 or not trie.is_opening[child]:
            break
        node = child
    return found_end, found_payload
