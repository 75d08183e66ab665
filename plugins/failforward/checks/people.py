"""Was the debrief led from outside the failure, with somebody from outside, and are people named as roles?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from failforward.checks.kind import Scope, kind_of_tests
from failforward.model.finding import Hit
from failforward.model.review import People, Review
from failforward.model.rule import Rule

_PERSON = re.compile(r"@[\w-]+|[^@\s]+@[^@\s]+\.\w+|[A-Z][a-z]+ (?:[A-Z]\. ?)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?")


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
        if isinstance(people.facilitator, str) and _PERSON.fullmatch(people.facilitator):
            yield Hit(review.where("people", "facilitator"), {"name": people.facilitator})
        for field in ("participants", "outsiders"):
            for index, name in enumerate(getattr(people, field)):
                if _PERSON.fullmatch(name):
                    yield Hit(review.where("people", field, index), {"name": name})
    for index, experiment in enumerate(review.experiments):
        if isinstance(experiment.owner, str) and _PERSON.fullmatch(experiment.owner):
            yield Hit(review.where("experiments", index, "owner"), {"name": experiment.owner})


KIND = kind_of_tests({"facilitator": facilitator, "named": named, "outsider": outsider, "roles": roles})
