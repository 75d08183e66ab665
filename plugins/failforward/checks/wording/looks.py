"""What raw words have to stand around one that a rule looks for, as far as a pattern tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from failforward.checks.wording.asks import LISTED_TESTS, PERSON_TESTS
from failforward.checks.wording.lexicon import Words
from failforward.checks.wording.patterns import Element, Pattern
from failforward.checks.wording.rawwords import forms_of

# Stands for all words that may name a person; which they are depends on the document.
PERSONS = frozenset((b"@",))
# Forms that stand in nearly every sentence: poor ones to ask for.
_COMMON_FORMS = frozenset(
    b"a an the of to in on at by for with from as and or but not no it this that we they i is are was were be been has"
    b" have had did do does his her our their its all more".split()
)


class Near(NamedTuple):
    """One of these forms stands near another one: from so many places after it, up to but not with so many.

    Places before it are negative; `starts` and `ends` are beginnings and endings that count as well.
    """

    forms: frozenset[bytes]
    low: int
    high: int
    starts: tuple[bytes, ...] = ()
    ends: tuple[bytes, ...] = ()


class Look(NamedTuple):
    """What has to stand around a word for one pattern; `person`: somebody who acts, in the same sentence before it.

    `near` are known forms, `loose` those that take more to tell. `opens`: a clause begins with the word; none of the
    forms `barred` stands right before it.
    """

    near: tuple[tuple[frozenset[bytes], int, int], ...] = ()
    loose: tuple[Near, ...] = ()
    person: bool = False
    opens: bool = False
    barred: frozenset[bytes] = frozenset()


class Looks(NamedTuple):
    """The looks around one word, and what has to stand there for any of them: after it, and before it.

    Each is some forms, within how many words, and whether words that may name a person count as well.
    """

    ahead: tuple[frozenset[bytes], int, bool] | None
    behind: tuple[frozenset[bytes], int, bool] | None
    each: tuple[Look, ...]


def look_of(pattern: Pattern, *, person: bool) -> Look:
    """Give what has to stand around a pattern's anchor; `person`: all its rules ask who acts."""
    steps, at = pattern.steps, pattern.at
    # The act may begin only after its anchor; then those who act may stand there too.
    begins = steps[at].inside or any(step.inside and step.least for step in steps[:at])
    barred = forms_of(pattern.barred.exact) if pattern.barred else None
    around = [*_near(steps[at + 1 :], ahead=True), *_near(steps[:at][::-1], ahead=False)]
    known = [near[:3] for near in around if _known(near)]
    return Look(
        tuple(sorted(known, key=lambda near: (near[2] - near[1], len(near[0])))),
        tuple(near for near in around if not _known(near)),
        person and begins, pattern.opens, barred or frozenset(),
    )  # fmt: skip


def gates_alone(look: Look) -> Look:
    """Give a look around a raw word that may itself be more than the word looked for."""
    return Look(person=look.person)


def ahead_alone(look: Look) -> Look:
    """Give a look around a raw word that ends with the word looked for."""
    near = tuple(near for near in look.near if near[1] > 0)
    return Look(near, tuple(near for near in look.loose if near.low > 0), look.person)


def together(looks: Iterable[Look]) -> Looks | None:
    """Put the looks around a word together, the cheapest first; None where one of them asks for nothing."""
    known = tuple(dict.fromkeys(looks))
    needed = (look for look in known if not any(_less(other, look) for other in known))
    each = tuple(sorted(needed, key=lambda look: (look.person, bool(look.loose), len(look.near))))
    if Look() in each:
        return None
    return Looks(_any(each, 1), _any(each, -1), each)


def _less(one: Look, other: Look) -> bool:
    """Tell whether a look asks for less than another one, so that the other can never be the only one that holds."""
    return (
        one != other
        and (other.person or not one.person)
        and (other.opens or not one.opens)
        and one.barred <= other.barred
        and set(one.near) <= set(other.near)
        and set(one.loose) <= set(other.loose)
    )


def _any(looks: Iterable[Look], side: int) -> tuple[frozenset[bytes], int, bool] | None:
    """Give what stands on a side for any of the looks, of each the rarest; None where one asks for nothing."""
    forms: frozenset[bytes] = frozenset()
    reach, people = 0, False
    for look in looks:
        asked = (*look.near, *(near[:3] for near in look.loose if not (near.starts or near.ends)))
        rarest = min((near for near in asked if near[1] * side > 0), key=_commonness, default=None)
        if rarest is None:
            return None
        people = people or rarest[0] == PERSONS
        forms |= rarest[0]
        reach = max(reach, rarest[2] - rarest[1])
    return forms, reach, people


def _commonness(near: tuple[frozenset[bytes], int, int]) -> int:
    """Say how often one of some forms is likely to stand within a reach."""
    forms, low, high = near
    common = 150 if forms == PERSONS else sum(20 for form in forms if form in _COMMON_FORMS)
    return (high - low) * (len(forms) + common)


def _known(near: Near) -> bool:
    return near.forms is not PERSONS and not (near.starts or near.ends)


def _near(steps: Sequence[Element], *, ahead: bool) -> Iterator[Near]:
    """Give what has to stand on a side of an anchor, whose steps come the nearest first."""
    reach = 0
    # What may stand right beside the anchor: words that may be left out, up to one that may not.
    beside: Words | None = Words(frozenset())
    for step in steps:
        if step.absent or step.behind or step.edge:
            continue
        reach += step.most
        beside = None if beside is None or step.test or step.words.inverted else beside.joined(step.words)
        if step.least:
            near = _of_step(step, (1, reach + 1) if ahead else (-reach, 0))
            if near:
                yield near
            one = _of_words(beside, (1, 2) if ahead else (-1, 0)) if beside and reach > 1 else None
            if one:
                yield one
            beside = None


def _of_step(step: Element, where: tuple[int, int]) -> Near | None:
    if step.asked in PERSON_TESTS:
        return Near(PERSONS, *where)
    if step.test:
        return _of_words(LISTED_TESTS[step.asked], where) if step.asked in LISTED_TESTS else None
    return None if step.words.inverted else _of_words(step.words, where)


def _of_words(words: Words, where: tuple[int, int]) -> Near | None:
    forms = _forms(words.exact)
    if forms is None:
        return None
    starts, ends = words.prefixes, words.suffixes
    return Near(forms, *where, tuple(start.encode() for start in starts), tuple(end.encode() for end in ends))


_forms: Callable[[frozenset[str]], frozenset[bytes] | None] = cache(forms_of)
