"""Which words of a sentence call for a closer look, and which patterns look there."""

from __future__ import annotations

from collections.abc import Callable, Container
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING

from failforward.checks.wording.patterns import Pattern
from failforward.checks.wording.tables import Tables

if TYPE_CHECKING:
    from failforward.checks.wording.compiled import Compiled

# A pattern, and what is made of the rules that ask for it.
Sought = tuple[Pattern, list["Compiled"]]
_AT = itemgetter(0)


class Anchors:
    """Patterns by the words that stand in each of their matches; with each come the rules that look for it.

    `make` gives a pattern by its number, when it is met for the first time.
    """

    def __init__(self, tables: Tables, make: Callable[[int], Sought]) -> None:
        """Take where the patterns stand."""
        self._exact = tables.anchors
        self._starts = tables.starts
        self._make = make
        self._entries: list[Sought | None] = [None] * len(tables.entries)

    def _entry(self, place: int) -> Sought:
        entry = self._entries[place]
        if entry is None:
            entry = self._entries[place] = self._make(place)
        return entry

    def looks(self, words: list[str], wanted: Container[int]) -> list[tuple[int, Sought]]:
        """Give where in a sentence which of the wanted patterns may match, in the order of the words."""
        exact, entries = self._exact, self._entries
        found: list[tuple[int, Sought]] = []
        for at in compress(range(len(words)), map(exact.__contains__, words)):
            for place in exact[words[at]]:
                if place in wanted:
                    entry = entries[place] or self._entry(place)
                    if entry[0].may(words, at):
                        found.append((at, entry))
        return sorted(found + self._beginning(words, wanted), key=_AT) if self._starts else found

    def _beginning(self, words: list[str], wanted: Container[int]) -> list[tuple[int, Sought]]:
        """Give where the wanted patterns may match whose anchors are only beginnings of words."""
        sought = [(start, self._entry(place)) for start, place in self._starts if place in wanted]
        return [
            (at, entry)
            for at, word in enumerate(words)
            for start, entry in sought
            if word.startswith(start) and entry[0].may(words, at)
        ]
