"""What was found out about written words, which turn up again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
_MOST = 40_000
_LONGEST = 80


class Remembered(dict[str, Found]):
    """Written word → what `find` finds out about it, when it is met for the first time.

    Whatever is read, it stays small: with very many words it begins anew, and long ones are not kept.
    """

    def __init__(self, find: Callable[[str], Found]) -> None:
        """Begin with nothing known."""
        super().__init__()
        self._find = find

    def __missing__(self, written: str) -> Found:
        """Find something out, and keep it."""
        found = self._find(written)
        if len(written) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[written] = found
        return found
