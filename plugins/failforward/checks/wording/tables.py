"""What all rules together look for, laid out so that a text is asked quickly, and so that it can be kept between runs.

Everything in it is plain (tuples, dicts, texts, numbers, bytes), so that it can be written as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from failforward.checks.wording.asks import LISTED_TESTS, PERSON_TESTS
from failforward.checks.wording.lexicon import Words, all_lexicons, words_of
from failforward.checks.wording.members import Packed, Sets, packed, sets_of
from failforward.checks.wording.patterns import Pattern
from failforward.model.rule import Rule

# The set of the words that may name a person; the others are the sets of words that patterns ask for.
PERSON = 0
# Hardly a sentence is without one of these.
_EVERYWHERE = frozenset("the a to of and in on it is was for that with".split())


class Tables(NamedTuple):
    """What rules look for.

    `rules` are their ids; `entries` the patterns, each with the numbers of the rules that have it. `anchors` gives
    anchor word → its patterns, `starts` anchors that are only beginnings, each with its pattern. `members` gives
    the sets that a word belongs to, and `beginnings` and `endings` those of words with the sets of all that begin or
    end so; `sets` is how many there are. `needed` gives of each pattern the sets of which it needs a word each, and
    those that hold what stands right before and right after its anchor (-1: not known); `opening` are the patterns
    whose anchor begins a clause. `lexicons` are all lists of words.
    """

    rules: tuple[str, ...]
    entries: tuple[tuple[str, tuple[int, ...]], ...]
    anchors: dict[str, tuple[int, ...]]
    starts: tuple[tuple[str, int], ...]
    members: Packed
    beginnings: tuple[tuple[str, Sets], ...]
    endings: tuple[tuple[str, Sets], ...]
    needed: tuple[tuple[Sets, int, int], ...]
    sets: int
    opening: frozenset[int]
    lexicons: dict[str, bytes]

    def fit(self, rules: Iterable[Rule]) -> bool:
        """Tell whether they were made of shipped rules among which are all of these."""
        known = set(self.rules)
        return all(rule.id in known and not rule.house for rule in rules)


# A pattern, the numbers of its rules, and whether all of these ask who acts.
Entry = tuple[Pattern, tuple[int, ...], bool]


def tables_of(rules: Sequence[Rule], entries: Sequence[Entry], persons: AbstractSet[str]) -> Tables:
    """Lay out what the patterns of rules look for; `persons` are the words that may name one anywhere."""
    sets: dict[Words, int] = {}
    needed = tuple(_needed(pattern, sets, person=person) for pattern, _, person in entries)
    held = {person: {PERSON} for person in persons}
    beginnings: dict[str, set[int]] = {}
    endings: dict[str, set[int]] = {}
    for words, number in sets.items():
        for some, found in ((words.exact, held), (words.prefixes, beginnings), (words.suffixes, endings)):
            for word in some:
                found.setdefault(word, set()).add(number)
    anchors: dict[str, list[int]] = {}
    for place, (pattern, _, _) in enumerate(entries):
        for word in pattern.anchors.exact:
            anchors.setdefault(word, []).append(place)
    return Tables(
        tuple(rule.id for rule in rules), tuple((pattern.source, numbers) for pattern, numbers, _ in entries),
        {word: tuple(places) for word, places in anchors.items()},
        tuple((start, place) for place, (pattern, _, _) in enumerate(entries) for start in pattern.anchors.prefixes),
        packed(held), _each_packed(beginnings), _each_packed(endings), needed, len(sets) + 1,
        frozenset(place for place, (pattern, _, _) in enumerate(entries) if pattern.opens), all_lexicons(),
    )  # fmt: skip


def _each_packed(held: dict[str, set[int]]) -> tuple[tuple[str, Sets], ...]:
    return tuple((word, sets_of(numbers)) for word, numbers in held.items())


def _needed(pattern: Pattern, sets: dict[Words, int], *, person: bool) -> tuple[Sets, int, int]:
    """Give what a pattern needs beside its anchor, right before and right after it.

    `sets` takes in those that are new.
    """
    # The act may begin only after its anchor; then those who act stand there too, which is needed all the same.
    needed = {PERSON} if person else set()
    for words in _sets(pattern):
        needed.add(PERSON if words is None else sets.setdefault(words, len(sets) + 1))
    beside = (pattern.before, pattern.after)
    before, after = (sets.setdefault(words, len(sets) + 1) if words else -1 for words in beside)
    return sets_of(needed), before, after


def _sets(pattern: Pattern) -> Iterator[Words | None]:
    """Give the sets of which a pattern needs a word each, beside its anchor; None: somebody named.

    What is in every sentence is never missing, so it is not asked for.
    """
    for at, step in enumerate(pattern.steps):
        if at == pattern.at or not step.least or step.absent or step.behind or step.edge:
            continue
        if step.asked in PERSON_TESTS:
            yield None
        elif step.test:
            if step.asked in LISTED_TESTS:
                yield words_of(LISTED_TESTS[step.asked])
        elif not step.words.inverted and step.words.exact.isdisjoint(_EVERYWHERE):
            yield step.words


def plain(tables: Tables) -> tuple[Any, ...]:
    """Give tables without the names of their parts; what stands in them more than once becomes one thing.

    So it is written once, and read in half the time.
    """
    known: dict[Any, Any] = {}

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {bare(key): bare(each) for key, each in value.items()}
        if isinstance(value, tuple):
            value = tuple(bare(each) for each in value)
        elif isinstance(value, frozenset):
            value = frozenset(bare(each) for each in value)
        elif not isinstance(value, (str, int, bytes)):
            return value
        return known.setdefault(value, value)

    return tuple(bare(part) for part in tables)
