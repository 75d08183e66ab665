"""What is asked of files, and what is found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from failforward.disk import read_source
from failforward.model.finding import Finding
from failforward.model.rule import Rule
from failforward.text.source import Source

if TYPE_CHECKING:
    from typing import Protocol

    from failforward.cli.changes import Changes

    class Part(Protocol):
        """Some of what is to be checked."""

        def look(self, question: Question) -> Found:
            """Give what is found in it."""


class Question(NamedTuple):
    """What is asked: by which rules, on which day, of which lines, and whether findings are kept between runs."""

    today: date
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    changes: Changes | None = None
    keep: bool = False


class Found(NamedTuple):
    """What was found, by which rules, and the texts that were looked at by their paths as shown.

    `passed_over` are the names, as given, of files and folders that hold nothing that is read.
    """

    findings: list[Finding]
    rules: tuple[Rule, ...]
    texts: Mapping[str, Source]
    passed_over: tuple[str, ...] = ()


class Texts(Mapping[str, Source]):
    """Texts by their paths as shown, of which those that are not at hand are read when they are asked for."""

    def __init__(self, names: Iterable[str], *at_hand: Mapping[str, Source]) -> None:
        """Take the paths, and the texts that are at hand."""
        self._names = frozenset(names)
        self._at_hand = at_hand
        self._read: dict[str, Source] = {}

    def __getitem__(self, name: str) -> Source:
        if name in self._names and name not in self._read:
            part = next((part for part in self._at_hand if name in part), None)
            self._read[name] = read_source(name, name)[0] if part is None else part[name]
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
