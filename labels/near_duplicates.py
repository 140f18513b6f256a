"""Groups comments that say nearly the same, so that no split tears them apart."""

import zlib
from collections.abc import Sequence
from typing import Final

from datasketch import MinHash, MinHashLSH

# With 64 permutations the estimate of a Jaccard similarity of 0.7 has a standard
# error of 0.06 (Broder 1997): enough to group, in a minute for 100,000 comments.
_PERMUTATIONS: Final = 64
_SIMILARITY: Final = 0.7
_SHINGLE_WORDS: Final = 3

# Short comments share shingles by chance; they group only where they are equal.
_FEWEST_WORDS: Final = 6


def near_duplicate_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of positions whose texts are equal or nearly so.

    Equal means but for case, punctuation and white space; nearly means that they
    share about 0.7 of their word trigrams. Chains of pairs connect whole groups;
    not every pair within a group is named.
    """
    first_with: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    lsh = MinHashLSH(threshold=_SIMILARITY, num_perm=_PERMUTATIONS)
    for position, text in enumerate(texts):
        words = "".join(
            letter if letter.isalnum() else " " for letter in text.lower()
        ).split()
        twin = first_with.setdefault(" ".join(words), position)
        if twin != position:
            pairs.append((twin, position))
        elif len(words) >= _FEWEST_WORDS:
            sketch = _sketch(words)
            pairs += [(other, position) for other in lsh.query(sketch)]
            lsh.insert(position, sketch)
    return pairs


def _sketch(words: Sequence[str]) -> MinHash:
    shingles = {
        " ".join(words[at : at + _SHINGLE_WORDS])
        for at in range(len(words) - _SHINGLE_WORDS + 1)
    }
    sketch = MinHash(num_perm=_PERMUTATIONS, hashfunc=zlib.crc32)
    sketch.update_batch(
        [shingle.encode("utf-8", "surrogatepass") for shingle in shingles]
    )
    return sketch
