"""A quick look at a stretch of text: which patterns may match in it.

A pattern may match where a word stands that begins its closer look, and somewhere beside it one of each set of words
that it needs. A set is a bit, so that a written word is one number, and those of a stretch are put together at once.

As most of each text goes no further than this, there is a compiled twin, `_glance.c`, with the same answers. Where it
could not be compiled, or is not there for this Python, all is done here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, reduce
from itertools import chain, compress
from operator import or_

from failforward.checks.wording.members import Members, Sets, bits_of, sets_of
from failforward.checks.wording.patterns import CLAUSE_WORDS
from failforward.checks.wording.remembered import Remembered
from failforward.checks.wording.sentences import NO_ONE, WORDS, stretches
from failforward.checks.wording.tables import PERSON, Tables

try:
    from failforward.checks.wording._glance import Look
    from failforward.checks.wording._glance import Members as CompiledMembers
except ImportError:
    COMPILED = False
else:
    COMPILED = True

# How “J. Haas” begins.
_INITIAL = re.compile(r"\W?[^\W\d_]\.")
_SOMEBODY = 1 << PERSON
_PERSON = PERSON.to_bytes(4, sys.byteorder)
# What has to stand right before and right after a word, as bits (0: anything), and whether a clause has to begin there.
Beside = tuple[int, int, bool]
# A pattern whose closer look begins at a word: the bits of what else it needs, its number, and what it needs beside the
# word, if anything. Bare, since what has names is taken apart several times more slowly.
Begun = tuple[int, int, Beside | None]
# Where a stretch begins and ends in a text, and the numbers of the patterns that may match in it.
Worth = tuple[int, int, AbstractSet[int]]
Names = Callable[[], AbstractSet[str]]


def glance_with(tables: Tables, names: Names, persons: AbstractSet[str] = frozenset()) -> Glance:
    """Give the quick look, compiled if it can be."""
    return (CompiledGlance if COMPILED else Glance)(tables, names, persons)


class Glance:
    """Tells which patterns may match, which may be more than do.

    `names` gives the last words of the names known in a document; `persons` are more words that may name a person
    anywhere.
    """

    def __init__(self, tables: Tables, names: Names, persons: AbstractSet[str] = frozenset()) -> None:
        """Begin with no word seen."""
        self._tables = tables
        self._names = names
        self._persons = persons
        self._of = self._members(tables)
        self._beginnings = tuple(start for start, _ in tables.beginnings)
        self._starts = tuple(start for start, _ in tables.starts)
        self._endings = tuple(end for end, _ in tables.endings)
        self._all = (1 << tables.sets) - 1
        self._held = Remembered(self._holds)
        self._begins = Remembered(self._begun)

    @cached_property
    def _every(self) -> Sets:
        return sets_of(range(self._tables.sets))

    def _members(self, tables: Tables) -> Callable[[str], Sets]:
        """Give what tells to which sets a word belongs."""
        return Members(*tables.members).of

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
        missing = self._all & ~(known | _SOMEBODY)
        found = {
            place: need
            for at in at_words
            for need, place, beside in begins[words[at]]
            if not need & missing and (not beside or joined or _fits(words, held, at, beside))
        }
        if not known & _SOMEBODY and any(need & _SOMEBODY for need in found.values()) and not self._named(words):
            return {place for place, need in found.items() if not need & _SOMEBODY}
        return found.keys()

    def _named(self, words: list[str]) -> bool:
        """Tell whether somebody who is known by name may be named."""
        names = self._names()
        return bool(names) and not names.isdisjoint(chain.from_iterable(map(WORDS.__getitem__, words)))

    def _holds(self, written: str) -> int:
        return bits_of(self._sets(written))

    def _sets(self, written: str) -> Sets:
        """Give the sets that the words in a written word belong to, with repetitions; `didn't` is two."""
        words = WORDS[written]
        if len(words) == 1 and words[0].isalpha():
            return self._of_word(words[0])
        if not words:
            # Where no word is to be seen, those on both its sides stand side by side.
            return self._every
        sets = [_PERSON] if "." in written and _INITIAL.match(written) else []
        for word in words:
            sets.append(self._of_word(word))
            if word[0] == "@" or ("-" in word and any(map(self._person, word.split("-")))):
                sets.append(_PERSON)
        return b"".join(sets)

    def _of_word(self, word: str) -> Sets:
        sets = self._of(word)
        if word in self._persons:
            sets += _PERSON
        if word.startswith(self._beginnings):
            for start, more in self._tables.beginnings:
                sets += more if word.startswith(start) else b""
        if word.endswith(self._endings):
            for end, more in self._tables.endings:
                sets += more if word.endswith(end) else b""
        return sets

    def _person(self, word: str) -> bool:
        """Tell whether a word may name a person by itself; that is the first of sets."""
        return self._of(word).startswith(_PERSON) or word in self._persons

    def _begun(self, written: str) -> tuple[Begun, ...]:
        begun = []
        for place, opens in self._opening(written).items():
            sets, before, after = self._tables.needed[place]
            beside = _bit(before), _bit(after), opens
            begun.append((bits_of(sets), place, beside if any(beside) else None))
        return tuple(begun)

    def _opening(self, written: str) -> dict[int, bool]:
        """Give the patterns that begin at a word in a written word, each with whether a clause has to begin there."""
        opens: dict[int, bool] = {}
        for at, word in enumerate(WORDS[written]):
            for place in self._places(word):
                opens[place] = at == 0 and place in self._tables.opening and opens.get(place, True)
        return opens

    def _places(self, word: str) -> tuple[int, ...]:
        """Give the patterns that begin at a word."""
        places = self._tables.anchors.get(word, ())
        if self._starts and word.startswith(self._starts):
            places += tuple(place for start, place in self._tables.starts if word.startswith(start))
        return places


class CompiledGlance(Glance):
    """The same, several times as fast."""

    def __init__(self, tables: Tables, names: Names, persons: AbstractSet[str] = frozenset()) -> None:
        """Begin with no word seen."""
        super().__init__(tables, names, persons)
        self._look = Look(tables.needed, tables.sets, self._found_out, self._named_in)

    def _members(self, tables: Tables) -> Callable[[str], Sets]:
        return CompiledMembers(*tables.members).of

    def over(self, text: str) -> Sequence[Worth]:
        """Give the stretches of a text in which any patterns may match."""
        try:
            return self._look.over(text)
        except UnicodeEncodeError:  # half of a character, which no file holds
            return super().over(text)

    def _found_out(self, written: str) -> tuple[Sets, tuple[tuple[int, bool], ...], bool]:
        """Give the sets of a written word, the patterns that begin at it, and whether a clause goes on after it."""
        return self._sets(written), tuple(self._opening(written).items()), _goes_on(written)

    def _named_in(self, text: str) -> bool:
        return bool(self._names()) and self._named(text.split())


def _bit(number: int) -> int:
    return 1 << number if number >= 0 else 0


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
