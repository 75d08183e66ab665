"""The promise that no word of an old document is lost, as something that can be counted."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w+")
_TICKS = re.compile(r"`{3,}")


def words(text: str) -> Counter[str]:
    """Count the words of a text: runs of letters, digits and underscores, in the case they are written in."""
    return Counter(_WORD.findall(text))


def lost(before: str, after: str) -> Counter[str]:
    """Count the words of one text that another one lacks, repetitions included."""
    return words(before) - words(after)


class Pool:
    """Words that are written elsewhere already: what they cover may be left out, each word once."""

    def __init__(self, text: str) -> None:
        """Begin with the words of a text."""
        self._left = words(text)

    def covers(self, text: str) -> bool:
        """Tell whether a text's words are all there, and if so take them out."""
        needed = words(text)
        if needed - self._left:
            return False
        self._left -= needed
        return True


def fenced(text: str, language: str = "") -> str:
    """Give a text as a code block that nothing in it can close."""
    longest = max((len(match.group()) for match in _TICKS.finditer(text)), default=2)
    ticks = "`" * (longest + 1)
    return f"{ticks}{language}\n{text.strip(chr(10))}\n{ticks}"
