"""What all rules together look for, laid out so that a text is asked quickly, and so that it can be kept between runs.

Everything in it is plain (tuples, sets, dicts, bytes, texts), so that it can be written as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from failforward.checks.wording.lexicon import Plain, Words, all_lexicons
from failforward.checks.wording.looks import Look, ahead_alone, gates_alone, look_of, together
from failforward.checks.wording.patterns import Pattern
from failforward.checks.wording.rawwords import RUNS, SPELT
from failforward.model.rule import Rule

# What stands beside an anchor for any of its patterns, before and after (None: not known), and which patterns.
Around = tuple[frozenset[str] | None, frozenset[str] | None, tuple[int, ...]]


class Tables(NamedTuple):
    """What rules look for.

    `rules` are their ids; `entries` the patterns, each with the numbers of the rules that have it. `around` gives
    anchor word → its patterns, `starts` the first three letters of anchors that are only beginnings → (beginning,
    pattern). The rest is for raw text: `looks` gives form → what has to stand around it, `hidden` the longest run of
    letters in an anchor, and `beginnings` the beginning of one → whether all its patterns ask who acts; `persons` are
    the forms that may name a person anywhere. `lexicons` are all lists of words.
    """

    rules: tuple[str, ...]
    entries: tuple[tuple[str, tuple[int, ...]], ...]
    around: dict[str, Around]
    starts: dict[str, tuple[tuple[str, int], ...]]
    looks: dict[bytes, Any]
    hidden: dict[bytes, bool]
    beginnings: dict[bytes, bool]
    persons: frozenset[bytes]
    lexicons: dict[str, Plain]

    def fit(self, rules: Iterable[Rule]) -> bool:
        """Tell whether they were made of shipped rules among which are all of these."""
        known = set(self.rules)
        return all(rule.id in known and not rule.house for rule in rules)


# A pattern, the numbers of its rules, and whether all of these ask who acts.
Entry = tuple[Pattern, tuple[int, ...], bool]


def tables_of(rules: Sequence[Rule], entries: Sequence[Entry], persons: AbstractSet[bytes]) -> Tables:
    """Lay out what the patterns of rules look for."""
    looks: dict[bytes, list[Look]] = {}
    hidden: dict[bytes, bool] = {}
    beginnings: dict[bytes, bool] = {}
    for pattern, _, person in entries:
        look = look_of(pattern, person=person)
        for start in pattern.anchors.prefixes:
            _note(beginnings, start.encode(), look)
        for word in pattern.anchors.exact:
            for form, seen in _forms(word, look):
                looks.setdefault(form, []).append(seen)
            _note(hidden, max(RUNS.findall(word.encode()), key=len, default=b""), look)
    return Tables(
        tuple(rule.id for rule in rules), tuple((pattern.source, numbers) for pattern, numbers, _ in entries),
        *_anchors([pattern for pattern, _, _ in entries]),
        {form: together(some) for form, some in looks.items()}, hidden, beginnings, frozenset(persons), all_lexicons(),
    )  # fmt: skip


def _note(found: dict[bytes, bool], key: bytes, look: Look) -> None:
    found[key] = found.get(key, True) and look.person


def _forms(word: str, look: Look) -> Iterable[tuple[bytes, Look]]:
    """Give the plain forms that a word looked for has in raw text, each with what has to stand around it."""
    yield word.encode(), look
    for form in SPELT.get(word, ()):
        if form == b"one":
            yield form, Look(((frozenset((b"no",)), -1, 0),))
        elif word == "not":
            # The last part of “cannot”: what follows is as it would be.
            yield form, ahead_alone(look)
        else:
            yield form, gates_alone(look)


def _anchors(patterns: Sequence[Pattern]) -> tuple[dict[str, Around], dict[str, tuple[tuple[str, int], ...]]]:
    """Give the patterns by their anchor words, and by the beginnings that stand for anchor words."""
    exact: dict[str, list[int]] = {}
    starts: dict[str, list[tuple[str, int]]] = {}
    for place, pattern in enumerate(patterns):
        for word in pattern.anchors.exact:
            exact.setdefault(word, []).append(place)
        for start in pattern.anchors.prefixes:
            starts.setdefault(start[:3], []).append((start, place))
    around = {
        word: (_union(patterns[at].before for at in places), _union(patterns[at].after for at in places), tuple(places))
        for word, places in exact.items()
    }
    return around, {start: tuple(found) for start, found in starts.items()}


def _union(sets: Iterable[Words | None]) -> frozenset[str] | None:
    union: frozenset[str] = frozenset()
    for words in sets:
        if words is None or words.prefixes or words.suffixes or words.inverted:
            return None
        union |= words.exact
    return union


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
        elif not isinstance(value, (str, bytes)):
            return value
        return known.setdefault(value, value)

    return tuple(bare(part) for part in tables)
