"""The words by which reviews find each other, and which spelling of them is the usual one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from failforward.model.review import FieldPath, People, Review

SORTS = ("service", "team", "tag")


def named(review: Review) -> Iterator[tuple[str, FieldPath, str]]:
    """Give each service, team and tag that a review names: its sort, where it stands, the word."""
    people = review.people if isinstance(review.people, People) else People()
    lists: tuple[tuple[str, FieldPath, tuple[str, ...]], ...] = (
        ("service", ("services",), review.services),
        ("team", ("teams",), review.teams),
        ("team", ("people", "participants"), people.participants),
        ("team", ("people", "outsiders"), people.outsiders),
        ("tag", ("tags",), review.tags),
    )
    for sort, path, words in lists:
        yield from ((sort, (*path, place), word) for place, word in enumerate(words))
    if isinstance(people.facilitator, str) and people.facilitator:
        yield "team", ("people", "facilitator"), people.facilitator
    for place, experiment in enumerate(review.experiments):
        if isinstance(experiment.owner, str) and experiment.owner:
            yield "team", ("experiments", place, "owner"), experiment.owner


def usual_spellings(words: Iterable[str]) -> Mapping[str, str]:
    """Give word without capitals → the spelling that most of these words have; of as many, that with fewer capitals."""
    counts = Counter(words)
    found: dict[str, str] = {}
    for word in sorted(counts, key=lambda word: (-counts[word], sum(map(str.isupper, word)), word)):
        found.setdefault(word.casefold(), word)
    return found
