"""Which words of a sentence call for a closer look, and which patterns look there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Generic, NamedTuple, TypeVar

from failforward.checks.wording.lexicon import Words
from failforward.checks.wording.patterns import Pattern

For = TypeVar("For")


class Around(NamedTuple):
    """What stands beside an anchor for any of its patterns; None: not known."""

    before: frozenset[str] | None
    after: frozenset[str] | None
    places: tuple[int, ...]


class Anchors(Generic[For]):
    """Patterns by the words that stand in each of their matches; with each comes what it is looked for."""

    def __init__(self, entries: Iterable[tuple[Pattern, For]]) -> None:
        """Take the patterns."""
        self.entries = tuple(entries)
        exact: dict[str, list[int]] = {}
        self._starts: dict[str, list[tuple[str, int]]] = {}
        for place, (pattern, _) in enumerate(self.entries):
            for word in pattern.anchors.exact:
                exact.setdefault(word, []).append(place)
            for start in pattern.anchors.prefixes:
                self._starts.setdefault(start[:3], []).append((start, place))
        self._exact = {word: self._around(places) for word, places in exact.items()}

    def _around(self, places: Sequence[int]) -> Around:
        patterns = [self.entries[place][0] for place in places]
        before, after = (pattern.before for pattern in patterns), (pattern.after for pattern in patterns)
        return Around(_union(before), _union(after), tuple(places))

    def looks(self, words: list[str], sought: AbstractSet[str] | None = None) -> list[tuple[int, tuple[Pattern, For]]]:
        """Give where in a sentence which pattern may match, in the order of the words; only `sought` are tried."""
        exact, entries = self._exact, self.entries
        if not self._starts and exact.keys().isdisjoint(words):
            return []
        found: list[tuple[int, tuple[Pattern, For]]] = []
        last = len(words) - 1
        for at, word in enumerate(words):
            if sought is not None and word not in sought:
                continue
            around = exact.get(word)
            # One look at both neighbours is cheaper than asking each pattern.
            if (
                around is not None
                and (around.after is None or (at < last and words[at + 1] in around.after))
                and (around.before is None or (at > 0 and words[at - 1] in around.before))
            ):
                found += [(at, entries[place]) for place in around.places if entries[place][0].may(words, at)]
            if self._starts:
                found += [
                    (at, entries[place])
                    for start, place in self._starts.get(word[:3], ())
                    if word.startswith(start) and entries[place][0].may(words, at)
                ]
        return found


def _union(sets: Iterable[Words | None]) -> frozenset[str] | None:
    union: frozenset[str] = frozenset()
    for words in sets:
        if words is None or words.prefixes or words.suffixes or words.inverted:
            return None
        union |= words.exact
    return union
