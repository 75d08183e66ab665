"""What comes together: pairs of causes in the same reviews, and causes in services. Linear in the number of reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from failforward.model.review import Review

# What a single review may add to: more causes or services than that are a list of everything.
WIDEST = 20

Crossings = Mapping[tuple[str, str], tuple[Review, ...]]


@dataclass(frozen=True, slots=True)
class Heat:
    """The most frequent causes (`rows`) and services (`columns`), and what was met where.

    `cells` is (cause, service) → reviews, newest first, of all causes and services. `totals` gives for each cause and
    `service_totals` for each service in how many reviews it was met together with any of the other kind.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Crossings
    totals: Mapping[str, int]
    service_totals: Mapping[str, int]


def pairs_of(reviews: Iterable[Review]) -> Crossings:
    """Give (cause, cause) in alphabetical order → the reviews that name both, for pairs that two reviews name.

    The most frequent pair comes first.
    """
    found: dict[tuple[str, str], list[Review]] = {}
    for review in reviews:
        for first, second in combinations(sorted(islice(review.cause_ids, WIDEST)), 2):
            found.setdefault((first, second), []).append(review)
    several = {pair: tuple(members) for pair, members in found.items() if len(members) > 1}
    return {pair: several[pair] for pair in sorted(several, key=lambda pair: (-len(several[pair]), pair))}


def heat_of(reviews: Iterable[Review], most: int = 25) -> Heat:
    """Give the map of causes and services; of each kind the `most` frequent ones are its rows and columns.

    A cause that was met in none of these services is no row.
    """
    cells: dict[tuple[str, str], list[Review]] = {}
    causes: dict[str, int] = {}
    services: dict[str, int] = {}
    for review in reviews:
        here, there = _few(review.cause_ids), _few(review.services)
        for cause in here if there else ():
            causes[cause] = causes.get(cause, 0) + 1
            for service in there:
                cells.setdefault((cause, service), []).append(review)
        for service in there if here else ():
            services[service] = services.get(service, 0) + 1
    kept = {pair: tuple(cells[pair]) for pair in sorted(cells)}
    columns = _frequent(services, Counter(service for _, service in kept))[:most]
    # Of causes met equally often, those that the columns show come first, and what they do not show is no row.
    shown = Counter(cause for cause, service in kept if service in columns)
    rows = tuple(name for name in _frequent(causes, shown)[:most] if shown[name])
    return Heat(rows, columns, kept, causes, services)


def _few(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(word for word in words if word), WIDEST))


def _frequent(counts: Mapping[str, int], wide: Mapping[str, int]) -> tuple[str, ...]:
    """Give names by how often they were met, then by how many of the other kind they were met with."""
    return tuple(sorted(counts, key=lambda name: (-counts[name], -wide[name], name)))
