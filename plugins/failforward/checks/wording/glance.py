"""A quick look at a stretch of text: which patterns may match in it.

A pattern may match where a word stands that begins its closer look, and somewhere beside it one of each set of words
that it needs. A set is a bit, so that a written word is one number, and those of a stretch are put together at once.

As most of each text goes no further than this, there is a compiled twin, `_glance.c`, with the same answers. Where it
could not be compiled, or is not there for this Python, all is done here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from itertools import chain, compress
from operator import or_

from failforward.checks.wording.patterns import CLAUSE_WORDS
from failforward.checks.wording.remembered import Remembered
from failforward.checks.wording.sentences import NO_ONE, WORDS, stretches
from failforward.checks.wording.tables import PERSON, Tables

try:
    from failforward.checks.wording._glance import Look
except ImportError:
    COMPILED = False
else:
    COMPILED = True

# How “J. Haas” begins.
_INITIAL = re.compile(r"\W?[^\W\d_]\.")
# What has to stand right before and right after a word, as bits (0: anything), and whether a clause has to begin there.
Beside = tuple[int, int, bool]
# A pattern whose closer look begins at a word: the bits of what else it needs, its number, and what it needs beside the
# word, if anything. Bare, since what has names is taken apart several times more slowly.
Begun = tuple[int, int, Beside | None]
# Where a stretch begins and ends in a text, and the numbers of the patterns that may match in it.
Worth = tuple[int, int, AbstractSet[int]]
Names = Callable[[], AbstractSet[str]]


def glance_with(tables: Tables, names: Names) -> Glance:
    """Give the quick look, compiled if it can be; `names` gives the last words of the names known in a document."""
    return (CompiledGlance if COMPILED else Glance)(tables, names)


class Glance:
    """Tells which patterns may match, which may be more than do."""

    def __init__(self, tables: Tables, names: Names) -> None:
        """Begin with no word seen."""
        self._tables = tables
        self._names = names
        self._beginnings = tuple(start for start, _ in tables.beginnings)
        self._starts = tuple(start for start, _ in tables.starts)
        self._endings = tuple(end for end, _ in tables.endings)
        self._every = (1 << tables.bits) - 1
        self._held = Remembered(self._holds)
        self._begins = Remembered(self._begun)

    def over(self, text: str) -> Sequence[Worth]:
        """Give the stretches of a text in which any patterns may match."""
        seen = ((begin, end, self._may(text[begin:end])) for begin, end in stretches(text))
        return [worth for worth in seen if worth[2]]

    def _may(self, text: str) -> AbstractSet[int]:
        """Give the patterns that may match in a stretch."""
        words = text.split()
        joined = "one" in text and re.search(NO_ONE, text)
        if joined:
            words.append("nobody")
        begins = self._begins
        at_words = list(compress(range(len(words)), map(begins.__getitem__, words)))
        if not at_words:
            return frozenset()
        held = list(map(self._held.__getitem__, words))
        known = reduce(or_, held)
        missing = self._every & ~(known | PERSON)
        found = {
            place: need
            for at in at_words
            for need, place, beside in begins[words[at]]
            if not need & missing and (not beside or joined or _fits(words, held, at, beside))
        }
        if not known & PERSON and any(need & PERSON for need in found.values()) and not self._named(words):
            return {place for place, need in found.items() if not need & PERSON}
        return found.keys()

    def _named(self, words: list[str]) -> bool:
        """Tell whether somebody who is known by name may be named."""
        names = self._names()
        return bool(names) and not names.isdisjoint(chain.from_iterable(map(WORDS.__getitem__, words)))

    def _holds(self, written: str) -> int:
        """Give the bits of the sets that the words in a written word belong to; `didn't` is two."""
        words = WORDS[written]
        # Where no word is to be seen, those on both its sides stand side by side.
        bits = (PERSON if "." in written and _INITIAL.match(written) else 0) if words else self._every
        for word in words:
            bits |= self._bits(word)
        return bits

    def _bits(self, word: str) -> int:
        known = self._tables.held
        bits = known.get(word, 0)
        if word.startswith(self._beginnings):
            for start, more in self._tables.beginnings:
                bits |= more if word.startswith(start) else 0
        if word.endswith(self._endings):
            for end, more in self._tables.endings:
                bits |= more if word.endswith(end) else 0
        if word[0] == "@" or ("-" in word and any(known.get(part, 0) & PERSON for part in word.split("-"))):
            bits |= PERSON
        return bits

    def _begun(self, written: str) -> tuple[Begun, ...]:
        needed = ((place, opens, *self._tables.needed[place]) for place, opens in self._opening(written).items())
        return tuple(
            (need, place, (before, after, opens) if before or after or opens else None)
            for place, opens, need, before, after in needed
        )

    def _opening(self, written: str) -> dict[int, bool]:
        """Give the patterns that begin at a word in a written word, with whether a clause has to begin there."""
        tables = self._tables
        opens: dict[int, bool] = {}
        for at, word in enumerate(WORDS[written]):
            places = tables.anchors.get(word, ())
            if word.startswith(self._starts):
                places += tuple(place for start, place in tables.starts if word.startswith(start))
            for place in places:
                opens[place] = at == 0 and place in tables.opening and opens.get(place, True)
        return opens


class CompiledGlance(Glance):
    """The same, several times as fast."""

    def __init__(self, tables: Tables, names: Names) -> None:
        """Begin with no word seen."""
        super().__init__(tables, names)
        self._look = Look(tables.needed, tables.bits, self._found_out, self._named_in)

    def over(self, text: str) -> Sequence[Worth]:
        """Give the stretches of a text in which any patterns may match."""
        try:
            return self._look.over(text)
        except UnicodeEncodeError:  # half of a character, which no file holds
            return super().over(text)

    def _found_out(self, written: str) -> tuple[int, tuple[tuple[int, bool], ...], bool]:
        """Give the bits of a written word, the patterns that begin at it, and whether a clause goes on after it."""
        return self._holds(written), tuple(self._opening(written).items()), _goes_on(written)

    def _named_in(self, text: str) -> bool:
        return bool(self._names()) and self._named(text.split())


def _fits(words: list[str], held: list[int], at: int, beside: Beside) -> bool:
    """Tell whether what is needed beside a word may stand there, or in the written word itself."""
    before, after, opens = beside
    here = held[at]
    if after and not (here | (held[at + 1] if at + 1 < len(held) else 0)) & after:
        return False
    if before and not (here | (held[at - 1] if at else 0)) & before:
        return False
    return not (opens and at and _goes_on(words[at - 1]))


def _goes_on(written: str) -> bool:
    """Tell whether a clause surely goes on after a word."""
    return written[-1].isalnum() and written.lower() not in CLAUSE_WORDS
