"""Splits words that were written together."""

import math
from collections.abc import Mapping
from typing import Final

LONGEST_PIECE: Final = 20

# A piece of one letter must be a word that people write so.
_SINGLE_LETTERS: Final = frozenset("aiu")

# How common a piece of so many letters must be, as a share of the comments that hold
# the commonest word: short rare words would split any name. Longer ones as the last.
_LEAST_COMMONNESS: Final = {1: 0.0, 2: 0.02, 3: 0.002, 4: 0.0002}
_LEAST_OF_LONG: Final = 0.00005


class Splitter:
    """Finds the likeliest split of a token into known words.

    Args:
        commonness: of each known word, in (0, 1], the commonest being 1.
        kept: words that may be a piece however rare they are.

    Attributes:
        costs: of each word that may be a piece, in nats.
    """

    def __init__(self, commonness: Mapping[str, float], kept: frozenset[str]) -> None:
        total = sum(commonness.values()) or 1.0
        self.costs = {
            word: -math.log(max(commonness.get(word, 0.0), _LEAST_OF_LONG) / total)
            for word in commonness.keys() | kept
            if word in kept or _may_be_a_piece(word, commonness[word])
        }
        self._beginnings = {
            word[:length] for word in self.costs for length in range(1, len(word) + 1)
        }

    def split(
        self, token: str, *, most_cost: float, unknown_cost: float = math.inf
    ) -> list[str]:
        """Return the pieces of the likeliest split; none if the token has none.

        Linear in the token's length (Viterbi, unigrams). ``most_cost`` is the most
        that a split may cost for each letter, in nats: ordinary English costs 1.5,
        a foreign word cut to crumbs above 2. ``unknown_cost`` is that of a letter
        that is in no known word; without it every piece must be one.
        """
        length = len(token)
        costs = [math.inf] * (length + 1)
        costs[0] = 0.0
        origins = [0] * (length + 1)
        furthest = 0
        for begin in range(length):
            if begin > furthest:
                return []
            if costs[begin] < math.inf:
                furthest = max(furthest, self._extend(token, begin, costs, origins))
                if costs[begin] + unknown_cost < costs[begin + 1]:
                    costs[begin + 1] = costs[begin] + unknown_cost
                    origins[begin + 1] = begin
                    furthest = max(furthest, begin + 1)
        if costs[length] == math.inf or costs[length] > most_cost * length:
            return []
        return self._pieces(token, origins)

    def _extend(
        self, token: str, begin: int, costs: list[float], origins: list[int]
    ) -> int:
        """Try every piece that begins here; return where the longest ends."""
        furthest = begin
        for end in range(begin + 1, min(begin + LONGEST_PIECE, len(token)) + 1):
            piece = token[begin:end]
            if piece not in self._beginnings:
                break
            cost = costs[begin] + self.costs.get(piece, math.inf)
            if cost < math.inf:
                furthest = end
            if cost < costs[end]:
                costs[end], origins[end] = cost, begin
        return furthest

    def _pieces(self, token: str, origins: list[int]) -> list[str]:
        """Follow the origins back; unknown letters in a row are one piece."""
        pieces: list[str] = []
        is_after_unknown = False
        end = len(token)
        while end:
            piece = token[origins[end] : end]
            is_unknown = piece not in self.costs
            if is_unknown and is_after_unknown:
                pieces[-1] = piece + pieces[-1]
            else:
                pieces.append(piece)
            is_after_unknown = is_unknown
            end = origins[end]
        return pieces[::-1]


def _may_be_a_piece(word: str, commonness: float) -> bool:
    if not (word.isascii() and word.isalpha() and len(word) <= LONGEST_PIECE):
        return False
    if len(word) == 1:
        return word in _SINGLE_LETTERS
    return commonness >= _LEAST_COMMONNESS.get(len(word), _LEAST_OF_LONG)
