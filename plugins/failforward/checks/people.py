"""Was the debrief led from outside the failure, with somebody from outside, and are people named as roles?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from failforward.checks.kind import Scope, kind_of_tests
from failforward.model.finding import Hit
from failforward.model.review import People, Review
from failforward.model.rule import Rule

_ADDRESS = re.compile(r"@[\w-]+|[^@\s]+@[^@\s]+\.\w+")
# Words that show that two capitalised words name a role or team.
_OF_ROLES = frozenset(
    """
    account admin administration administrator analyst analytics application applications architect architecture
    assurance backend billing board call center centre chief cloud commander committee communications compliance
    control coordinator core crew customer customers data database delivery department design designer desk
    developer development devops director division duty engineer engineering engineers experience facilitator
    finance first frontend group growth guild hardware head human incident infrastructure integration internal it
    lead leader legal level maintenance management manager marketing mobile network office officer on operations
    operator operators owner owners partner people platform press product production program programme project
    quality relations release reliability research resources response room sales science scientist scribe second
    security senior service services shift site software sre staff storage success supplier support system systems
    team teams tech technical test testers testing third tooling tools unit user web
    """.split()
)


def is_person(name: str) -> bool:
    """Tell whether a name has the form of a person's: a handle, an address, or two or three capitalised words."""
    words = name.split()
    if _ADDRESS.fullmatch(name):
        return True
    named = len(words) in (2, 3) and all(map(_is_name, words))
    return named and not any(word.casefold() in _OF_ROLES for word in words)


def facilitator(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a facilitator that was in the failure."""
    people = review.people
    if not isinstance(people, People) or not isinstance(people.facilitator, str) or not people.facilitator:
        return
    involved = {name.casefold() for name in (*people.participants, *review.teams)}
    if people.facilitator.casefold() in involved:
        yield Hit(review.where("people", "facilitator"), {"facilitator": people.facilitator})


def named(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a debrief without a facilitator."""
    if isinstance(review.people, People) and not review.people.facilitator:
        yield Hit(review.where("people"))


def outsider(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a debrief in which nobody came from outside."""
    people = review.people
    if isinstance(people, People):
        inside = {name.casefold() for name in (*people.participants, *review.teams)}
        if not any(name.casefold() not in inside for name in people.outsiders):
            yield Hit(review.where("people", "outsiders"))


def roles(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a person's name, handle or address where a role belongs."""
    people = review.people
    if isinstance(people, People):
        if isinstance(people.facilitator, str) and is_person(people.facilitator):
            yield Hit(review.where("people", "facilitator"), {"name": people.facilitator})
        for field in ("participants", "outsiders"):
            for index, name in enumerate(getattr(people, field)):
                if is_person(name):
                    yield Hit(review.where("people", field, index), {"name": name})
    for index, experiment in enumerate(review.experiments):
        if isinstance(experiment.owner, str) and is_person(experiment.owner):
            yield Hit(review.where("experiments", index, "owner"), {"name": experiment.owner})


def _is_name(word: str) -> bool:
    letters = re.sub(r"[.'’-]", "", word)
    initial = len(letters) == 1 and word.endswith(".")
    return letters.isalpha() and word[0].isupper() and (initial or not letters.isupper())


KIND = kind_of_tests({"facilitator": facilitator, "named": named, "outsider": outsider, "roles": roles})
