"""Settings that hold for some paths alone, and the patterns that say for which.

A pattern has `*` for any name or part of one, `**` for any folders, a folder's name for all that lies below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_PART = re.compile(r"\*\*/?|.", re.DOTALL)


class PathSettings(NamedTuple):
    """What holds for the paths that a pattern means: rules' levels and a preset, where one is set.

    `rule_lines` gives the line where each level stands.
    """

    pattern: str
    rules: Mapping[str, str] = {}
    preset: str = ""
    rule_lines: Mapping[str, int] = {}


@lru_cache(maxsize=4096)
def matches(pattern: str, path: str) -> bool:
    """Tell whether a path, relative to the playbook, is meant by a pattern; upper and lower case differ.

    All places that a pattern may have reached are followed at once, so that no pattern takes longer than its length
    times that of the path.
    """
    parts = _PART.findall(pattern.removesuffix("/**").rstrip("/"))
    places = _onward({0}, parts, "/")
    for char in path:
        if len(parts) in places and char == "/":
            return True
        reached = {after for place in places if place < len(parts) for after in _after(parts[place], place, char)}
        places = _onward(reached, parts, char)
    return len(parts) in places


def _after(part: str, place: int, char: str) -> tuple[int, ...]:
    """Give the places that a part leads to over a character."""
    if part in ("**", "**/"):
        return (place,)
    if part == "*":
        return (place,) if char != "/" else ()
    return (place + 1,) if part == char or (part == "?" and char != "/") else ()


def _onward(places: set[int], parts: list[str], last: str) -> set[int]:
    """Add the places behind parts that may stand for nothing; `**/` ends where a name begins."""
    found = set(places)
    for place, part in enumerate(parts):
        if place in found and (part in ("*", "**") or (part == "**/" and last == "/")):
            found.add(place + 1)
    return found
