"""What does not hold of a rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A place in a rule's file, what does not hold there, and the words that were found and that were expected.

    `line` counts from 1; `found` and `expected` are empty where nothing was looked for.
    """

    line: int
    what: str
    found: str = ""
    expected: str = ""
    path: str = ""
    rule: str = ""


def quoted(words: Iterable[str]) -> str:
    """Give words in quotation marks with commas between them; "nothing" where there are none."""
    return ", ".join(f"“{' '.join(word.split())}”" for word in words) or "nothing"
