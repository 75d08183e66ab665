"""What a report may say about the run besides its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from failforward.model.finding import SEVERITIES, Finding
from failforward.model.rule import Rule
from failforward.text.source import Source

# They have no width: the one that joins signs and letters, and the one that keeps them apart.
JOINERS = "\u200d\u200c"


class Run(NamedTuple):
    """The rules that were on, how many files were read, and their sources by the path in the findings.

    `first` are the findings to show first where a format cannot show all. `passed_over` are the names, as given, of
    files and folders that hold nothing that is read.
    """

    rules: tuple[Rule, ...] = ()
    files: int = 0
    sources: Mapping[str, Source] = {}
    colour: bool = False
    first: frozenset[Finding] = frozenset()
    passed_over: tuple[str, ...] = ()


def counted(findings: Sequence[Finding]) -> str:
    """Give "2 errors, 1 warning" in words, or "no findings"."""
    counts = Counter(finding.severity for finding in findings)
    names = {
        "error": ("error", "errors"),
        "warning": ("warning", "warnings"),
        "advice": ("piece of advice", "pieces of advice"),
    }
    parts = [f"{counts[name]} {names[name][counts[name] != 1]}" for name in SEVERITIES if counts[name]]
    return ", ".join(parts) or "no findings"


def files_in_words(count: int) -> str:
    """Give "1 file" or "12 files"."""
    return "1 file" if count == 1 else f"{count:,} files"


def visible(text: str) -> str:
    """Give a text without control characters, so that a file's text cannot steer a terminal or a log.

    What joins two signs into one, as in 👩‍👧, or keeps two letters apart, stays between them; the length stays too.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or _joins(text, at) else " " for at, char in enumerate(text))


def _joins(text: str, at: int) -> bool:
    """Tell whether a joiner, or what parts letters, stands between two characters of scripts that have it."""
    beside = (text[at - 1 : at], text[at + 1 : at + 2])
    return text[at] in JOINERS and all(char > "\x7f" and char.isprintable() for char in beside)
