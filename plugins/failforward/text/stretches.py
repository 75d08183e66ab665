"""Stretches of a text that may overlap, asked which characters they hold: made once, then each answer is quick."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from failforward.text.source import Span


class Stretches:
    """All characters of some spans."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Take the spans in any order; those that overlap are joined, and empty ones hold nothing."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            elif start < end:
                self._starts.append(start)
                self._ends.append(end)

    def hold(self, offset: int) -> bool:
        """Tell whether a character lies in any of the spans."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]
