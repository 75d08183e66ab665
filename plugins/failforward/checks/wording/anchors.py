"""Which words of a sentence call for a closer look, and which patterns look there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Generic, TypeVar

from failforward.checks.wording.patterns import Pattern
from failforward.checks.wording.tables import Tables

For = TypeVar("For")


class Anchors(Generic[For]):
    """Patterns by the words that stand in each of their matches; with each comes what it is looked for.

    `make` gives a pattern by its number, when it is met for the first time.
    """

    def __init__(self, tables: Tables, make: Callable[[int], tuple[Pattern, For]]) -> None:
        """Take where the patterns stand."""
        self._exact = tables.around
        self._starts = tables.starts
        self._make = make
        self._entries: list[tuple[Pattern, For] | None] = [None] * len(tables.entries)

    def _entry(self, place: int) -> tuple[Pattern, For]:
        entry = self._entries[place]
        if entry is None:
            entry = self._entries[place] = self._make(place)
        return entry

    def looks(self, words: list[str], sought: AbstractSet[str] | None = None) -> list[tuple[int, tuple[Pattern, For]]]:
        """Give where in a sentence which pattern may match, in the order of the words; only `sought` are tried."""
        if not self._starts and self._exact.keys().isdisjoint(words if sought is None else sought):
            return []
        found: list[tuple[int, tuple[Pattern, For]]] = []
        for at, word in enumerate(words):
            if sought is None or word in sought:
                places = self._exact_places(words, at, word)
                if self._starts:
                    starts = self._starts.get(word[:3], ())
                    places = (*places, *(place for start, place in starts if word.startswith(start)))
                for place in places:
                    entry = self._entries[place] or self._entry(place)
                    if entry[0].may(words, at):
                        found.append((at, entry))
        return found

    def _exact_places(self, words: Sequence[str], at: int, word: str) -> tuple[int, ...]:
        """Give the patterns with this anchor. One look at both its neighbours is cheaper than asking each pattern."""
        around = self._exact.get(word)
        if around is None:
            return ()
        before, after, places = around
        if after is not None and (at + 1 == len(words) or words[at + 1] not in after):
            return ()
        return places if before is None or (at > 0 and words[at - 1] in before) else ()
