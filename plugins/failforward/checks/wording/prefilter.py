"""A quick look over raw text for the words that a closer look begins with, and at the words around them.

It never loses a match: where it cannot be sure what a reader would read, it asks for the closer look. A test compares
both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from itertools import compress

from failforward.checks.wording.glance import Glance
from failforward.checks.wording.looks import Look, together
from failforward.checks.wording.rawwords import ANYTHING, RawWords
from failforward.checks.wording.tables import Tables

# Contractions in which a word stands with other letters than its own.
_CONTRACTED = {
    b"won": b"will", b"ll": b"will", b"shan": b"shall", b"ve": b"have", b"re": b"are", b"m": b"am", b"t": b"not",
}  # fmt: skip
# What has to stand around the second half of “no one”.
_NO_ONE = Look(((frozenset((b"no",)), -1, 0),))


class Prefilter:
    """Finds where in a text a closer look is worth it."""

    def __init__(self, tables: Tables) -> None:
        """Take what is looked for."""
        self._tables = tables
        self._begin()

    def _begin(self) -> None:
        self._looks = {b"one": together((_NO_ONE,)), **self._tables.looks, ANYTHING: None}
        self._words = RawWords(self._met, self._tables.persons)

    def _met(self, form: bytes, runs: AbstractSet[bytes]) -> bool:
        """Tell whether a raw word may hold one that is looked for, and take it in where it does."""
        beginnings = self._tables.beginnings
        if runs:
            found = [person for run in runs for person in self._hidden(run)]
        else:
            found = [person for start, person in beginnings.items() if form.startswith(start)]
        if found:
            self._looks[form] = together((Look(person=all(found)),))
        return bool(found)

    def _hidden(self, run: bytes) -> Iterator[bool]:
        """Give of each word that a run of letters may be in an unclear raw word whether all looks ask who acts."""
        for form in (run, run[:-1] if run.endswith(b"n") else run, _CONTRACTED.get(run, run)):
            if form in self._tables.hidden:
                yield self._tables.hidden[form]
        for start, person in self._tables.beginnings.items():
            if run.startswith(start):
                yield person

    def places(
        self, text: str, names: Callable[[], AbstractSet[bytes]], *, markdown: bool = True, joined: bool = False
    ) -> list[tuple[int, str]]:
        """Give byte offsets, in rising order, of what may begin a closer look, each with the word there if it is known.

        `names` gives the forms that name persons in the document alone. Where “no one” turns up, all is looked at again
        with it as one word (`joined`).
        """
        if self._words.full():
            self._begin()
        # Where it is written as it mostly is, the first look need not find it out.
        joined = joined or "no one" in text or "No one" in text
        glance = Glance(text, self._words, names, markdown=markdown, joined=joined)
        forms, unclear, known = glance.forms, self._words.unclear, self._looks
        found: list[tuple[int, str]] = []
        for at in compress(range(len(forms)), map(known.__contains__, forms)):
            looks = known[forms[at]]
            if looks is not None:
                ahead, behind, each = looks
                if ahead is not None:
                    near = forms[at + 1 : at + 1 + ahead[1]]
                    none = ahead[0].isdisjoint(near) and unclear.isdisjoint(near)
                    if none and not (ahead[2] and glance.people(near)):
                        continue
                if behind is not None:
                    near = forms[at - behind[1] if at > behind[1] else 0 : at]
                    none = behind[0].isdisjoint(near) and unclear.isdisjoint(near)
                    if none and not (behind[2] and glance.people(near)):
                        continue
                if not glance.may(each, at):
                    continue
            if forms[at] == b"one" and not joined:
                return self.places(text, names, markdown=markdown, joined=True)
            found += glance.marks(at)
        return found
