"""A quick look over raw text for the words that a closer look begins with, and at the words around them.

It never loses a match: where it cannot be sure what a reader would read, it asks for the closer look. A test compares
both ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import compress

from failforward.checks.wording.glance import Glance
from failforward.checks.wording.looks import Look, gates_alone, look_of, together
from failforward.checks.wording.patterns import Pattern
from failforward.checks.wording.rawwords import ANYTHING, SPELT, RawWords

_RUNS = re.compile(rb"[a-z]+")

# Contractions in which a word stands with other letters than its own.
_CONTRACTED = {
    b"won": b"will", b"ll": b"will", b"shan": b"shall", b"ve": b"have", b"re": b"are", b"m": b"am", b"t": b"not",
}  # fmt: skip


class Prefilter:
    """Finds where in a text a closer look is worth it."""

    def __init__(self, patterns: Iterable[tuple[Pattern, bool]], persons: AbstractSet[bytes]) -> None:
        """Take the patterns, with each whether all its rules ask who acts, and the forms that name persons anywhere."""
        self._persons = persons
        self._starts: dict[bytes, list[Look]] = {}
        self._runs: dict[bytes, list[Look]] = {}
        looks: dict[bytes, list[Look]] = {}
        for pattern, asks_who in patterns:
            look = look_of(pattern, person=asks_who)
            for start in pattern.anchors.prefixes:
                self._starts.setdefault(start.encode(), []).append(look)
            for word in pattern.anchors.exact:
                for form, seen in around(word, look):
                    looks.setdefault(form, []).append(seen)
                self._runs.setdefault(max(_RUNS.findall(word.encode()), key=len, default=b""), []).append(look)
        self._known = {form: together(some) for form, some in looks.items()} | {ANYTHING: None}
        self._begin()

    def _begin(self) -> None:
        self._looks = dict(self._known)
        self._words = RawWords(self._met, self._persons)

    def _met(self, form: bytes, runs: AbstractSet[bytes]) -> bool:
        """Tell whether a raw word may hold one that is looked for, and take it in where it does."""
        if not runs:
            found = [look for start, looks in self._starts.items() if form.startswith(start) for look in looks]
            if found:
                self._looks[form] = together(map(gates_alone, found))
            return bool(found)
        found = [gates_alone(look) for run in runs for look in self._hidden(run)]
        if found:
            self._looks[form] = together(found)
        return bool(found)

    def _hidden(self, run: bytes) -> Iterator[Look]:
        """Give the looks around what a run of letters may stand for in a word that is not plain."""
        for form in (run, run[:-1] if run.endswith(b"n") else b"", _CONTRACTED.get(run, b"")):
            yield from self._runs.get(form, ()) if form else ()
        for start, looks in self._starts.items():
            if run.startswith(start):
                yield from looks

    def places(
        self, text: str, names: Callable[[], AbstractSet[bytes]], *, markdown: bool = True
    ) -> list[tuple[int, str]]:
        """Give byte offsets, in rising order, of what may begin a closer look, each with the word there if it is known.

        `names` gives the forms that name persons in the document alone.
        """
        if self._words.full():
            self._begin()
        glance = Glance(text, self._words, names, markdown=markdown)
        forms, unclear, known = glance.forms, self._words.unclear, self._looks
        found: list[tuple[int, str]] = []
        for at in compress(range(len(forms)), map(known.__contains__, forms)):
            looks = known[forms[at]]
            if looks is not None:
                ahead, behind, each = looks
                if ahead is not None:
                    near = forms[at + 1 : at + 1 + ahead[1]]
                    if ahead[0].isdisjoint(near) and unclear.isdisjoint(near):
                        continue
                if behind is not None:
                    near = forms[at - behind[1] if at > behind[1] else 0 : at]
                    if behind[0].isdisjoint(near) and unclear.isdisjoint(near):
                        continue
                if not glance.may(each, at):
                    continue
            found += glance.marks(at)
        return found


def around(word: str, look: Look) -> Iterator[tuple[bytes, Look]]:
    """Give the plain forms that a word looked for has in raw text, each with what has to stand around it."""
    yield word.encode(), look
    for form in SPELT.get(word, ()):
        if form == b"one":
            yield form, Look(((frozenset((b"no",)), -1, 0),), person=look.person)
        else:
            yield form, gates_alone(look)
