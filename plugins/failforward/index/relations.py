"""Which reviews belong together, and why. Linear: long lists are only looked at near a review's own place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from failforward.model.review import Review

MOST = 5
# How far to look in each direction in a list of reviews that share something.
REACH = 10


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two reviews belong together.

    `kind` is `said` (this review names the other; `words` is its sentence), `said-there` (the other names this one),
    `causes`, `services` or `tags` (both have the `words`).
    """

    kind: Literal["said", "said-there", "causes", "services", "tags"]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Another review with the reasons, the strongest first; `weight` orders relations and means nothing else."""

    review: Review
    reasons: tuple[Reason, ...]
    weight: float


def relations_of(
    reviews: Sequence[Review],
    causes: Mapping[str, Sequence[Review]],
    services: Mapping[str, Sequence[Review]],
    tags: Mapping[str, Sequence[Review]],
) -> dict[str, tuple[Relation, ...]]:
    """Give path → the most related reviews; what authors wrote themselves comes first and is always there.

    Shared tags alone do not relate two reviews; they only add to other reasons.
    """
    by_id = {review.id: review for review in reversed(reviews)}
    said: dict[str, dict[str, list[Reason]]] = {review.path: {} for review in reviews}
    for review in reviews:
        for related in review.related:
            other = by_id.get(related.review)
            if other is not None and other is not review:
                said[review.path].setdefault(other.path, []).append(Reason("said", (related.because,)))
    for review in reviews:
        for related in review.related:
            other = by_id.get(related.review)
            if other is not None and other is not review:
                there = said[other.path].setdefault(review.path, [])
                if all(reason.words != (related.because,) for reason in there):
                    there.append(Reason("said-there", (related.because,)))
    near = [("causes", _places(causes), causes, 3.0), ("services", _places(services), services, 2.0)]
    rare_tags = {tag: members for tag, members in tags.items() if len(members) > 1}
    by_path = {review.path: review for review in reviews}
    return {review.path: _ranked(review, said[review.path], near, rare_tags, by_path) for review in reviews}


_Near = tuple[str, Mapping[tuple[str, str], int], Mapping[str, Sequence[Review]], float]


def _ranked(
    review: Review,
    said: Mapping[str, list[Reason]],
    near: Sequence[_Near],
    tags: Mapping[str, Sequence[Review]],
    by_path: Mapping[str, Review],
) -> tuple[Relation, ...]:
    weights = {path: 1000.0 - place for place, path in enumerate(said)}
    shared: dict[str, dict[str, list[str]]] = {path: {} for path in said}
    for kind, places, lists, worth in near:
        for word in review.cause_ids if kind == "causes" else dict.fromkeys(review.services):
            members = lists[word]
            place = places[word, review.path]
            value = worth / math.log2(1 + len(members)) if len(members) > 1 else 0.0
            for other in (*members[max(0, place - REACH) : place], *members[place + 1 : place + 1 + REACH]):
                weights[other.path] = weights.get(other.path, 0.0) + value
                shared.setdefault(other.path, {}).setdefault(kind, []).append(word)
    own_tags = dict.fromkeys(tag for tag in review.tags if tag in tags)
    for path in weights:
        both = [tag for tag in own_tags if tag in by_path[path].tags]
        if both:
            weights[path] += sum(1 / math.log2(1 + len(tags[tag])) for tag in both)
            shared[path]["tags"] = both
    best = sorted(weights, key=lambda path: (-weights[path], path))
    kept = best[: max(MOST, len(said))]
    return tuple(Relation(by_path[path], _reasons(said.get(path, []), shared[path]), weights[path]) for path in kept)


def _reasons(said: Sequence[Reason], shared: Mapping[str, Sequence[str]]) -> tuple[Reason, ...]:
    order: tuple[Literal["causes", "services", "tags"], ...] = ("causes", "services", "tags")
    return (*said, *(Reason(kind, tuple(shared[kind])) for kind in order if kind in shared))


def _places(lists: Mapping[str, Sequence[Review]]) -> dict[tuple[str, str], int]:
    """Give (word, path) → the review's place in the word's list."""
    return {(word, review.path): place for word, members in lists.items() for place, review in enumerate(members)}
