"""The index of a playbook, computed once: which reviews share what, and where each promise stands.

Only published reviews count: drafts, private and unreadable ones leave no trace, in no list and in no number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from failforward.index.crossings import Crossings, Heat, heat_of, pairs_of
from failforward.index.recurrences import (
    CauseEntry,
    Group,
    Occurrence,
    Recurrence,
    entries_of,
    groups_of,
    occurrences_of,
)
from failforward.index.register import Register, RiskEntry, register_of
from failforward.index.relations import Reason, Relation, relations_of
from failforward.index.trials import STATES, UNFINISHED, State, Trial, trials_of
from failforward.model.playbook import Playbook
from failforward.model.review import Review
from failforward.model.sections import section_id

__all__ = [
    "STATES", "UNFINISHED", "CauseEntry", "Crossings", "Group", "Heat", "Index", "Occurrence", "Reason", "Recurrence",
    "Register", "Relation", "RiskEntry", "State", "Trial", "build",
]  # fmt: skip

By = Mapping[str, tuple[Review, ...]]


@dataclass(frozen=True)
class Index:
    """What can be looked up.

    `reviews` and every list of reviews come newest first; words come in alphabetical order, kinds and severities in
    that of their vocabulary, years newest first. `relations` and `trials_by_review` are keyed by a review's path,
    `trials_by_owner` by team or role. `returns` are the recurrences by the path of both reviews they concern,
    `unheeded` those after a change that had not stuck. `successors` are the reviews that supersede one, by its id.
    `worked` are the reviews that say what worked, was celebrated or was luck. `pairs` are the causes that several
    reviews name together, `heat` is the map of causes and services, `register` the risk register, where there is one.
    """

    reviews: tuple[Review, ...]
    tags: By
    services: By
    teams: By
    kinds: By
    severities: By
    years: By
    causes: Mapping[str, CauseEntry]
    groups: tuple[Group, ...]
    trials: tuple[Trial, ...]
    trials_by_review: Mapping[str, tuple[Trial, ...]]
    trials_by_owner: Mapping[str, tuple[Trial, ...]]
    relations: Mapping[str, tuple[Relation, ...]]
    returns: Mapping[str, tuple[Recurrence, ...]]
    unheeded: Mapping[str, tuple[Recurrence, ...]]
    successors: By
    worked: tuple[Review, ...]
    pairs: Crossings
    heat: Heat
    register: Register | None


def build(playbook: Playbook, today: date) -> Index:
    """Compute the index; the time it takes grows with the number of reviews and not faster."""
    reviews = tuple(sorted((each for each in playbook.reviews if each.published), key=_newest))
    trials = trials_of(reviews, playbook.settings.clocks.calendar, today)
    occurrences = occurrences_of(reviews[::-1], trials)
    causes = entries_of(playbook.causes, occurrences)
    tags = _by(reviews, lambda review: review.tags)
    services = _by(reviews, lambda review: review.services)
    by_cause = {name: [each.review for each in met] for name, met in occurrences.items()}
    return Index(
        reviews=reviews,
        tags=tags,
        services=services,
        teams=_by(reviews, lambda review: review.teams),
        kinds=_by(reviews, lambda review: (review.kind,)),
        severities=_in_order(_by(reviews, _severity), playbook.settings.severities),
        years=_years(reviews),
        causes=causes,
        groups=groups_of(causes, playbook.settings.groups),
        trials=trials,
        trials_by_review=_trials(trials, lambda trial: trial.review.path),
        trials_by_owner=_trials(trials, lambda trial: trial.owner),
        relations=relations_of(reviews, by_cause, services, tags),
        returns=_returns(each for entry in causes.values() for each in entry.recurrences),
        unheeded=_returns(each for entry in causes.values() for each in entry.unheeded),
        successors=_successors(reviews),
        worked=tuple(review for review in reviews if _says_what_worked(review)),
        pairs=pairs_of(reviews),
        heat=heat_of(reviews),
        register=register_of(playbook.register, reviews, trials, today),
    )


def _newest(review: Review) -> tuple[int, str]:
    """Sort newest first; reviews without any date come last."""
    return (-review.day.toordinal() if review.day else 0, review.path)


def _by(reviews: Iterable[Review], words: Callable[[Review], Iterable[str]]) -> dict[str, tuple[Review, ...]]:
    found: dict[str, list[Review]] = {}
    for review in reviews:
        for word in dict.fromkeys(words(review)):
            if word:
                found.setdefault(word, []).append(review)
    return {word: tuple(found[word]) for word in sorted(found, key=lambda word: (word.casefold(), word))}


def _severity(review: Review) -> tuple[str, ...]:
    return (review.severity,) if isinstance(review.severity, str) else ()


def _in_order(by: Mapping[str, tuple[Review, ...]], order: Sequence[str]) -> dict[str, tuple[Review, ...]]:
    return {word: by[word] for word in (*order, *sorted(set(by) - set(order))) if word in by}


def _years(reviews: Iterable[Review]) -> dict[str, tuple[Review, ...]]:
    """Group by the year of the failure; what has no date stands under `undated`, last."""
    by = _by(reviews, lambda review: (f"{review.day.year:04}" if review.day else "undated",))
    return {year: by[year] for year in sorted(by, key=lambda year: (year != "undated", year), reverse=True)}


def _trials(trials: Iterable[Trial], key: Callable[[Trial], str]) -> dict[str, tuple[Trial, ...]]:
    found: dict[str, list[Trial]] = {}
    for trial in trials:
        if name := key(trial):
            found.setdefault(name, []).append(trial)
    return {name: tuple(found[name]) for name in sorted(found)}


def _returns(recurrences: Iterable[Recurrence]) -> dict[str, tuple[Recurrence, ...]]:
    found: dict[str, list[Recurrence]] = {}
    for recurrence in recurrences:
        for review in (recurrence.trial.review, recurrence.review):
            found.setdefault(review.path, []).append(recurrence)
    return {path: tuple(each) for path, each in found.items()}


def _successors(reviews: Sequence[Review]) -> dict[str, tuple[Review, ...]]:
    """Give id → the reviews that supersede it, where both are published."""
    ids = {review.id for review in reviews}
    return _by(reviews, lambda each: ({each.supersedes} & ids) - {each.id})


def _says_what_worked(review: Review) -> bool:
    return any(section_id(section) in ("worked", "celebrated", "lucky") for section in review.body.sections)
