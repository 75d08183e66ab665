"""BM25, the usual measure of how well texts share words, over an inverted index that is built once.

Source: S. Robertson and H. Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and
Trends in Information Retrieval 3(4). The weight of a rare word is Lucene's variant, which is never negative; a word
that the question repeats counts by the logarithm of how often. K1 and B have their customary values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

K1 = 1.2
B = 0.75


class Ranking:
    """Bags of words, numbered from 0 in the order given, that a question can be held against."""

    def __init__(self, bags: Sequence[Mapping[str, int]]) -> None:
        """Build the index: word → the bags that hold it, with how much the word is worth there."""
        self._bags = bags
        lengths = [sum(bag.values()) for bag in bags]
        self._mean = sum(lengths) / len(lengths) if any(lengths) else 1.0
        self._holders: dict[str, list[tuple[int, float]]] = {}
        for number, bag in enumerate(bags):
            size = self._size(lengths[number])
            for word, count in bag.items():
                self._holders.setdefault(word, []).append((number, count * (K1 + 1) / (count + size)))

    def held(self, word: str) -> int:
        """Count the bags that hold a word."""
        return len(self._holders.get(word, ()))

    def rarity(self, word: str) -> float:
        """Give the weight of a word: high for one that few bags hold."""
        return math.log(1 + (len(self._bags) - self.held(word) + 0.5) / (self.held(word) + 0.5))

    def shared(self, question: Mapping[str, int], without: int = -1) -> dict[int, float]:
        """Give bag → what it shares with the question, as a part of what a bag like the question would: 0 to about 1.

        `without` is the number of a bag that is left out, and with it the words that no other holds.
        """
        scores: dict[int, float] = {}
        size = self._size(sum(question.values()))
        most = 0.0
        for word, count in question.items():
            if self.held(word) <= (without >= 0 and word in self._bags[without]):
                continue
            weight = self.rarity(word) * math.log(1 + count)
            most += weight * count * (K1 + 1) / (count + size)
            for number, worth in self._holders[word]:
                scores[number] = scores.get(number, 0.0) + weight * worth
        scores.pop(without, None)
        return {number: score / most for number, score in scores.items()}

    def telling(self, question: Mapping[str, int], number: int) -> list[str]:
        """Give the words that the question shares with a bag, the most telling first."""
        bag = self._bags[number]
        both = {word: min(count, bag[word]) for word, count in question.items() if word in bag}
        worth = {word: self.rarity(word) * math.log(1 + count) for word, count in both.items()}
        return sorted(worth, key=lambda word: (-worth[word], word))

    def _size(self, length: int) -> float:
        """Give how much longer texts have to repeat a word for it to count as much."""
        return K1 * (1 - B + B * length / self._mean)
