"""Finds comments that say the same or nearly the same, by MinHash (Broder 1997)."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from datasketch import MinHash, MinHashLSH

from labels.words import comparable, words_of

SIMILARITY: Final = 0.7
"""The share of their word trigrams that near-duplicates have in common (Jaccard)."""

# With 64 permutations the estimate of a similarity of 0.7 has a standard error of
# 0.06: enough to group, in a minute for 100,000 comments.
_PERMUTATIONS: Final = 64
_SHINGLE_WORDS: Final = 3

# A miss costs more than a pair that is compared in vain: shares of false positives
# and false negatives in what the hashing is tuned by.
_WEIGHTS: Final = (0.1, 0.9)

# Short comments share shingles by chance; they are equal or strangers.
_FEWEST_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Alike:
    """Two positions whose texts are alike; 1.0 where only case and marks differ."""

    first: int
    second: int
    similarity: float


def near_duplicate_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of positions whose texts are equal or nearly so, to group them.

    Equal means but for case, punctuation and white space. Chains of pairs connect
    whole groups; not every pair within a group is named.
    """
    return [(alike.first, alike.second) for alike in find_alike(texts)]


def find_alike(texts: Sequence[str], similarity: float = SIMILARITY) -> list[Alike]:
    """Return pairs of positions whose texts are at least so similar, measured exactly.

    Of equal texts each is paired with the first alone: put first what must not be
    overlooked.
    """
    words = [words_of(text) for text in texts]
    lsh = MinHashLSH(threshold=similarity, num_perm=_PERMUTATIONS, weights=_WEIGHTS)
    measured = (
        Alike(first, second, jaccard(words[first], words[second]))
        for first, second in _candidates(texts, words, lsh)
    )
    return [alike for alike in measured if alike.similarity >= similarity]


def jaccard(first: Sequence[str], second: Sequence[str]) -> float:
    """Return the share of word trigrams that two texts have in common.

    >>> jaccard("we met at the mill".split(), "we met at the inn".split())
    0.5
    """
    if first == second:
        return 1.0
    ours, theirs = _shingles(first), _shingles(second)
    return len(ours & theirs) / len(ours | theirs)


def _candidates(
    texts: Sequence[str], words: Sequence[Sequence[str]], lsh: MinHashLSH
) -> Iterator[tuple[int, int]]:
    first_with: dict[str, int] = {}
    for position, text in enumerate(texts):
        own = words[position]
        twin = first_with.setdefault(comparable(text, own), position)
        if twin != position:
            yield twin, position
        elif len(own) >= _FEWEST_WORDS:
            sketch = _sketch(own)
            for other in sorted(lsh.query(sketch)):
                yield other, position
            lsh.insert(position, sketch)


def _shingles(words: Sequence[str]) -> set[str]:
    return {
        " ".join(words[at : at + _SHINGLE_WORDS])
        for at in range(max(1, len(words) - _SHINGLE_WORDS + 1))
    }


def _sketch(words: Sequence[str]) -> MinHash:
    sketch = MinHash(num_perm=_PERMUTATIONS, hashfunc=zlib.crc32)
    sketch.update_batch(
        [shingle.encode("utf-8", "surrogatepass") for shingle in _shingles(words)]
    )
    return sketch
